"""The newest event that is not of some quiet actions: what pages counted stays true while only those happen."""

from django.db import migrations

HEAD = """
-- read from the newest backwards, so that it costs what the quiet tail is long
CREATE FUNCTION audit_head_but(quiet text[]) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public AS $$
  SELECT id FROM audit_event WHERE action <> ALL (quiet) ORDER BY id DESC LIMIT 1
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_chain")]
    operations = [migrations.RunSQL(HEAD, "DROP FUNCTION audit_head_but(text[])")]
