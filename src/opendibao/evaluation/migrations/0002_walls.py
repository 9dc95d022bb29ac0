"""Row-level security of evaluation; samples are answered once, what was judged and locked is never changed."""

from django.db import migrations

from opendibao.audit.walls import append_only, by_division, no_delete

SAMPLES = ("evaluation_satisfactionanswer", "evaluation_accuracycheck")
JUDGED = ("evaluation_givenscore", "evaluation_snapshot", "evaluation_sheetrow", "evaluation_findingnote")


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0001_initial"), ("audit", "0002_chain")]
    operations = [
        *[by_division(table) for table in (*SAMPLES, *JUDGED)],
        *[no_delete(table) for table in SAMPLES],
        *[append_only(table) for table in JUDGED],
    ]
