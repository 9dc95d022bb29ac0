"""Row-level security of what the lifecycle adds to verification; a signed form is never changed."""

from django.db import migrations

from opendibao.audit.walls import append_only, by_division, no_delete

KEPT = (
    "verification_surveyorder", "verification_itemsheet", "verification_surveycorrection",
    "verification_neighbourinterview", "verification_refusedvisit",
)  # fmt: skip
# the survey itself was only safe from deletion until now
SIGNED = """
CREATE TRIGGER signed_form_stays BEFORE UPDATE ON verification_survey
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("verification", "0003_lifecycle"), ("audit", "0002_chain")]
    operations = [
        *[by_division(table) for table in (*KEPT, "verification_evidenceletter")],
        *[append_only(table) for table in KEPT],
        no_delete("verification_evidenceletter"),
        migrations.RunSQL(SIGNED, "DROP TRIGGER signed_form_stays ON verification_survey;"),
    ]
