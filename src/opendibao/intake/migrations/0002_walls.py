"""Row-level security of intake; places must be known; case numbers follow on one another; nothing is deleted."""

from django.db import migrations

from opendibao.audit.walls import by_division, no_delete

TABLES = ("intake_lead", "intake_case", "intake_consent")
PLACED = ("intake_lead", "intake_case")
KNOWN = "".join(
    f"ALTER TABLE {table} ADD CONSTRAINT {table}_known_division FOREIGN KEY (division)"
    " REFERENCES registry_division (code);"
    for table in PLACED
)
# Runs as the owner, because a township sees only its own cases and the numbers are the county's;
# whoever takes a number holds the others until his transaction ends, so none is lost or given twice.
NUMBER = """
CREATE FUNCTION next_case_number(year int, word text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE head text := word || '〔' || year || '〕'; last text;
BEGIN
  PERFORM pg_advisory_xact_lock(57202106);
  SELECT max(number) INTO last FROM intake_case WHERE number ^@ head;
  RETURN head || lpad((coalesce(substr(last, length(head) + 1, 5), '0')::int + 1)::text, 5, '0') || '号';
END $$;
"""
SCOPE = "ALTER TABLE intake_consent ADD CONSTRAINT consent_has_a_scope CHECK (cardinality(scope) > 0);"
UNDO = "ALTER TABLE intake_consent DROP CONSTRAINT consent_has_a_scope; DROP FUNCTION next_case_number;" + "".join(
    f"ALTER TABLE {table} DROP CONSTRAINT {table}_known_division;" for table in PLACED
)


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial"), ("registry", "0001_initial"), ("audit", "0002_chain")]
    operations = [
        migrations.RunSQL(KNOWN + NUMBER + SCOPE, UNDO),
        *[by_division(table) for table in TABLES],
        *[no_delete(table) for table in TABLES],
    ]
