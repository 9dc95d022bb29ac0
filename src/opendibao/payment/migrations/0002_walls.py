"""Money guards: a line obeys its decision, an attempt its line, every booking sums to zero, nothing is rewritten."""

from django.db import migrations

from opendibao.audit.walls import append_only, by_division, no_delete

GUARDS = """
CREATE FUNCTION line_obeys_decision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE d decision_decision; run_month date;
BEGIN
  SELECT * INTO d FROM decision_decision WHERE id = NEW.decision_id;
  IF d.id IS NULL OR d.household_id <> NEW.household_id OR NOT d.months @> NEW.month
     OR d.amount_fen <> NEW.amount_fen OR d.persons <> NEW.persons OR d.area <> NEW.area THEN
    RAISE EXCEPTION '发放明细与有效决定不符：户 % 月份 %', NEW.household_id, to_char(NEW.month, 'YYYY-MM')
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
  SELECT month INTO run_month FROM payment_payrun WHERE id = NEW.run_id;
  IF run_month <> NEW.month AND NEW.kind = 'regular' THEN
    RAISE EXCEPTION '按月发放的明细应属于本月批次' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER line_obeys_decision BEFORE INSERT ON payment_payline
  FOR EACH ROW EXECUTE FUNCTION line_obeys_decision();

CREATE FUNCTION attempt_obeys_line() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE owed bigint;
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT amount_fen INTO owed FROM payment_payline WHERE id = NEW.line_id;
    IF owed IS DISTINCT FROM NEW.amount_fen THEN
      RAISE EXCEPTION '发送金额与发放明细不符' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  ELSIF OLD.state IN ('paid', 'returned')
     OR to_jsonb(NEW) - ARRAY['state', 'booked_on', 'reason', 'sent_on']
        <> to_jsonb(OLD) - ARRAY['state', 'booked_on', 'reason', 'sent_on'] THEN
    RAISE EXCEPTION '已有结果的发送不能改写' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER attempt_obeys_line BEFORE INSERT OR UPDATE ON payment_attempt
  FOR EACH ROW EXECUTE FUNCTION attempt_obeys_line();

-- Checked per statement over the rows of that statement: whoever books must book both sides at once.
CREATE FUNCTION legs_sum_to_zero() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE bad bigint;
BEGIN
  SELECT entry_id INTO bad FROM new_legs GROUP BY entry_id HAVING sum(fen) <> 0 LIMIT 1;
  IF bad IS NOT NULL THEN
    RAISE EXCEPTION '凭证 % 借贷不平', bad USING ERRCODE = 'check_violation'; END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER balanced AFTER INSERT ON payment_ledgerleg REFERENCING NEW TABLE AS new_legs
  FOR EACH STATEMENT EXECUTE FUNCTION legs_sum_to_zero();

CREATE FUNCTION closed_run_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'closed' THEN
    RAISE EXCEPTION '% 已关账，不能再改', to_char(OLD.month, 'YYYY-MM')
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER closed_run_stays BEFORE UPDATE ON payment_payrun FOR EACH ROW EXECUTE FUNCTION closed_run_stays();

-- what was paid, in the order in which pages list it
CREATE INDEX paid_legs ON payment_ledgerleg
  (left(attempt_id, 6) COLLATE "C", division COLLATE "C", attempt_id COLLATE "C")
  INCLUDE (area, fen, booked_on) WHERE account = 'paid';
-- a month beside the month before it
CREATE INDEX pay_lines_of_a_month ON payment_payline (month) WHERE kind = 'regular';
"""
ONCE = ("payment_payline", "payment_ledgerentry", "payment_ledgerleg", "payment_bankfile")
KEPT = ("payment_payrun", "payment_attempt")


class Migration(migrations.Migration):
    dependencies = [("payment", "0001_initial"), ("decision", "0002_walls")]
    operations = [
        migrations.RunSQL(
            GUARDS,
            "DROP INDEX pay_lines_of_a_month; DROP INDEX paid_legs; DROP TRIGGER closed_run_stays ON payment_payrun; DROP FUNCTION closed_run_stays;"
            "DROP TRIGGER balanced ON payment_ledgerleg; DROP FUNCTION legs_sum_to_zero;"
            "DROP TRIGGER attempt_obeys_line ON payment_attempt; DROP FUNCTION attempt_obeys_line;"
            "DROP TRIGGER line_obeys_decision ON payment_payline; DROP FUNCTION line_obeys_decision;",
        ),
        *[by_division(table) for table in (*ONCE, *KEPT)],
        *[append_only(table) for table in ONCE],
        *[no_delete(table) for table in KEPT],
    ]
