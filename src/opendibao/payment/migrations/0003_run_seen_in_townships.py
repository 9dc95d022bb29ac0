"""A township sees the county's pay runs (dates and steps, no person's data) and, of their lines, its own."""

from django.db import migrations

SEEN = """
CREATE POLICY seen_below ON payment_payrun FOR SELECT
USING (starts_with(nullif(current_setting('app.division', true), ''), left(division, 6)));
"""


class Migration(migrations.Migration):
    dependencies = [("payment", "0002_walls")]
    operations = [migrations.RunSQL(SEEN, "DROP POLICY seen_below ON payment_payrun")]
