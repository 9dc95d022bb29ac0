"""Money guards, wider: a list changes only while it is computed, what is held is not sent, an answer stays an answer."""

from django.db import migrations

from opendibao.audit.walls import append_only, by_division, no_delete

# Inserts are looked at a statement at a time: a million lines row by row would take minutes.
LINES = """
DROP TRIGGER line_obeys_decision ON payment_payline;
CREATE OR REPLACE FUNCTION line_obeys_decision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE bad record;
BEGIN
  SELECT n.household_id AS home, n.month, r.state, r.month AS run_month, n.kind, d.id AS decision,
      d.id IS NULL OR d.household_id <> n.household_id OR NOT d.months @> n.month OR d.amount_fen <> n.amount_fen
        OR d.persons <> n.persons OR d.area <> n.area AS disobeys
    INTO bad
    FROM new_lines n LEFT JOIN payment_payrun r ON r.id = n.run_id
    LEFT JOIN decision_decision d ON d.id = n.decision_id
    WHERE d.id IS NULL OR d.household_id <> n.household_id OR NOT d.months @> n.month
      OR d.amount_fen <> n.amount_fen OR d.persons <> n.persons OR d.area <> n.area
      OR (n.kind = 'regular' AND r.month <> n.month) OR r.state IS DISTINCT FROM 'computed' LIMIT 1;
  IF NOT FOUND THEN RETURN NULL; END IF;
  IF bad.disobeys THEN
    RAISE EXCEPTION '发放明细与有效决定不符：户 % 月份 %', bad.home, to_char(bad.month, 'YYYY-MM')
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF bad.run_month <> bad.month THEN
    RAISE EXCEPTION '按月发放的明细应属于本月批次' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RAISE EXCEPTION '批次复核以后不能再加发放明细' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER line_obeys_decision AFTER INSERT ON payment_payline REFERENCING NEW TABLE AS new_lines
  FOR EACH STATEMENT EXECUTE FUNCTION line_obeys_decision();

-- a slice of a long list finds its decisions by their key, whatever the session thinks of joining row by row
ALTER FUNCTION line_obeys_decision() SET enable_nestloop = on;

-- a list may be frozen again while it is computed; afterwards nothing of it goes away
DROP TRIGGER append_only ON payment_payline;
CREATE TRIGGER append_only BEFORE UPDATE ON payment_payline FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE FUNCTION only_while_computed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM old_rows o JOIN payment_payrun r ON r.id = o.run_id WHERE r.state <> 'computed')
     OR EXISTS (SELECT FROM old_rows o WHERE NOT EXISTS (SELECT FROM payment_payrun r WHERE r.id = o.run_id)) THEN
    RAISE EXCEPTION '批次复核以后，名册、确认和核对不能删去' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END $$;
"""
AGAIN = ("payment_payline", "payment_confirmation", "payment_finding", "payment_checksigned", "payment_hold")
WHILE_COMPUTED = "".join(
    f"CREATE TRIGGER only_while_computed AFTER DELETE ON {table} REFERENCING OLD TABLE AS old_rows"
    " FOR EACH STATEMENT EXECUTE FUNCTION only_while_computed();"
    for table in AGAIN
)
# TRUNCATE of a line is refused already
WHILE_COMPUTED += "".join(
    f"CREATE TRIGGER no_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION refuse_change();" for table in AGAIN[1:]
)
ATTEMPTS = """
DROP TRIGGER attempt_obeys_line ON payment_attempt;
CREATE OR REPLACE FUNCTION attempt_obeys_line() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE bad record;
BEGIN
  SELECT a.e2e, l.amount_fen IS DISTINCT FROM a.amount_fen AS other_amount, r.state,
      EXISTS (SELECT FROM payment_hold h WHERE h.line_id = a.line_id AND h.outcome <> 'released') AS is_held
    INTO bad
    FROM new_attempts a LEFT JOIN payment_payline l ON l.id = a.line_id LEFT JOIN payment_payrun r ON r.id = a.run_id
    WHERE l.amount_fen IS DISTINCT FROM a.amount_fen OR coalesce(r.state, '') NOT IN ('approved', 'sent', 'closed')
      OR EXISTS (SELECT FROM payment_hold h WHERE h.line_id = a.line_id AND h.outcome <> 'released') LIMIT 1;
  IF NOT FOUND THEN RETURN NULL; END IF;
  IF bad.other_amount THEN
    RAISE EXCEPTION '发送金额与发放明细不符' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF bad.is_held THEN
    RAISE EXCEPTION '暂缓的发放明细不能送银行：%', bad.e2e USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RAISE EXCEPTION '财政审核以前不能送银行：%', bad.e2e USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER attempt_obeys_line AFTER INSERT ON payment_attempt REFERENCING NEW TABLE AS new_attempts
  FOR EACH STATEMENT EXECUTE FUNCTION attempt_obeys_line();

CREATE FUNCTION attempt_keeps_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state IN ('paid', 'returned') OR (NEW.state IN ('new', 'sent') AND OLD.state NOT IN ('new', 'sent'))
     OR to_jsonb(NEW) - ARRAY['state', 'booked_on', 'reason', 'sent_on', 'answered_fen']
        <> to_jsonb(OLD) - ARRAY['state', 'booked_on', 'reason', 'sent_on', 'answered_fen'] THEN
    RAISE EXCEPTION '已有结果的发送不能改写' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER attempt_keeps_answer BEFORE UPDATE ON payment_attempt
  FOR EACH ROW EXECUTE FUNCTION attempt_keeps_answer();
"""
RUNS = """
CREATE FUNCTION run_goes_its_way() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'computed' THEN
      RAISE EXCEPTION '发放批次从编制开始' USING ERRCODE = 'integrity_constraint_violation'; END IF;
    RETURN NEW;
  END IF;
  IF OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (
      ('computed', 'checked'), ('checked', 'reviewed'), ('checked', 'approved'), ('checked', 'computed'),
      ('reviewed', 'approved'), ('reviewed', 'computed'), ('approved', 'sent'), ('sent', 'closed')) THEN
    RAISE EXCEPTION '发放批次不能从%变为%', OLD.state, NEW.state
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF OLD.state <> 'computed' AND (OLD.month, OLD.division, OLD.maker, OLD.frozen_on, OLD.lines_count, OLD.total_fen)
      IS DISTINCT FROM (NEW.month, NEW.division, NEW.maker, NEW.frozen_on, NEW.lines_count, NEW.total_fen) THEN
    RAISE EXCEPTION '批次复核以后，名册的月份、冻结日和合计不能改'
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
  -- the due day says whether the money was in time; whoever has signed has signed, until the list goes back
  IF OLD.state <> 'computed' AND NEW.state <> 'computed' AND ((OLD.due_on, OLD.checker, OLD.held_count, OLD.held_fen)
      IS DISTINCT FROM (NEW.due_on, NEW.checker, NEW.held_count, NEW.held_fen)
      OR OLD.finance NOT IN ('', NEW.finance) OR OLD.second_finance NOT IN ('', NEW.second_finance)) THEN
    RAISE EXCEPTION '批次复核以后，到账期限、经手人和暂缓合计不能改'
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF OLD.sent_on IS NOT NULL AND (OLD.sent_on, OLD.file_name, OLD.file_sha256)
      IS DISTINCT FROM (NEW.sent_on, NEW.file_name, NEW.file_sha256) THEN
    RAISE EXCEPTION '已送银行的文件不能改写' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.state <> 'computed' AND NEW.checker = '' OR NEW.state IN ('reviewed', 'approved', 'sent', 'closed')
      AND NEW.finance = '' THEN
    RAISE EXCEPTION '发放批次少复核人或者财政审核人' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.state = 'checked' AND OLD.state = 'computed'
     AND EXISTS (SELECT FROM payment_finding f WHERE f.run_id = NEW.id AND f.outcome = '') THEN
    RAISE EXCEPTION '发放前核对还有没处理的，不能复核' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.state = 'closed' AND OLD.state = 'sent'
     AND EXISTS (SELECT FROM payment_reconexception e WHERE e.run_id = NEW.id AND e.resolution = '') THEN
    RAISE EXCEPTION '对账差异还没有责任人和处理决定，不能关账'
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER run_goes_its_way BEFORE INSERT OR UPDATE ON payment_payrun
  FOR EACH ROW EXECUTE FUNCTION run_goes_its_way();
"""
ONCE = ("payment_inboundline", "payment_accountanswer", "payment_voucher", "payment_statementline")
KEPT = ("payment_reconexception",)


class Migration(migrations.Migration):
    dependencies = [("payment", "0007_money_walk")]
    operations = [
        migrations.RunSQL(LINES + WHILE_COMPUTED + ATTEMPTS + RUNS, migrations.RunSQL.noop),
        *[by_division(table) for table in (*ONCE, *KEPT, *AGAIN[1:])],
        *[append_only(table) for table in ONCE],
        *[no_delete(table) for table in KEPT],
    ]
