"""Row-level security of deliveries: raw rows are the county's alone; links are seen with their person."""

from django.db import migrations

from opendibao.audit.walls import append_only, by_division, no_delete, through

DELIVERED = ("verification_sourcerecord", "verification_deliveryreject")
# a file of fifty megabytes is never compared with itself: only its length is asked
DELIVERY = """
CREATE FUNCTION delivery_begins_filed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.linked_at IS NOT NULL OR NEW.purged_on IS NOT NULL OR octet_length(NEW.sealed_file) = 0 THEN
    RAISE EXCEPTION '送达数据要带着原文件收下' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.older_because !~ '\\S' AND EXISTS (SELECT FROM verification_delivery d
      WHERE d.source = NEW.source AND d.division = NEW.division AND d.as_of > NEW.as_of) THEN
    RAISE EXCEPTION '数据早于这一来源已有的数据，要写明收下的理由'
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER delivery_begins_filed BEFORE INSERT ON verification_delivery
  FOR EACH ROW EXECUTE FUNCTION delivery_begins_filed();

CREATE FUNCTION delivery_is_whole() RETURNS trigger LANGUAGE plpgsql
-- at the end of the transaction the officer has gone, and with him what he could see
SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF (SELECT count(*) FROM verification_sourcerecord r WHERE r.delivery_id = NEW.id) <> NEW.accepted
     OR (SELECT count(*) FROM verification_deliveryreject r WHERE r.delivery_id = NEW.id) <> NEW.rejected THEN
    RAISE EXCEPTION '送达数据的行没有全部收下' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER delivery_is_whole AFTER INSERT ON verification_delivery
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION delivery_is_whole();

CREATE FUNCTION delivery_stays_filed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.source, OLD.division, OLD.department, OLD.legal_basis, OLD.purpose, OLD.authorisation, OLD.covers,
      OLD.list_of, OLD.as_of, OLD.received_on, OLD.received_by, OLD.file_name, OLD.layout, OLD.encoding, OLD.size,
      OLD.sha256, OLD.rows, OLD.accepted, OLD.rejected, OLD.remarks, OLD.older_because)
     IS DISTINCT FROM
     (NEW.source, NEW.division, NEW.department, NEW.legal_basis, NEW.purpose, NEW.authorisation, NEW.covers,
      NEW.list_of, NEW.as_of, NEW.received_on, NEW.received_by, NEW.file_name, NEW.layout, NEW.encoding, NEW.size,
      NEW.sha256, NEW.rows, NEW.accepted, NEW.rejected, NEW.remarks, NEW.older_because)
     OR (OLD.linked_at IS NOT NULL AND NEW.linked_at IS NULL)
     OR (OLD.purged_on IS NOT NULL AND OLD.purged_on IS DISTINCT FROM NEW.purged_on) THEN
    RAISE EXCEPTION '收下的送达数据不能改写' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.purged_on IS NOT NULL AND octet_length(NEW.sealed_file) > 0 THEN
    RAISE EXCEPTION '清除送达数据要连原文件一起清空' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER delivery_stays_filed BEFORE UPDATE ON verification_delivery
  FOR EACH ROW EXECUTE FUNCTION delivery_stays_filed();

CREATE FUNCTION delivery_keeps_its_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.purged_on IS NULL OR octet_length(NEW.sealed_file) > 0 THEN
    RAISE EXCEPTION '送达的原文件不能改写，只能到期清除' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER delivery_keeps_its_file BEFORE UPDATE OF sealed_file ON verification_delivery
  FOR EACH ROW EXECUTE FUNCTION delivery_keeps_its_file();

CREATE FUNCTION record_stays_delivered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(OLD) - ARRAY['sealed', 'tokens'] <> to_jsonb(NEW) - ARRAY['sealed', 'tokens']
     OR octet_length(NEW.sealed) > 0 OR cardinality(NEW.tokens) > 0
     OR NOT EXISTS (SELECT FROM verification_delivery d WHERE d.id = NEW.delivery_id AND d.purged_on IS NOT NULL) THEN
    RAISE EXCEPTION '送达的行不能改写，只能随送达数据一起清除'
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION record_comes_with_its_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM (SELECT DISTINCT delivery_id FROM new_rows) n JOIN verification_delivery d
      ON d.id = n.delivery_id WHERE d.linked_at IS NOT NULL OR d.purged_on IS NOT NULL
      OR (SELECT count(*) FROM verification_sourcerecord r WHERE r.delivery_id = d.id) > d.accepted
      OR (SELECT count(*) FROM verification_deliveryreject r WHERE r.delivery_id = d.id) > d.rejected) THEN
    RAISE EXCEPTION '送达的行只能随文件一起收下' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END $$;
"""
ROWS = "".join(
    f"CREATE TRIGGER record_stays_delivered BEFORE UPDATE ON {table}"
    " FOR EACH ROW EXECUTE FUNCTION record_stays_delivered();"
    f"CREATE TRIGGER record_comes_with_its_file AFTER INSERT ON {table} REFERENCING NEW TABLE AS new_rows"
    " FOR EACH STATEMENT EXECUTE FUNCTION record_comes_with_its_file();"
    for table in DELIVERED
)


class Migration(migrations.Migration):
    dependencies = [("verification", "0005_deliveries"), ("audit", "0002_chain")]
    operations = [
        by_division("verification_delivery"),
        no_delete("verification_delivery"),
        *[through(table, "verification_delivery", "delivery_id") for table in DELIVERED],
        *[no_delete(table) for table in DELIVERED],
        migrations.RunSQL(DELIVERY + ROWS, migrations.RunSQL.noop),
        by_division("verification_link"),
        no_delete("verification_link"),
        by_division("verification_notsameperson"),
        append_only("verification_notsameperson"),
        through("verification_hitlink", "verification_matchresult", "match_id"),
        append_only("verification_hitlink"),
    ]
