"""报送和整改的墙: what was sent stays as it was sent, moves only along its table, and is closed when it is concluded."""

from django.db import migrations

SUBMISSION = """
CREATE FUNCTION submission_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE former text;
BEGIN
  IF NEW.state <> 'submitted' OR NOT EXISTS (SELECT 1 FROM evaluation_snapshot s WHERE s.id = NEW.snapshot_id
      AND s.is_final AND s.year = NEW.year AND s.division = NEW.division) THEN
    RAISE EXCEPTION '只有本年度已定稿的快照可以报送' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.number = 1 THEN RETURN NEW; END IF;
  SELECT state INTO former FROM evaluation_submission
  WHERE year = NEW.year AND division = NEW.division AND number = NEW.number - 1;
  IF former IS DISTINCT FROM 'returned' THEN
    RAISE EXCEPTION '上一次报送没有被退回，不能再报' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER submission_is_final BEFORE INSERT ON evaluation_submission
  FOR EACH ROW EXECUTE FUNCTION submission_is_final();

CREATE FUNCTION submission_moves_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.year, NEW.division, NEW.number, NEW.snapshot_id, NEW.submitted_on, NEW.submitted_by, NEW.statement)
     IS DISTINCT FROM
     (OLD.year, OLD.division, OLD.number, OLD.snapshot_id, OLD.submitted_on, OLD.submitted_by, OLD.statement) THEN
    RAISE EXCEPTION '报送的内容不能修改' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF (OLD.state || '>' || NEW.state) NOT IN ('submitted>asked', 'submitted>returned', 'submitted>accepted',
     'asked>replied', 'asked>returned', 'replied>asked', 'replied>returned', 'replied>accepted') THEN
    RAISE EXCEPTION '报送不能从“%”变为“%”', OLD.state, NEW.state USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.state = 'accepted' AND EXISTS (SELECT 1 FROM evaluation_reviewquestion q
      WHERE q.submission_id = NEW.id AND q.reply = '') THEN
    RAISE EXCEPTION '还有没有答复的审核意见，不能审定' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER submission_moves_on BEFORE UPDATE ON evaluation_submission
  FOR EACH ROW EXECUTE FUNCTION submission_moves_on();
"""
OPEN_ONLY = """
CREATE FUNCTION submission_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE found record;
BEGIN
  SELECT state, division, submitted_by INTO found FROM evaluation_submission WHERE id = NEW.submission_id;
  IF found.state IS NULL OR found.state IN ('returned', 'accepted') OR found.division <> NEW.division THEN
    RAISE EXCEPTION '报送已经审定或退回' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF TG_TABLE_NAME = 'evaluation_financescore' AND to_jsonb(NEW) ->> 'officer' = found.submitted_by THEN
    RAISE EXCEPTION '报送人不能给自己的报送评分' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER question_on_open BEFORE INSERT OR UPDATE ON evaluation_reviewquestion
  FOR EACH ROW EXECUTE FUNCTION submission_is_open();
CREATE TRIGGER score_on_open BEFORE INSERT ON evaluation_financescore
  FOR EACH ROW EXECUTE FUNCTION submission_is_open();

CREATE FUNCTION finance_score_within_weight() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE weight numeric;
BEGIN
  SELECT (r ->> 'weight')::numeric INTO weight
  FROM evaluation_submission b JOIN evaluation_snapshot s ON s.id = b.snapshot_id,
       jsonb_array_elements(s.content -> 'conclusion' -> 'rows') r
  WHERE b.id = NEW.submission_id AND r ->> 'code' = NEW.indicator;
  IF weight IS NULL OR NEW.score > weight THEN
    RAISE EXCEPTION '财政评分不能超过这一行的分值' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER finance_score_within_weight BEFORE INSERT ON evaluation_financescore
  FOR EACH ROW EXECUTE FUNCTION finance_score_within_weight();

CREATE FUNCTION question_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.reply <> '' OR (NEW.submission_id, NEW.division, NEW.subject, NEW.question, NEW.asked_by, NEW.asked_on)
     IS DISTINCT FROM (OLD.submission_id, OLD.division, OLD.subject, OLD.question, OLD.asked_by, OLD.asked_on) THEN
    RAISE EXCEPTION '审核意见和答复不能修改' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER question_stays BEFORE UPDATE ON evaluation_reviewquestion
  FOR EACH ROW EXECUTE FUNCTION question_stays();
"""
RECTIFICATION = """
CREATE FUNCTION rectification_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.year, NEW.division, NEW.number, NEW.origin, NEW.problem, NEW.officer)
     IS DISTINCT FROM (OLD.year, OLD.division, OLD.number, OLD.origin, OLD.problem, OLD.officer) THEN
    RAISE EXCEPTION '整改的问题和来源不能修改' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF OLD.closed_on IS NOT NULL AND (NEW.closed_on IS NOT NULL OR (NEW.measure, NEW.owner, NEW.due_on)
     IS DISTINCT FROM (OLD.measure, OLD.owner, OLD.due_on)) THEN
    RAISE EXCEPTION '整改已经销号，要先恢复' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER rectification_stays BEFORE UPDATE ON evaluation_rectification
  FOR EACH ROW EXECUTE FUNCTION rectification_stays();
"""


def receiving_walls() -> list[migrations.RunSQL]:
    """The triggers of submissions, questions, finance's scores and rectification, each with its way back."""
    return [
        migrations.RunSQL(
            SUBMISSION,
            "DROP TRIGGER submission_is_final ON evaluation_submission;"
            "DROP TRIGGER submission_moves_on ON evaluation_submission;"
            "DROP FUNCTION submission_is_final; DROP FUNCTION submission_moves_on;",
        ),
        migrations.RunSQL(
            OPEN_ONLY,
            "DROP TRIGGER question_on_open ON evaluation_reviewquestion;"
            "DROP TRIGGER score_on_open ON evaluation_financescore;"
            "DROP TRIGGER finance_score_within_weight ON evaluation_financescore;"
            "DROP TRIGGER question_stays ON evaluation_reviewquestion;"
            "DROP FUNCTION submission_is_open; DROP FUNCTION finance_score_within_weight;"
            "DROP FUNCTION question_stays;",
        ),
        migrations.RunSQL(
            RECTIFICATION,
            "DROP TRIGGER rectification_stays ON evaluation_rectification; DROP FUNCTION rectification_stays;",
        ),
    ]
