"""No decision rests on what a department found and nobody has answered: the database refuses it."""

from django.db import migrations

WALL = """
CREATE FUNCTION no_open_matches() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE open text;
BEGIN
  -- an opening entry has no case to be matched; a new standard and the family's own wish weigh nothing that was found
  IF NEW.kind = 'legacy' OR NEW.case_id IS NULL OR NEW.cause IN ('standard', 'voluntary') THEN RETURN NEW; END IF;
  open := open_matches(NEW.case_id);
  IF open <> '' THEN RAISE EXCEPTION '%', open USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER no_open_matches BEFORE INSERT ON decision_decision
  FOR EACH ROW EXECUTE FUNCTION no_open_matches();
"""
UNDONE = "DROP TRIGGER no_open_matches ON decision_decision; DROP FUNCTION no_open_matches();"


class Migration(migrations.Migration):
    dependencies = [("decision", "0007_uprating"), ("verification", "0007_objections")]
    operations = [migrations.RunSQL(WALL, UNDONE)]
