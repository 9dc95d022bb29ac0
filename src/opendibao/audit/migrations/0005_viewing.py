"""Who opened a full record: append-only, seen by division, chained by a lock of its own so that looking never waits."""

from django.db import migrations, models

from opendibao.audit.walls import append_only, by_division

FUNCTIONS = """
CREATE FUNCTION view_hash(v audit_viewing) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(concat_ws('|', v.previous_hash, extract(epoch FROM v.at)::text, v.actor, v.division,
    v.subject, v.page), 'UTF8')), 'hex')
$$;

-- As chain_event does, with another lock: whoever looks at a household waits for no pay run.
CREATE FUNCTION chain_view() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public
SET enable_seqscan = off AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(57202110);
  NEW.previous_hash := coalesce((SELECT hash FROM audit_viewing ORDER BY id DESC LIMIT 1), '');
  NEW.id := nextval(pg_get_serial_sequence('audit_viewing', 'id'));
  NEW.hash := view_hash(NEW);
  RETURN NEW;
END $$;
CREATE TRIGGER chain BEFORE INSERT ON audit_viewing FOR EACH ROW EXECUTE FUNCTION chain_view();

CREATE FUNCTION first_broken_view() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT min(id) FROM (
    SELECT v.id, v.hash <> view_hash(v)
      OR v.previous_hash <> coalesce(lag(v.hash) OVER (ORDER BY v.id), '') AS broken FROM audit_viewing v) chain
  WHERE broken
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_submission")]
    operations = [
        migrations.CreateModel(
            name="Viewing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("actor", models.CharField(max_length=60, verbose_name="查阅人")),
                ("division", models.CharField(max_length=12, verbose_name="区划")),
                ("subject", models.CharField(max_length=120, verbose_name="对象")),
                ("page", models.CharField(max_length=60, verbose_name="页面")),
                ("previous_hash", models.CharField(default="", editable=False, max_length=64, verbose_name="前一哈希")),
                ("hash", models.CharField(default="", editable=False, max_length=64, unique=True, verbose_name="哈希")),
            ],
            options={
                "verbose_name": "查阅记录",
                "verbose_name_plural": "查阅记录",
                "ordering": ("id",),
                "indexes": [models.Index(fields=["subject", "at"], name="viewings_of_a_subject")],
            },
        ),
        migrations.RunSQL(
            FUNCTIONS,
            "DROP TRIGGER chain ON audit_viewing; DROP FUNCTION chain_view; DROP FUNCTION first_broken_view;"
            "DROP FUNCTION view_hash;",
        ),
        by_division("audit_viewing"),
        append_only("audit_viewing"),
    ]
