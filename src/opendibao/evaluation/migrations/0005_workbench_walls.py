"""Row-level security of the workbench; what was judged, sent, filed and written is never changed, only added to."""

import django.db.models.deletion
from django.db import migrations, models

from opendibao.audit.walls import append_only, by_division, no_delete

MOVES = (
    "evaluation_goal", "evaluation_planstep", "evaluation_material", "evaluation_arrivalcheck", "evaluation_submission",
    "evaluation_reviewquestion", "evaluation_rectification",
)  # fmt: skip
KEPT = (
    "evaluation_yearsheet", "evaluation_judgement", "evaluation_evaluationplan", "evaluation_sampledraw",
    "evaluation_interview", "evaluation_financescore", "evaluation_reporttext", "evaluation_filedreport",
)  # fmt: skip


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
    ]
