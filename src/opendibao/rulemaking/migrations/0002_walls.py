"""What was drafted is never edited, what was scheduled never removed: the second officer, the order, the day."""

from django.db import migrations

from opendibao.audit.walls import append_only, by_division, everybody_reads, no_delete

GUARDS = """
CREATE FUNCTION change_begins_as_draft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> 'draft' OR NEW.approved_by <> '' OR NEW.withdrawn_by <> '' THEN
    RAISE EXCEPTION '参数调整要先起草，再由另一人批准' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER begins_as_draft BEFORE INSERT ON rulemaking_parameterchange
  FOR EACH ROW EXECUTE FUNCTION change_begins_as_draft();

CREATE FUNCTION change_only_moves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE moves text[] := ARRAY['state', 'approved_by', 'approved_at', 'withdrawn_by', 'withdrawn_at', 'withdrawn_reason'];
BEGIN
  IF to_jsonb(NEW) - moves <> to_jsonb(OLD) - moves
     OR (OLD.approved_by <> '' AND (NEW.approved_by, NEW.approved_at) IS DISTINCT FROM (OLD.approved_by, OLD.approved_at))
     OR OLD.state = 'withdrawn' OR NOT (OLD.state, NEW.state) IN (('draft', 'approved'), ('draft', 'withdrawn'),
       ('approved', 'scheduled'), ('approved', 'withdrawn'), ('scheduled', 'withdrawn')) THEN
    RAISE EXCEPTION '参数调整不能改写，请撤回后另行起草' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER only_moves BEFORE UPDATE ON rulemaking_parameterchange
  FOR EACH ROW EXECUTE FUNCTION change_only_moves();

CREATE FUNCTION revision_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE change rulemaking_parameterchange; last int;
BEGIN
  SELECT * INTO change FROM rulemaking_parameterchange WHERE id = NEW.change_id;
  SELECT coalesce(max(number), 0) INTO last FROM rulemaking_revision WHERE pack = NEW.pack;
  IF change.pack IS DISTINCT FROM NEW.pack OR NEW.number <> last + 1 THEN
    RAISE EXCEPTION '修订号要按顺序，一号不漏' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF change.state <> (CASE NEW.step WHEN 'scheduled' THEN 'approved' ELSE 'scheduled' END) THEN
    RAISE EXCEPTION '只有批准的调整可以排定，只有排定的调整可以撤出' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF change.since <= NEW.taken_on THEN
    RAISE EXCEPTION '参数调整不能追溯' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER in_order BEFORE INSERT ON rulemaking_revision FOR EACH ROW EXECUTE FUNCTION revision_in_order();
"""
UNDO = """
DROP TRIGGER in_order ON rulemaking_revision; DROP FUNCTION revision_in_order;
DROP TRIGGER only_moves ON rulemaking_parameterchange; DROP FUNCTION change_only_moves;
DROP TRIGGER begins_as_draft ON rulemaking_parameterchange; DROP FUNCTION change_begins_as_draft;
"""
COUNTYS = ("rulemaking_parameterchange", "rulemaking_revision")


def _all_read(table: str) -> migrations.RunSQL:
    """The numbers of the law are no secret: all read them, the county's officers write."""
    return migrations.RunSQL(
        f"CREATE POLICY all_read ON {table} FOR SELECT USING (true);", f"DROP POLICY all_read ON {table};"
    )


class Migration(migrations.Migration):
    dependencies = [("rulemaking", "0001_initial"), ("audit", "0002_chain")]
    operations = [
        migrations.RunSQL(GUARDS, UNDO),
        *[by_division(table) for table in COUNTYS],
        *[_all_read(table) for table in COUNTYS],
        everybody_reads("rulemaking_ruleset"),
        no_delete("rulemaking_parameterchange"),
        append_only("rulemaking_revision"),
        append_only("rulemaking_ruleset"),
    ]
