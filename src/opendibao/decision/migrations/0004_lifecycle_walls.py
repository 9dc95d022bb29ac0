"""What the law refuses, the database refuses: the gates of a case's procedure, the hands, the hearing."""

from django.db import migrations

from opendibao.audit.walls import append_only, by_division, no_delete

KEPT = ("decision_approvalbatch", "decision_meetingmember", "decision_countyvisit", "decision_publication")
MOVES = ("decision_objection", "decision_firstopinion", "decision_hearing")
GATES = """
CREATE OR REPLACE FUNCTION entry_has_its_steps() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE c intake_case; surveyed date; notice_end date; broken text;
BEGIN
  IF NEW.kind = 'legacy' THEN RETURN NEW; END IF;
  SELECT * INTO c FROM intake_case WHERE id = NEW.case_id;
  IF c.accepted_on IS NULL OR c.accepted_on > NEW.decided_on OR c.household_id <> NEW.household_id THEN
    RAISE EXCEPTION '没有该户已受理的案件，不能作出决定' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.approver = c.accepted_by OR EXISTS (SELECT FROM verification_survey s WHERE s.case_id = c.id
       AND NEW.approver IN (s.first_surveyor, s.second_surveyor, s.entered_by)) THEN
    RAISE EXCEPTION '受理、调查的人不能审核确认同一个案件' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  -- 社会救助法 第四十八条, in force from 2026-07-01 (第七十八条): heard before less or nothing
  IF NEW.kind IN ('reduce', 'stop', 'grace') AND NEW.decided_on >= DATE '2026-07-01'
     AND NEW.cause NOT IN ('death', 'voluntary') AND NOT EXISTS (
       SELECT FROM decision_hearing h WHERE h.case_id = c.id AND h.heard_on <= NEW.decided_on) THEN
    RAISE EXCEPTION '没有听取家庭意见，不能调减或终止（社会救助法第四十八条）'
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
  SELECT min(s.surveyed_on) INTO surveyed FROM verification_survey s WHERE s.case_id = c.id;
  IF NEW.kind IN ('increase', 'reduce', 'grace') THEN
    -- a change is a change of what was confirmed: nobody comes into payment under another name (57号 第二十八条)
    IF NOT EXISTS (SELECT FROM decision_decision d WHERE d.household_id = NEW.household_id
         AND d.kind NOT IN ('stop', 'refuse') AND d.voided_on IS NULL AND d.decided_on <= NEW.decided_on
         AND coalesce(d.ended_on, 'infinity') >= NEW.decided_on) THEN
      RAISE EXCEPTION '没有在保的决定，不能调整（57号第二十八条）' USING ERRCODE = 'integrity_constraint_violation'; END IF;
    IF NEW.cause <> 'standard' AND coalesce(surveyed, 'infinity') > NEW.decided_on THEN
      RAISE EXCEPTION '没有入户调查，不能调整（57号第三十一条）' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  END IF;
  IF NEW.kind <> 'confirm' THEN RETURN NEW; END IF;
  IF surveyed IS NULL OR surveyed > NEW.decided_on THEN
    RAISE EXCEPTION '没有入户调查，不能确认同意（57号第二十八条）' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  SELECT max(n.ends_on) INTO notice_end FROM decision_publicnotice n WHERE n.case_id = c.id;
  IF notice_end IS NULL OR notice_end >= NEW.decided_on OR EXISTS (
       SELECT FROM decision_objection o WHERE o.case_id = c.id AND o.settled_on IS NULL) THEN
    RAISE EXCEPTION '公示未满7天或异议未办结，不能确认同意（57号第十九条）'
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
  broken := confirm_lacks(c, NEW.decided_on);
  IF broken <> '' THEN RAISE EXCEPTION '%', broken USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;

-- What the procedure kept with a case still asks before it can be confirmed; '' where nothing is missing.
CREATE FUNCTION confirm_lacks(c intake_case, decided date) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF c.gates = '{}'::jsonb THEN RETURN ''; END IF;
  IF c.gates->>'democratic_review' = 'ALWAYS' AND NOT EXISTS (
       SELECT FROM decision_reviewvote v WHERE v.case_id = c.id AND NOT v.is_contested) THEN
    RETURN '没有民主评议，本地程序规定每件都要评议'; END IF;
  IF EXISTS (SELECT FROM decision_objection o WHERE o.case_id = c.id AND o.outcome = 'survey' AND NOT EXISTS (
       SELECT FROM verification_survey s WHERE s.case_id = c.id AND s.surveyed_on >= o.settled_on)) THEN
    RETURN '异议要求重新调查，还没有新的入户调查（57号第十九条）'; END IF;
  IF EXISTS (SELECT FROM decision_objection o WHERE o.case_id = c.id AND o.outcome = 'review' AND NOT EXISTS (
       SELECT FROM decision_reviewvote v JOIN decision_reviewmeeting m ON m.id = v.meeting_id
       WHERE v.case_id = c.id AND NOT v.is_contested AND m.held_on >= o.settled_on)) THEN
    RETURN '异议要求民主评议，还没有新的评议（57号第十九条）'; END IF;
  IF EXISTS (SELECT FROM intake_officialrelative r WHERE r.case_id = c.id) AND NOT EXISTS (
       SELECT FROM decision_countyvisit v WHERE v.case_id = c.id AND v.visited_on <= decided) THEN
    RETURN '近亲属备案的家庭，县民政局还没有入户核查（57号第二十条）'; END IF;
  IF c.gates->>'confirming_authority' = 'county' AND NOT EXISTS (
       SELECT FROM decision_firstopinion o WHERE o.case_id = c.id AND o.reported_on <= decided) THEN
    RETURN '乡镇还没有提出初审意见并报县（57号第十九条）'; END IF;
  RETURN '';
END $$;

-- everybody present gets one ballot at most; who is recused gets none
CREATE FUNCTION ballots_of_those_present() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE present int;
BEGIN
  SELECT villagers + party_members + cadres + township INTO present FROM decision_reviewmeeting
  WHERE id = NEW.meeting_id;
  IF NEW.issued > present - cardinality(NEW.recused) THEN
    RAISE EXCEPTION '发出的票多于到会而不回避的人数' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ballots_of_those_present BEFORE INSERT OR UPDATE ON decision_reviewvote
  FOR EACH ROW EXECUTE FUNCTION ballots_of_those_present();

-- what was said of an objection, an opinion reported and a family heard stays as it was said
CREATE FUNCTION said_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE day text := TG_ARGV[0];
BEGIN
  IF to_jsonb(OLD)->>day IS NOT NULL THEN
    RAISE EXCEPTION '已经办结的记录不能改写' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER said_once BEFORE UPDATE ON decision_objection
  FOR EACH ROW EXECUTE FUNCTION said_once('settled_on');
CREATE TRIGGER said_once BEFORE UPDATE ON decision_firstopinion
  FOR EACH ROW EXECUTE FUNCTION said_once('reported_on');
CREATE TRIGGER said_once BEFORE UPDATE ON decision_hearing
  FOR EACH ROW EXECUTE FUNCTION said_once('heard_on');
CREATE TRIGGER said_once BEFORE UPDATE ON decision_publicnotice
  FOR EACH ROW EXECUTE FUNCTION said_once('taken_down_on');

-- the opening act attests so many households and invents none (57号 第二十八条); counted over the whole county
CREATE FUNCTION act_attests_no_more() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF EXISTS (SELECT FROM decision_openingact a JOIN (SELECT DISTINCT opening_act_id FROM entered) e
       ON e.opening_act_id = a.id
       WHERE a.households < (SELECT count(*) FROM decision_decision d WHERE d.opening_act_id = a.id)) THEN
    RAISE EXCEPTION '存量建账确认书没有这么多户，存量以外的家庭要申请、调查、确认（57号第二十八条）'
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER act_attests_no_more AFTER INSERT ON decision_decision REFERENCING NEW TABLE AS entered
  FOR EACH STATEMENT EXECUTE FUNCTION act_attests_no_more();

-- what hung in the village and how the village voted stays on record; only what is named may be noted later
CREATE FUNCTION only_notes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - TG_ARGV::text[] <> to_jsonb(OLD) - TG_ARGV::text[] THEN
    RAISE EXCEPTION '“%”的内容不能改写，请另行登记', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER only_notes BEFORE UPDATE ON decision_publicnotice FOR EACH ROW
  EXECUTE FUNCTION only_notes('taken_down_on', 'taken_down_photo_id', 'posted_photo_id');
CREATE TRIGGER only_notes BEFORE UPDATE ON decision_reviewvote FOR EACH ROW EXECUTE FUNCTION only_notes('is_contested');
CREATE TRIGGER only_notes BEFORE UPDATE ON decision_reviewmeeting FOR EACH ROW EXECUTE FUNCTION only_notes('minutes');

-- a decision may be voided once, before its letter was received and before it was reported upwards
CREATE OR REPLACE FUNCTION decision_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ends text[] := ARRAY['ended_on', 'last_month', 'ended_by_id', 'in_force', 'months', 'voided_on', 'void_reason'];
BEGIN
  -- a grace period carries its own end and may still be ended earlier
  IF to_jsonb(NEW) - ends <> to_jsonb(OLD) - ends OR OLD.ended_by_id IS NOT NULL OR OLD.voided_on IS NOT NULL
     OR NEW.ended_on IS NULL OR NEW.ended_on >= OLD.ended_on THEN
    RAISE EXCEPTION '决定不能改写，只能由新决定终止' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.voided_on IS NOT NULL AND coalesce(NEW.last_month, 'infinity') >= NEW.first_month THEN
    RAISE EXCEPTION '撤销的决定不能再发放，止发月应早于起发月' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.voided_on IS NOT NULL AND (
       EXISTS (SELECT FROM decision_letter l WHERE l.decision_id = NEW.id AND l.delivered_on IS NOT NULL)
       OR EXISTS (SELECT FROM decision_outboxevent e WHERE e.decision_id = NEW.id AND e.sent_on IS NOT NULL)) THEN
    RAISE EXCEPTION '决定已经送达或上报，不能撤销，请以新决定调整' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("decision", "0003_lifecycle"), ("verification", "0004_lifecycle_walls"), ("intake", "0004_lifecycle_walls"),
    ]  # fmt: skip
    operations = [
        *[by_division(table) for table in (*KEPT, *MOVES)],
        *[append_only(table) for table in KEPT],
        *[no_delete(table) for table in MOVES],
        migrations.RunSQL(GATES, migrations.RunSQL.noop),
    ]
