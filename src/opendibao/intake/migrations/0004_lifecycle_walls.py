"""Row-level security of what the lifecycle adds to intake; what was signed or handed over is never changed."""

from django.db import migrations

from opendibao.audit.walls import append_only, by_division, no_delete

KEPT = ("intake_attachment", "intake_supplementnotice", "intake_officialrelative", "intake_mandate")
MOVES = ("intake_caseletter", "intake_draft", "intake_onlineapplication", "intake_clockpause")
# the procedure a case was accepted under stays with it (a case keeps the profile in force when it was accepted)
KEEPS = """
CREATE FUNCTION case_keeps_its_procedure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.procedure <> '' AND (NEW.procedure <> OLD.procedure OR NEW.gates <> OLD.gates) THEN
    RAISE EXCEPTION '案件受理时的程序不能改换' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  -- 57号 第二十八条: whose case was accepted, by whom and when, is what every decision rests on
  IF OLD.accepted_on IS NOT NULL
     AND (NEW.accepted_on, NEW.accepted_by, NEW.household_id)
       IS DISTINCT FROM (OLD.accepted_on, OLD.accepted_by, OLD.household_id) THEN
    RAISE EXCEPTION '案件的受理日期、受理人和家庭不能改换' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keeps_its_procedure BEFORE UPDATE ON intake_case
  FOR EACH ROW EXECUTE FUNCTION case_keeps_its_procedure();
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0003_lifecycle"), ("audit", "0002_chain")]
    operations = [
        *[by_division(table) for table in (*KEPT, *MOVES)],
        *[append_only(table) for table in KEPT],
        *[no_delete(table) for table in MOVES],
        migrations.RunSQL(
            KEEPS, "DROP TRIGGER keeps_its_procedure ON intake_case; DROP FUNCTION case_keeps_its_procedure;"
        ),
    ]
