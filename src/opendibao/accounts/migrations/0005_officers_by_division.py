"""Officers are read before anybody is known, at the door, and by whoever sees their division: by nobody else."""

from django.db import migrations

KNOWN_TO_NOBODY = "nullif(current_setting('app.division', true), '') IS NULL"
AT_THE_DOOR = "current_setting('app.door', true) = 'open'"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_door")]
    operations = [
        migrations.RunSQL(
            f"ALTER POLICY sign_in ON accounts_officer USING ({KNOWN_TO_NOBODY} OR {AT_THE_DOOR})",
            "ALTER POLICY sign_in ON accounts_officer USING (true)",
        )
    ]
