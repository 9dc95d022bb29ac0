"""What the law refuses, the database refuses: no entry without its steps, no rewriting of a decision."""

from django.db import migrations

from opendibao.audit.walls import append_only, by_division, no_delete

GUARDS = """
-- 57号 第二十八条: nobody enters without acceptance, survey and confirmation; 第十九条: the notice has run out.
CREATE FUNCTION entry_has_its_steps() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE accepted date; surveyed date; notice_end date; open_objection boolean; case_household bigint;
BEGIN
  IF NEW.kind = 'legacy' THEN RETURN NEW; END IF;
  SELECT c.accepted_on, c.household_id INTO accepted, case_household FROM intake_case c WHERE c.id = NEW.case_id;
  IF accepted IS NULL OR accepted > NEW.decided_on OR case_household <> NEW.household_id THEN
    RAISE EXCEPTION '没有该户已受理的案件，不能作出决定' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.kind <> 'confirm' THEN RETURN NEW; END IF;
  SELECT s.surveyed_on INTO surveyed FROM verification_survey s WHERE s.case_id = NEW.case_id;
  IF surveyed IS NULL OR surveyed > NEW.decided_on THEN
    RAISE EXCEPTION '没有入户调查，不能确认同意（57号第二十八条）' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  SELECT n.ends_on, n.has_objection AND n.settled_on IS NULL INTO notice_end, open_objection
    FROM decision_publicnotice n WHERE n.case_id = NEW.case_id;
  IF notice_end IS NULL OR notice_end >= NEW.decided_on OR open_objection THEN
    RAISE EXCEPTION '公示未满7天或异议未办结，不能确认同意（57号第十九条）'
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER entry_has_its_steps BEFORE INSERT ON decision_decision
  FOR EACH ROW EXECUTE FUNCTION entry_has_its_steps();

CREATE FUNCTION decision_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ends text[] := ARRAY['ended_on', 'last_month', 'ended_by_id', 'in_force', 'months'];
BEGIN
  -- a grace period carries its own end and may still be ended earlier
  IF to_jsonb(NEW) - ends <> to_jsonb(OLD) - ends OR OLD.ended_by_id IS NOT NULL OR NEW.ended_on IS NULL
     OR NEW.ended_on >= OLD.ended_on THEN
    RAISE EXCEPTION '决定不能改写，只能由新决定终止' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER only_ends BEFORE UPDATE ON decision_decision FOR EACH ROW EXECUTE FUNCTION decision_only_ends();

-- Runs as the owner, because a township sees only its own decisions and the numbers are the county's; whoever takes
-- a number holds the others until his transaction ends.
CREATE FUNCTION next_decision_number(year int) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE head text := '低保决〔' || year || '〕'; last text;
BEGIN
  PERFORM pg_advisory_xact_lock(57202109);
  SELECT max(number) INTO last FROM decision_decision WHERE number ^@ head;
  RETURN head || lpad((coalesce(substr(last, length(head) + 1, 5), '0')::int + 1)::text, 5, '0') || '号';
END $$;
"""
TABLES = (
    "decision_openingact", "decision_rosterfile", "decision_rosterreject", "decision_rejectedrow",
    "decision_stagedhousehold", "decision_reviewmeeting", "decision_reviewvote", "decision_publicnotice",
    "decision_decision", "decision_letter", "decision_outboxevent",
)  # fmt: skip
KEPT = ("decision_openingact", "decision_rosterreject", "decision_rejectedrow", "decision_stagedhousehold")


class Migration(migrations.Migration):
    dependencies = [("decision", "0001_initial"), ("verification", "0001_initial"), ("intake", "0001_initial")]
    operations = [
        migrations.RunSQL(
            GUARDS,
            "DROP FUNCTION next_decision_number; DROP TRIGGER only_ends ON decision_decision; DROP FUNCTION decision_only_ends;"
            "DROP TRIGGER entry_has_its_steps ON decision_decision; DROP FUNCTION entry_has_its_steps;",
        ),
        *[by_division(table) for table in TABLES],
        *[append_only(table) if table in KEPT else no_delete(table) for table in TABLES],
    ]
