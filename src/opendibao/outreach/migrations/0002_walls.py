"""Row-level security of outreach; nothing is deleted."""

from django.db import migrations

from opendibao.audit.walls import by_division, no_delete

TABLES = (
    "outreach_publicityaction",
    "outreach_trainingsession",
    "outreach_trainingsignature",
    "outreach_post",
    "outreach_hotlineticket",
)


class Migration(migrations.Migration):
    dependencies = [("outreach", "0001_initial"), ("audit", "0002_chain")]
    operations = [*[by_division(table) for table in TABLES], *[no_delete(table) for table in TABLES]]
