"""Sheets that were entered before versions are the first version of their year."""

from django.db import migrations

FILL = """
ALTER TABLE evaluation_sheetrow DISABLE TRIGGER append_only;
INSERT INTO evaluation_yearsheet (year, division, version, template, grade_scheme, over_completion, execution_weight,
  reason, entered_on, officer)
SELECT DISTINCT year, division, 1, 'ninety', 'youliangzhongcha', 'flag', 10, '', make_date(year, 1, 1), '迁移'
FROM evaluation_sheetrow;
UPDATE evaluation_sheetrow r SET sheet_id = s.id FROM evaluation_yearsheet s
WHERE s.year = r.year AND s.division = r.division;
ALTER TABLE evaluation_sheetrow ENABLE TRIGGER append_only;
"""


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0003_workbench")]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
