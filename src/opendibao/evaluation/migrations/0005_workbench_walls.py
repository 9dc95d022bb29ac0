"""Row-level security of the workbench; what was judged, sent, filed and written is never changed, only added to."""

import django.db.models.deletion
from django.db import migrations, models

from opendibao.audit.walls import append_only, by_division, no_delete
from opendibao.evaluation.migrations._receiving_walls import receiving_walls

MOVES = (
    "evaluation_goal", "evaluation_planstep", "evaluation_material", "evaluation_arrivalcheck", "evaluation_submission",
    "evaluation_reviewquestion", "evaluation_rectification",
)  # fmt: skip
KEPT = (
    "evaluation_yearsheet", "evaluation_judgement", "evaluation_evaluationplan", "evaluation_sampledraw",
    "evaluation_interview", "evaluation_financescore", "evaluation_reporttext", "evaluation_filedreport",
)  # fmt: skip
# a final snapshot follows the final before it, and its chain value holds both
FINALS = """
CREATE FUNCTION final_follows_final() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last text;
BEGIN
  IF NOT NEW.is_final THEN RETURN NEW; END IF;
  SELECT chain INTO last FROM evaluation_snapshot
  WHERE is_final AND division = NEW.division ORDER BY id DESC LIMIT 1;
  IF NEW.previous <> coalesce(last, '') THEN
    RAISE EXCEPTION '定稿没有接在上一份定稿之后' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.chain <> encode(sha256(convert_to(NEW.previous || NEW.sha256, 'UTF8')), 'hex') THEN
    RAISE EXCEPTION '定稿的链值与内容不符' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER final_follows_final BEFORE INSERT ON evaluation_snapshot
  FOR EACH ROW EXECUTE FUNCTION final_follows_final();
"""


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0004_first_versions"), ("audit", "0002_chain")]
    operations = [
        migrations.AlterField(
            "sheetrow",
            "sheet",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rows",
                to="evaluation.yearsheet",
                verbose_name="年度指标表",
            ),
        ),
        *[by_division(table) for table in (*MOVES, *KEPT)],
        *[no_delete(table) for table in MOVES],
        *[append_only(table) for table in KEPT],
        migrations.RunSQL(
            FINALS, "DROP TRIGGER final_follows_final ON evaluation_snapshot; DROP FUNCTION final_follows_final;"
        ),
        *receiving_walls(),
    ]
