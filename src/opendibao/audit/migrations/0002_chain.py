"""The hash chain, append-only guards and row-level security of the audit table."""

from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations

from opendibao.audit.walls import append_only, by_division

FUNCTIONS = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '“%”只能追加或更正，不能修改或删除', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION event_hash(e audit_event) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(concat_ws('|', e.previous_hash, extract(epoch FROM e.at)::text, e.actor, e.action,
    e.subject, e.division, e.payload::text), 'UTF8')), 'hex')
$$;

-- The chain is computed here, so that no application code can forge it; the lock keeps it one chain.
-- A session that plans this while the table is empty would else keep reading the whole table for every event.
CREATE FUNCTION chain_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public
SET enable_seqscan = off AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(57202107);
  NEW.previous_hash := coalesce((SELECT hash FROM audit_event ORDER BY id DESC LIMIT 1), '');
  NEW.id := nextval(pg_get_serial_sequence('audit_event', 'id'));
  NEW.hash := event_hash(NEW);
  RETURN NEW;
END $$;
CREATE TRIGGER chain BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION chain_event();

-- Whoever sees only some divisions must still notice that something happened elsewhere.
CREATE FUNCTION audit_head() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT max(id) FROM audit_event
$$;

CREATE FUNCTION first_broken_event() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT min(id) FROM (
    SELECT e.id, e.hash <> event_hash(e)
      OR e.previous_hash <> coalesce(lag(e.hash) OVER (ORDER BY e.id), '') AS broken FROM audit_event e) chain
  WHERE broken
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        BtreeGistExtension(),
        migrations.RunSQL(
            FUNCTIONS,
            "DROP FUNCTION audit_head; DROP FUNCTION first_broken_event; DROP TRIGGER chain ON audit_event; DROP FUNCTION chain_event;"
            "DROP FUNCTION event_hash; DROP FUNCTION refuse_change;",
        ),
        by_division("audit_event"),
        append_only("audit_event"),
    ]
