"""Row-level security of the registry; two-time rows are closed, never rewritten; numbers must be true, places known."""

from django.db import migrations

from opendibao.audit.walls import by_division, everybody_reads, no_delete

ONLY_CLOSE = """
CREATE FUNCTION only_close_recorded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT upper_inf(OLD.recorded) OR isempty(NEW.recorded)
     OR lower(NEW.recorded) IS DISTINCT FROM lower(OLD.recorded)
     OR to_jsonb(NEW) - 'recorded' <> to_jsonb(OLD) - 'recorded' THEN
    RAISE EXCEPTION '“%”的旧记录不能改写，请关闭旧记录后另立新记录', TG_TABLE_NAME
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
"""
TWO_TIMES = ("registry_householdplace", "registry_membership", "registry_bankaccount")
PLACED = ("registry_household", "registry_person", *TWO_TIMES)
CLOSE = "".join(
    f"CREATE TRIGGER only_close BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION only_close_recorded();"
    for table in TWO_TIMES
)
TIMES = "".join(
    f"ALTER TABLE {table} ADD CONSTRAINT {table}_times_are_real CHECK (NOT isempty(valid) AND NOT lower_inf(valid)"
    " AND NOT isempty(recorded) AND NOT lower_inf(recorded));"
    for table in TWO_TIMES
)
KNOWN = "".join(
    f"ALTER TABLE {table} ADD CONSTRAINT {table}_known_division FOREIGN KEY (division)"
    " REFERENCES registry_division (code),"
    f" ADD CONSTRAINT {table}_in_a_village CHECK (right(division, 3) <> '000');"
    for table in PLACED
)

# GB 11643: ISO 7064 MOD 11-2 over seventeen places, and a birth date that exists
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
WEIGHED = " + ".join(f"substr(number, {place}, 1)::int * {weight}" for place, weight in enumerate(WEIGHTS, 1))
ID_NUMBER = f"""
CREATE FUNCTION id_number_is_valid(number text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN number !~ '^[0-9]{{17}}[0-9X]$' THEN false
    WHEN substr(number, 7, 4) < '1800' OR substr(number, 11, 2) NOT BETWEEN '01' AND '12' THEN false
    WHEN substr(number, 13, 2)::int NOT BETWEEN 1 AND extract(day FROM make_date(substr(number, 7, 4)::int,
      substr(number, 11, 2)::int, 1) + interval '1 month' - interval '1 day') THEN false
    ELSE right(number, 1) = substr('10X98765432', ({WEIGHED}) % 11 + 1, 1)
  END
$$;
ALTER TABLE registry_person
  ADD CONSTRAINT id_number_is_true CHECK (id_number_is_valid(id_number)),
  ADD CONSTRAINT born_as_the_number_says CHECK (CASE WHEN id_number ~ '^[0-9]{{17}}' THEN
    substr(id_number, 7, 8)::int
    = extract(year FROM born) * 10000 + extract(month FROM born) * 100 + extract(day FROM born) END),
  ADD CONSTRAINT sex_as_the_number_says CHECK (
    sex = CASE WHEN substr(id_number, 17, 1) IN ('1', '3', '5', '7', '9') THEN 'male' ELSE 'female' END);
"""
UNDO = (
    "ALTER TABLE registry_person DROP CONSTRAINT id_number_is_true, DROP CONSTRAINT born_as_the_number_says,"
    " DROP CONSTRAINT sex_as_the_number_says; DROP FUNCTION id_number_is_valid;"
    + "".join(
        f"DROP TRIGGER only_close ON {table}; ALTER TABLE {table} DROP CONSTRAINT {table}_times_are_real;"
        for table in TWO_TIMES
    )
    + "".join(
        f"ALTER TABLE {table} DROP CONSTRAINT {table}_known_division, DROP CONSTRAINT {table}_in_a_village;"
        for table in PLACED
    )
    + "DROP FUNCTION only_close_recorded;"
)


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]
    operations = [
        migrations.RunSQL(ONLY_CLOSE + CLOSE + TIMES + KNOWN + ID_NUMBER, UNDO),
        everybody_reads("registry_division"),
        *[by_division(table) for table in PLACED],
        *[no_delete(table) for table in PLACED],
    ]
