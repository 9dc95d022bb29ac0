"""What sign-in needs before anybody is known (failed attempts, one-time codes) opens at the door and nowhere else."""

from django.db import migrations

AT_THE_DOOR = (
    "axes_accessattempt", "axes_accessattemptexpiration", "axes_accessfailurelog", "axes_accesslog",
    "mfa_authenticator",
)  # fmt: skip
NEVER = ("account_emailaddress", "account_emailconfirmation")  # officers have no mail here
OPEN = "current_setting('app.door', true) = 'open'"
# pages ask whether an officer has one-time codes, never for the secret
HAS_TOTP = """
CREATE FUNCTION officer_has_totp(officer bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public AS $$
  SELECT EXISTS (SELECT 1 FROM mfa_authenticator WHERE user_id = officer AND type = 'totp')
$$;
"""


def closed(table: str, policy: str, opens: str) -> migrations.RunSQL:
    """Row-level security with one policy for reading and writing."""
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"CREATE POLICY {policy} ON {table} USING ({opens}) WITH CHECK ({opens});",
        f"DROP POLICY {policy} ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_duties"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("axes", "0010_accessattemptexpiration"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]
    operations = [
        *(closed(table, "at_the_door", OPEN) for table in AT_THE_DOOR),
        *(closed(table, "nobody", "false") for table in NEVER),
        migrations.RunSQL(HAS_TOTP, "DROP FUNCTION officer_has_totp(bigint)"),
    ]
