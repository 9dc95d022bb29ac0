"""Row-level security of verification; nothing is deleted."""

from django.db import migrations

from opendibao.audit.walls import by_division, no_delete

TABLES = (
    "verification_matchresult",
    "verification_survey",
)


class Migration(migrations.Migration):
    dependencies = [("verification", "0001_initial"), ("audit", "0002_chain")]
    operations = [*[by_division(table) for table in TABLES], *[no_delete(table) for table in TABLES]]
