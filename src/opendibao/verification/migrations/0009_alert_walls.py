"""Row-level security of re-matches and warnings; a warning goes its way, and by itself changes nothing else."""

from django.db import migrations

from opendibao.audit.walls import append_only, by_division, no_delete

TABLES = ("rematch", "rematchsource", "rematchgap", "alert", "alertstep")
ONCE = ("rematchsource", "rematchgap", "alertstep")
WAY = """
CREATE FUNCTION alert_goes_its_way() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE moves text[] := ARRAY['state', 'looked_by', 'looked_on', 'settled_by', 'settled_on', 'reason_code',
  'case_id', 'last_rematch_id'];
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'open' THEN
      RAISE EXCEPTION '预警从“待核实”开始' USING ERRCODE = 'integrity_constraint_violation'; END IF;
    RETURN NEW;
  END IF;
  IF to_jsonb(NEW) - moves <> to_jsonb(OLD) - moves THEN
    RAISE EXCEPTION '预警的内容不能改写，只能办理' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (
      ('open', 'explained'), ('open', 'visited'), ('open', 'not_same'), ('open', 'ended'),
      ('explained', 'open'), ('explained', 'visited'), ('explained', 'confirmed'), ('explained', 'refuted'),
      ('explained', 'not_same'), ('explained', 'ended'),
      ('visited', 'open'), ('visited', 'explained'), ('visited', 'confirmed'), ('visited', 'refuted'),
      ('visited', 'not_same'), ('visited', 'ended'),
      ('confirmed', 'explained'), ('confirmed', 'visited'), ('refuted', 'explained'), ('refuted', 'visited'),
      ('not_same', 'open'), ('not_same', 'explained'), ('not_same', 'visited')) THEN
    RAISE EXCEPTION '预警不能从%变为%', OLD.state, NEW.state USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF OLD.case_id IS NOT NULL AND NEW.case_id IS DISTINCT FROM OLD.case_id THEN
    RAISE EXCEPTION '预警已经立案，不能撤回或者改到别的案件'
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER alert_goes_its_way BEFORE INSERT OR UPDATE ON verification_alert
  FOR EACH ROW EXECUTE FUNCTION alert_goes_its_way();

CREATE FUNCTION a_finished_rematch_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'running' THEN
    RAISE EXCEPTION '已经结束的复核比对不能改写' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER a_finished_rematch_stays BEFORE UPDATE ON verification_rematch
  FOR EACH ROW EXECUTE FUNCTION a_finished_rematch_stays();
"""
BACK = """
DROP TRIGGER alert_goes_its_way ON verification_alert; DROP FUNCTION alert_goes_its_way();
DROP TRIGGER a_finished_rematch_stays ON verification_rematch; DROP FUNCTION a_finished_rematch_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("verification", "0008_alerts"), ("audit", "0002_chain")]
    operations = [
        migrations.RunSQL(WAY, BACK),
        *[by_division(f"verification_{table}") for table in TABLES],
        *[append_only(f"verification_{table}") for table in ONCE],
        *[no_delete(f"verification_{table}") for table in TABLES if table not in ONCE],
    ]
