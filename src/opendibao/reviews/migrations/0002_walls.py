"""Row-level security of reviews; nothing is deleted."""

from django.db import migrations

from opendibao.audit.walls import by_division, no_delete

TABLES = ("reviews_reverification",)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial"), ("audit", "0002_chain")]
    operations = [*[by_division(table) for table in TABLES], *[no_delete(table) for table in TABLES]]
