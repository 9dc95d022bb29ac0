"""A decision that a pay run took in is not voided any more: the money was made by it."""

from django.db import migrations

# over the whole county, because a township sees the lines of its own households only
PAID = """
CREATE FUNCTION paid_is_not_void() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF NEW.voided_on IS NOT NULL AND OLD.voided_on IS NULL
     AND EXISTS (SELECT FROM payment_payline l WHERE l.decision_id = NEW.id) THEN
    RAISE EXCEPTION '已编入发放名册，不能撤销，请以新决定调整' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER paid_is_not_void BEFORE UPDATE ON decision_decision
  FOR EACH ROW EXECUTE FUNCTION paid_is_not_void();
"""


class Migration(migrations.Migration):
    dependencies = [("payment", "0005_returned_attempts"), ("decision", "0004_lifecycle_walls")]
    operations = [
        migrations.RunSQL(PAID, "DROP TRIGGER paid_is_not_void ON decision_decision; DROP FUNCTION paid_is_not_void;"),
    ]
