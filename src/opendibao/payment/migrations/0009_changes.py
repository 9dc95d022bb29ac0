"""Changes: orders beside the list, suspensions, what is to be recovered; and the walls that keep money from going twice."""

import django.db.models.deletion
from django.db import migrations, models

from opendibao.audit.walls import append_only, by_division, no_delete

# Who settles a matter settles it once; what may change later is named.
SETTLED = """
CREATE FUNCTION starts_unsettled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.outcome <> '' THEN
    RAISE EXCEPTION '先提出，再由另一人审批' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION settles_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE may text[] := coalesce(TG_ARGV, '{}')::text[];
BEGIN
  IF OLD.outcome = '' THEN
    may := may || ARRAY['outcome', 'settled_by', 'settled_on', 'note', 'due_on'];
  END IF;
  IF to_jsonb(NEW) - may <> to_jsonb(OLD) - may THEN
    RAISE EXCEPTION '已经提出、审批的不能改写' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER starts_unsettled BEFORE INSERT ON payment_payorder FOR EACH ROW EXECUTE FUNCTION starts_unsettled();
CREATE TRIGGER starts_unsettled BEFORE INSERT ON payment_suspension FOR EACH ROW EXECUTE FUNCTION starts_unsettled();
CREATE TRIGGER starts_unsettled BEFORE INSERT ON payment_receivable FOR EACH ROW EXECUTE FUNCTION starts_unsettled();
CREATE TRIGGER starts_unsettled BEFORE INSERT ON payment_waiver FOR EACH ROW EXECUTE FUNCTION starts_unsettled();
CREATE TRIGGER settles_once BEFORE UPDATE ON payment_payorder FOR EACH ROW EXECUTE FUNCTION settles_once();
CREATE TRIGGER settles_once BEFORE UPDATE ON payment_suspension
  FOR EACH ROW EXECUTE FUNCTION settles_once('until_month', 'lifted_by', 'lifted_on', 'lift_note');
CREATE TRIGGER settles_once BEFORE UPDATE ON payment_receivable
  FOR EACH ROW EXECUTE FUNCTION settles_once('way', 'monthly_fen', 'agreed_on');
CREATE TRIGGER settles_once BEFORE UPDATE ON payment_waiver FOR EACH ROW EXECUTE FUNCTION settles_once();
CREATE FUNCTION lifted_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.until_month IS NOT NULL THEN
    RAISE EXCEPTION '已经恢复发放的暂停不能改写' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER lifted_once BEFORE UPDATE ON payment_suspension FOR EACH ROW EXECUTE FUNCTION lifted_once();
"""
# Beside the regular line nothing is ordered for a month that could still get one, nor more than a decision grants.
ORDERS = """
CREATE FUNCTION order_obeys_decision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE bad record;
BEGIN
  SELECT n.household_id AS home, n.month INTO bad FROM new_orders n
    LEFT JOIN decision_decision d ON d.id = n.decision_id AND d.household_id = n.household_id AND d.amount_fen > 0
      AND d.voided_on IS NULL
    WHERE d.id IS NULL OR n.division <> d.division OR n.kind <> 'backpay' AND NOT d.months @> n.month LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION '应发依据与决定不符：户 % 月份 %', bad.home, to_char(bad.month, 'YYYY-MM')
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
  SELECT n.household_id AS home, n.month INTO bad FROM new_orders n
    WHERE n.kind <> 'price' AND (
      EXISTS (SELECT FROM payment_payrun r WHERE r.month = n.month AND r.state NOT IN ('sent', 'closed'))
      OR NOT EXISTS (SELECT FROM payment_payrun r WHERE r.month >= n.month)
      -- before the first run another system paid
      OR NOT EXISTS (SELECT FROM payment_payrun r WHERE r.month <= n.month)) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION '本月还没有送银行，不能另行补发：户 % 月份 %', bad.home, to_char(bad.month, 'YYYY-MM')
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
  SELECT n.household_id AS home, n.month INTO bad FROM new_orders n
    WHERE n.kind <> 'price' AND (
      EXISTS (SELECT FROM payment_receivablemonth m
        WHERE m.household_id = n.household_id AND m.month = n.month AND NOT m.is_refused)
      OR EXISTS (SELECT FROM payment_suspension s WHERE s.household_id = n.household_id AND s.outcome = 'approved'
        AND s.first_month <= n.month AND s.until_month IS NULL)) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION '正在追缴或暂停的月份不能补发：户 % 月份 %', bad.home, to_char(bad.month, 'YYYY-MM')
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
  SELECT n.household_id AS home, n.month INTO bad FROM (
      SELECT DISTINCT household_id, month FROM new_orders WHERE kind <> 'price') n
    WHERE given_for(n.household_id, n.month) > granted_for(n.household_id, n.month) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION '补发后超过决定的金额：户 % 月份 %', bad.home, to_char(bad.month, 'YYYY-MM')
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END $$;
-- what is on a list or ordered for a month; what was given up after it was held is not
CREATE FUNCTION given_for(home bigint, of_month date) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT sum(l.amount_fen) FROM payment_payline l
      WHERE l.household_id = home AND l.month = of_month AND l.kind = 'regular' AND NOT EXISTS (
        SELECT FROM payment_hold h WHERE h.line_id = l.id AND h.outcome = 'cancelled')), 0)::bigint
    + coalesce((SELECT sum(o.amount_fen) FROM payment_payorder o
      WHERE o.household_id = home AND o.month = of_month AND o.kind <> 'price' AND o.outcome <> 'refused'), 0)::bigint
$$;
-- the most that a decision grants for a month: the month's own, the later one on which back-pay rests, or what an
-- approved uprating makes of the month's own where the family had left before there was a later one
CREATE FUNCTION granted_for(home bigint, of_month date) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT greatest(coalesce(max(d.amount_fen), 0), uprated_for(home, of_month)) FROM decision_decision d
  WHERE d.household_id = home AND (d.months @> of_month OR d.id IN (
    SELECT o.decision_id FROM payment_payorder o
    WHERE o.household_id = home AND o.month = of_month AND o.kind = 'backpay' AND o.outcome <> 'refused'))
$$;
CREATE TRIGGER order_obeys_decision AFTER INSERT ON payment_payorder REFERENCING NEW TABLE AS new_orders
  FOR EACH STATEMENT EXECUTE FUNCTION order_obeys_decision();
"""
LINES = """
CREATE OR REPLACE FUNCTION line_obeys_decision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE bad record;
BEGIN
  IF EXISTS (SELECT FROM new_lines n LEFT JOIN payment_payrun r ON r.id = n.run_id
             WHERE r.state IS DISTINCT FROM 'computed') THEN
    RAISE EXCEPTION '批次复核以后不能再加发放明细' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  SELECT n.household_id AS home, n.month INTO bad
    FROM new_lines n LEFT JOIN decision_decision d ON d.id = n.decision_id
    WHERE d.id IS NULL OR d.household_id <> n.household_id OR d.persons <> n.persons OR d.area <> n.area
      OR d.voided_on IS NOT NULL OR n.kind = 'regular' AND (NOT d.months @> n.month OR d.amount_fen <> n.amount_fen) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION '发放明细与有效决定不符：户 % 月份 %', bad.home, to_char(bad.month, 'YYYY-MM')
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
  SELECT n.household_id AS home, n.month INTO bad
    FROM new_lines n JOIN payment_payrun r ON r.id = n.run_id LEFT JOIN payment_payorder o
      ON o.household_id = n.household_id AND o.month = n.month AND o.kind = n.kind
      AND o.supplement_no = n.supplement_no AND o.amount_fen = n.amount_fen AND o.decision_id = n.decision_id
      AND o.outcome = 'approved' AND o.month <= r.month
    WHERE n.kind <> 'regular' AND o.id IS NULL LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION '发放明细与有效决定不符，没有已批准的应发依据：户 % 月份 %', bad.home, to_char(bad.month, 'YYYY-MM')
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT FROM new_lines n JOIN payment_payrun r ON r.id = n.run_id
             WHERE n.kind = 'regular' AND r.month <> n.month) THEN
    RAISE EXCEPTION '按月发放的明细应属于本月批次' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  SELECT n.household_id AS home, r.month INTO bad
    FROM new_lines n JOIN payment_payrun r ON r.id = n.run_id JOIN payment_suspension s
      ON s.household_id = n.household_id AND s.outcome = 'approved' AND s.first_month <= r.month
      AND coalesce(s.until_month > r.month, true) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION '暂停发放的家庭不能编入名册：户 % 月份 %', bad.home, to_char(bad.month, 'YYYY-MM')
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END $$;
-- said again: a function that is replaced forgets what was set for it
ALTER FUNCTION line_obeys_decision() SET enable_nestloop = on;
ALTER FUNCTION order_obeys_decision() SET enable_nestloop = on;
CREATE OR REPLACE FUNCTION attempt_obeys_line() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE bad record;
BEGIN
  SELECT a.e2e, l.amount_fen - coalesce(o.fen, 0) IS DISTINCT FROM a.amount_fen AS other_amount, r.state,
      EXISTS (SELECT FROM payment_hold h WHERE h.line_id = a.line_id AND h.outcome <> 'released') AS is_held
    INTO bad
    FROM new_attempts a LEFT JOIN payment_payline l ON l.id = a.line_id LEFT JOIN payment_payrun r ON r.id = a.run_id
    LEFT JOIN payment_offset o ON o.line_id = a.line_id
    WHERE l.amount_fen - coalesce(o.fen, 0) IS DISTINCT FROM a.amount_fen
      OR coalesce(r.state, '') NOT IN ('approved', 'sent', 'closed')
      OR EXISTS (SELECT FROM payment_hold h WHERE h.line_id = a.line_id AND h.outcome <> 'released') LIMIT 1;
  IF NOT FOUND THEN RETURN NULL; END IF;
  IF bad.other_amount THEN
    RAISE EXCEPTION '发送金额与发放明细不符' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF bad.is_held THEN
    RAISE EXCEPTION '暂缓的发放明细不能送银行：%', bad.e2e USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RAISE EXCEPTION '财政审核以前不能送银行：%', bad.e2e USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
RECOVERY = """
-- what of a receivable is neither given back, set off nor waived; whoever asks to change it waits for the other
CREATE FUNCTION receivable_left(asked bigint) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT r.amount_fen - coalesce((SELECT sum(fen) FROM payment_cashreturn c WHERE c.receivable_id = r.id), 0)::bigint
    - coalesce((SELECT sum(fen) FROM payment_offset o WHERE o.receivable_id = r.id), 0)::bigint
    - coalesce((SELECT sum(fen) FROM payment_waiver w WHERE w.receivable_id = r.id AND w.outcome = 'approved'), 0)::bigint
  FROM payment_receivable r WHERE r.id = asked
$$;
CREATE FUNCTION never_below_nothing() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE bad bigint;
BEGIN
  PERFORM FROM payment_receivable r WHERE r.id IN (SELECT receivable_id FROM moved) ORDER BY r.id FOR UPDATE;
  SELECT r.id INTO bad FROM payment_receivable r
    WHERE r.id IN (SELECT receivable_id FROM moved) AND (r.outcome <> 'approved' OR receivable_left(r.id) < 0) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION '退回、抵扣和减免不能超过已批准的应追缴金额：追缴 %', bad
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER never_below_nothing AFTER INSERT ON payment_cashreturn REFERENCING NEW TABLE AS moved
  FOR EACH STATEMENT EXECUTE FUNCTION never_below_nothing();
CREATE TRIGGER never_below_nothing AFTER INSERT ON payment_waiver REFERENCING NEW TABLE AS moved
  FOR EACH STATEMENT EXECUTE FUNCTION never_below_nothing();
CREATE TRIGGER never_below_nothing_settled AFTER UPDATE ON payment_waiver REFERENCING NEW TABLE AS moved
  FOR EACH STATEMENT EXECUTE FUNCTION never_below_nothing();
CREATE TRIGGER never_below_nothing AFTER INSERT ON payment_offset REFERENCING NEW TABLE AS moved
  FOR EACH STATEMENT EXECUTE FUNCTION never_below_nothing();

CREATE FUNCTION offset_fits_its_line() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE bad bigint;
BEGIN
  SELECT o.line_id INTO bad FROM new_offsets o
    LEFT JOIN payment_payline l ON l.id = o.line_id LEFT JOIN payment_receivable v ON v.id = o.receivable_id
    LEFT JOIN payment_payrun r ON r.id = o.run_id
    WHERE l.id IS NULL OR v.id IS NULL OR l.run_id <> o.run_id OR l.household_id <> v.household_id
      OR l.kind <> 'regular' OR o.division <> l.division OR v.way <> 'offset' OR o.fen >= l.amount_fen
      OR o.fen > coalesce(v.monthly_fen, o.fen) OR r.state IS DISTINCT FROM 'computed'
      OR EXISTS (SELECT FROM payment_hold h WHERE h.line_id = l.id) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION '抵扣与发放明细或追缴不符：明细 %', bad USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER offset_fits_its_line AFTER INSERT ON payment_offset REFERENCING NEW TABLE AS new_offsets
  FOR EACH STATEMENT EXECUTE FUNCTION offset_fits_its_line();
CREATE TRIGGER only_while_computed AFTER DELETE ON payment_offset REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION only_while_computed();
CREATE TRIGGER append_only BEFORE UPDATE ON payment_offset FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON payment_offset EXECUTE FUNCTION refuse_change();
CREATE FUNCTION held_is_not_set_off() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM new_holds h JOIN payment_offset o ON o.line_id = h.line_id) THEN
    RAISE EXCEPTION '暂缓的发放明细不能抵扣' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER held_is_not_set_off AFTER INSERT ON payment_hold REFERENCING NEW TABLE AS new_holds
  FOR EACH STATEMENT EXECUTE FUNCTION held_is_not_set_off();

-- a receivable is counted, never typed: paid by the bank, less what the deciding decision grants
CREATE FUNCTION month_is_counted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE bad date;
BEGIN
  SELECT m.month INTO bad FROM new_months m
    LEFT JOIN payment_receivable v ON v.id = m.receivable_id LEFT JOIN decision_decision d ON d.id = v.decision_id
    WHERE d.id IS NULL OR v.outcome <> '' OR m.is_refused OR m.household_id <> v.household_id
      OR d.household_id <> v.household_id OR m.month < v.since_month OR m.due_fen <> d.amount_fen
      OR m.paid_fen <> paid_for(m.household_id, m.month)
      -- what a later decision grants is judged by that one
      OR EXISTS (SELECT FROM decision_decision later WHERE later.household_id = d.household_id
        AND (later.decided_on, later.id) > (d.decided_on, d.id) AND later.months @> m.month) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION '追缴的月份与已发金额或决定不符：%', to_char(bad, 'YYYY-MM')
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END $$;
-- what a family got of its own money for a month: what went against another receivable is its money as well
CREATE FUNCTION paid_for(home bigint, of_month date) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(l.amount_fen), 0)::bigint FROM payment_payline l
  WHERE l.household_id = home AND l.month = of_month AND l.kind <> 'price' AND EXISTS (
    SELECT FROM payment_attempt a WHERE a.line_id = l.id AND a.state = 'paid')
$$;
CREATE TRIGGER month_is_counted AFTER INSERT ON payment_receivablemonth REFERENCING NEW TABLE AS new_months
  FOR EACH STATEMENT EXECUTE FUNCTION month_is_counted();
CREATE FUNCTION only_refused() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - 'is_refused' <> to_jsonb(OLD) - 'is_refused' OR OLD.is_refused
     OR NOT EXISTS (SELECT FROM payment_receivable v WHERE v.id = NEW.receivable_id AND v.outcome = 'refused') THEN
    RAISE EXCEPTION '追缴的月份不能改写' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER only_refused BEFORE UPDATE ON payment_receivablemonth FOR EACH ROW EXECUTE FUNCTION only_refused();
CREATE FUNCTION receivable_is_counted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.outcome = 'approved' AND OLD.outcome = '' AND NEW.amount_fen IS DISTINCT FROM (
      SELECT sum(m.paid_fen - m.due_fen) FROM payment_receivablemonth m WHERE m.receivable_id = NEW.id) THEN
    RAISE EXCEPTION '应追缴金额与各月合计不符' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER receivable_is_counted BEFORE UPDATE ON payment_receivable
  FOR EACH ROW EXECUTE FUNCTION receivable_is_counted();
"""
KEPT = ("payment_payorder", "payment_suspension", "payment_receivable", "payment_receivablemonth", "payment_waiver")


class Migration(migrations.Migration):
    dependencies = [
        ("decision", "0007_uprating"),
        ("payment", "0008_money_walls"),
        ("registry", "0004_account_custody"),
    ]

    operations = [
        migrations.AlterField(
            model_name="checksigned",
            name="kind",
            field=models.CharField(
                choices=[
                    ("dead", "家中有人已故"),
                    ("other_county", "户籍或住处不在本县"),
                    ("account_missing", "没有银行账户"),
                    ("account_shared", "一个账号多户使用"),
                    ("account_refused", "银行预核账户不符"),
                    ("name_differs", "户名不是家庭成员"),
                    ("zero", "金额为零"),
                    ("over_standard", "金额超过标准的若干倍"),
                    ("account_changed", "账户刚变更"),
                    ("keeping", "代管代领待查"),
                ],
                max_length=20,
                verbose_name="核对项",
            ),
        ),
        migrations.AlterField(
            model_name="finding",
            name="kind",
            field=models.CharField(
                choices=[
                    ("dead", "家中有人已故"),
                    ("other_county", "户籍或住处不在本县"),
                    ("account_missing", "没有银行账户"),
                    ("account_shared", "一个账号多户使用"),
                    ("account_refused", "银行预核账户不符"),
                    ("name_differs", "户名不是家庭成员"),
                    ("zero", "金额为零"),
                    ("over_standard", "金额超过标准的若干倍"),
                    ("account_changed", "账户刚变更"),
                    ("keeping", "代管代领待查"),
                ],
                max_length=20,
                verbose_name="核对项",
            ),
        ),
        migrations.AlterField(
            model_name="ledgerentry",
            name="run",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="payment.payrun",
                verbose_name="发放批次",
            ),
        ),
        migrations.AlterField(
            model_name="ledgerleg",
            name="account",
            field=models.CharField(
                choices=[
                    ("budget", "预算指标"),
                    ("payable", "应付低保金"),
                    ("suspended", "暂停发放"),
                    ("transit", "在途"),
                    ("paid", "已付"),
                    ("returned", "退回待处理"),
                    ("to_recover", "应追缴"),
                    ("recovered", "已追回"),
                    ("claimed", "已付待追回"),
                ],
                max_length=10,
                verbose_name="科目",
            ),
        ),
        migrations.AlterField(
            model_name="payline",
            name="kind",
            field=models.CharField(
                choices=[
                    ("regular", "按月发放"),
                    ("supplement", "补发"),
                    ("price", "物价补贴"),
                    ("backpay", "提标补差"),
                ],
                max_length=12,
                verbose_name="种类",
            ),
        ),
        migrations.CreateModel(
            name="Receivable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                (
                    "area",
                    models.CharField(choices=[("rural", "农村"), ("urban", "城镇")], max_length=5, verbose_name="城乡"),
                ),
                ("since_month", models.DateField(verbose_name="追缴起始月")),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("fraud", "虚报、隐瞒、伪造"),
                            ("kept", "调减、终止后仍占有"),
                            ("late", "情况变化没有及时报告"),
                            ("death", "人员死亡后发放"),
                            ("mistake", "经办差错"),
                        ],
                        max_length=10,
                        verbose_name="追缴事由",
                    ),
                ),
                ("words", models.CharField(max_length=200, verbose_name="情况说明")),
                ("amount_fen", models.BigIntegerField(verbose_name="应追缴金额（分）")),
                ("made_by", models.CharField(max_length=60, verbose_name="经办人")),
                ("made_on", models.DateField(verbose_name="提出日期")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("", "待审批"), ("approved", "已批准"), ("refused", "不批准")],
                        default="",
                        max_length=10,
                        verbose_name="审批结果",
                    ),
                ),
                ("settled_by", models.CharField(blank=True, max_length=60, verbose_name="审批人")),
                ("settled_on", models.DateField(null=True, verbose_name="审批日期")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="审批说明")),
                ("due_on", models.DateField(null=True, verbose_name="退回期限")),
                (
                    "way",
                    models.CharField(
                        choices=[("cash", "现金退回"), ("offset", "从以后月份抵扣")],
                        default="cash",
                        max_length=8,
                        verbose_name="退回方式",
                    ),
                ),
                ("monthly_fen", models.BigIntegerField(null=True, verbose_name="约定每月退回（分）")),
                ("agreed_on", models.DateField(null=True, verbose_name="约定日期")),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receivables",
                        to="decision.decision",
                        verbose_name="决定",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receivables",
                        to="registry.household",
                        verbose_name="家庭",
                    ),
                ),
            ],
            options={
                "verbose_name": "应追缴",
                "verbose_name_plural": "应追缴",
            },
        ),
        migrations.CreateModel(
            name="Offset",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("fen", models.BigIntegerField(verbose_name="抵扣金额（分）")),
                (
                    "line",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offset",
                        to="payment.payline",
                        verbose_name="发放明细",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offsets",
                        to="payment.payrun",
                        verbose_name="发放批次",
                    ),
                ),
                (
                    "receivable",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offsets",
                        to="payment.receivable",
                        verbose_name="应追缴",
                    ),
                ),
            ],
            options={
                "verbose_name": "抵扣",
                "verbose_name_plural": "抵扣",
            },
        ),
        migrations.CreateModel(
            name="CashReturn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("fen", models.BigIntegerField(verbose_name="退回金额（分）")),
                ("receipt", models.CharField(max_length=40, unique=True, verbose_name="收据号")),
                ("returned_on", models.DateField(verbose_name="退回日期")),
                ("officer", models.CharField(max_length=60, verbose_name="登记人")),
                (
                    "receivable",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cash_returns",
                        to="payment.receivable",
                        verbose_name="应追缴",
                    ),
                ),
            ],
            options={
                "verbose_name": "现金退回",
                "verbose_name_plural": "现金退回",
            },
        ),
        migrations.AddField(
            model_name="ledgerleg",
            name="receivable",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="legs",
                to="payment.receivable",
                verbose_name="应追缴",
            ),
        ),
        migrations.CreateModel(
            name="ReceivableMonth",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("month", models.DateField(verbose_name="月份")),
                ("paid_fen", models.BigIntegerField(verbose_name="已发（分）")),
                ("due_fen", models.BigIntegerField(verbose_name="应发（分）")),
                ("is_refused", models.BooleanField(default=False, verbose_name="不批准")),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.household",
                        verbose_name="家庭",
                    ),
                ),
                (
                    "receivable",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="months",
                        to="payment.receivable",
                        verbose_name="应追缴",
                    ),
                ),
            ],
            options={
                "verbose_name": "追缴月份",
                "verbose_name_plural": "追缴月份",
            },
        ),
        migrations.CreateModel(
            name="Suspension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("first_month", models.DateField(verbose_name="暂停起始月")),
                ("until_month", models.DateField(null=True, verbose_name="恢复发放月")),
                ("cause", models.CharField(max_length=200, verbose_name="暂停事由")),
                ("made_by", models.CharField(max_length=60, verbose_name="经办人")),
                ("made_on", models.DateField(verbose_name="提出日期")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("", "待审批"), ("approved", "已批准"), ("refused", "不批准")],
                        default="",
                        max_length=10,
                        verbose_name="审批结果",
                    ),
                ),
                ("settled_by", models.CharField(blank=True, max_length=60, verbose_name="审批人")),
                ("settled_on", models.DateField(null=True, verbose_name="审批日期")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="审批说明")),
                ("lifted_by", models.CharField(blank=True, max_length=60, verbose_name="恢复经办人")),
                ("lifted_on", models.DateField(null=True, verbose_name="恢复日期")),
                ("lift_note", models.CharField(blank=True, max_length=200, verbose_name="恢复说明")),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suspensions",
                        to="registry.household",
                        verbose_name="家庭",
                    ),
                ),
            ],
            options={
                "verbose_name": "暂停发放",
                "verbose_name_plural": "暂停发放",
            },
        ),
        migrations.CreateModel(
            name="Waiver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("fen", models.BigIntegerField(verbose_name="减免金额（分）")),
                ("cause", models.CharField(max_length=200, verbose_name="困难情况")),
                ("made_by", models.CharField(max_length=60, verbose_name="经办人")),
                ("made_on", models.DateField(verbose_name="提出日期")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("", "待审批"), ("approved", "已批准"), ("refused", "不批准")],
                        default="",
                        max_length=10,
                        verbose_name="审批结果",
                    ),
                ),
                ("settled_by", models.CharField(blank=True, max_length=60, verbose_name="审批人")),
                ("settled_on", models.DateField(null=True, verbose_name="审批日期")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="审批说明")),
                (
                    "receivable",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waivers",
                        to="payment.receivable",
                        verbose_name="应追缴",
                    ),
                ),
            ],
            options={
                "verbose_name": "困难减免",
                "verbose_name_plural": "困难减免",
            },
        ),
        migrations.CreateModel(
            name="PayOrder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("month", models.DateField(verbose_name="所属月")),
                (
                    "kind",
                    models.CharField(
                        choices=[("supplement", "补发"), ("price", "物价补贴"), ("backpay", "提标补差")],
                        max_length=12,
                        verbose_name="种类",
                    ),
                ),
                ("supplement_no", models.PositiveSmallIntegerField(verbose_name="补发序号")),
                ("amount_fen", models.BigIntegerField(verbose_name="金额（分）")),
                ("cause", models.CharField(max_length=200, verbose_name="事由")),
                ("made_by", models.CharField(max_length=60, verbose_name="经办人")),
                ("made_on", models.DateField(verbose_name="提出日期")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("", "待审批"), ("approved", "已批准"), ("refused", "不批准")],
                        default="",
                        max_length=10,
                        verbose_name="审批结果",
                    ),
                ),
                ("settled_by", models.CharField(blank=True, max_length=60, verbose_name="审批人")),
                ("settled_on", models.DateField(null=True, verbose_name="审批日期")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="审批说明")),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pay_orders",
                        to="decision.decision",
                        verbose_name="决定",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pay_orders",
                        to="registry.household",
                        verbose_name="家庭",
                    ),
                ),
            ],
            options={
                "verbose_name": "应发依据",
                "verbose_name_plural": "应发依据",
                "indexes": [models.Index(fields=["outcome", "month"], name="orders_by_outcome")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("household", "month", "kind", "supplement_no"), name="an_order_has_its_number"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "price"), models.Q(("outcome", "refused"), _negated=True)),
                        fields=("household", "month"),
                        name="one_price_order_a_month",
                    ),
                    models.CheckConstraint(condition=models.Q(("amount_fen__gt", 0)), name="order_amount_is_positive"),
                    models.CheckConstraint(condition=models.Q(("month__day", 1)), name="order_month_is_first_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cause", ""), _negated=True), models.Q(("made_by", ""), _negated=True)
                        ),
                        name="an_order_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("note", ""), ("outcome", ""), ("settled_by", ""), ("settled_on__isnull", True)),
                            models.Q(
                                models.Q(("outcome", ""), _negated=True),
                                models.Q(("settled_by", ""), _negated=True),
                                ("settled_on__isnull", False),
                                models.Q(
                                    ("outcome", "approved"), models.Q(("note", ""), _negated=True), _connector="OR"
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="a_settled_order_says_by_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome", ""),
                            models.Q(("settled_by", models.F("made_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="an_order_is_settled_by_another",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="receivable",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_fen__gt", 0)), name="receivable_amount_is_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="receivable",
            constraint=models.CheckConstraint(
                condition=models.Q(("since_month__day", 1)), name="receivable_month_is_first_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="receivable",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("words", ""), _negated=True), models.Q(("made_by", ""), _negated=True)),
                name="a_receivable_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="receivable",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("note", ""), ("outcome", ""), ("settled_by", ""), ("settled_on__isnull", True)),
                    models.Q(
                        models.Q(("outcome", ""), _negated=True),
                        models.Q(("settled_by", ""), _negated=True),
                        ("settled_on__isnull", False),
                        models.Q(("outcome", "approved"), models.Q(("note", ""), _negated=True), _connector="OR"),
                    ),
                    _connector="OR",
                ),
                name="a_settled_receivable_says_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="receivable",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome", ""), models.Q(("settled_by", models.F("made_by")), _negated=True), _connector="OR"
                ),
                name="a_receivable_is_settled_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="receivable",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("due_on__isnull", False), ("outcome", "approved")),
                    models.Q(models.Q(("outcome", "approved"), _negated=True), ("due_on__isnull", True)),
                    _connector="OR",
                ),
                name="an_approved_receivable_has_a_due_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="receivable",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agreed_on__isnull", True), ("monthly_fen__isnull", True), ("way", "cash")),
                    models.Q(
                        ("agreed_on__isnull", False),
                        models.Q(("monthly_fen__isnull", True), ("monthly_fen__gt", 0), _connector="OR"),
                    ),
                    _connector="OR",
                ),
                name="an_agreement_has_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="offset",
            constraint=models.CheckConstraint(condition=models.Q(("fen__gt", 0)), name="offset_is_positive"),
        ),
        migrations.AddConstraint(
            model_name="cashreturn",
            constraint=models.CheckConstraint(condition=models.Q(("fen__gt", 0)), name="cash_return_is_positive"),
        ),
        migrations.AddConstraint(
            model_name="cashreturn",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("receipt", ""), _negated=True), models.Q(("officer", ""), _negated=True)),
                name="cash_return_has_a_receipt",
            ),
        ),
        migrations.AddConstraint(
            model_name="receivablemonth",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_refused", False)), fields=("household", "month"), name="a_month_is_claimed_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="receivablemonth",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_fen__gte", 0), ("paid_fen__gt", models.F("due_fen"))),
                name="more_was_paid_than_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspension",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until_month__isnull", True), models.Q(("outcome", "refused"), _negated=True)),
                fields=("household",),
                name="one_open_suspension",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("first_month__day", 1),
                    models.Q(("until_month__isnull", True), ("until_month__day", 1), _connector="OR"),
                ),
                name="suspension_months_are_first_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until_month__isnull", True), ("until_month__gte", models.F("first_month")), _connector="OR"
                ),
                name="a_suspension_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspension",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("cause", ""), _negated=True), models.Q(("made_by", ""), _negated=True)),
                name="a_suspension_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("note", ""), ("outcome", ""), ("settled_by", ""), ("settled_on__isnull", True)),
                    models.Q(
                        models.Q(("outcome", ""), _negated=True),
                        models.Q(("settled_by", ""), _negated=True),
                        ("settled_on__isnull", False),
                        models.Q(("outcome", "approved"), models.Q(("note", ""), _negated=True), _connector="OR"),
                    ),
                    _connector="OR",
                ),
                name="a_settled_suspension_says_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome", ""), models.Q(("settled_by", models.F("made_by")), _negated=True), _connector="OR"
                ),
                name="a_suspension_is_settled_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("lift_note", ""), ("lifted_by", ""), ("lifted_on__isnull", True), ("until_month__isnull", True)
                    ),
                    models.Q(
                        ("lifted_on__isnull", False),
                        ("outcome", "approved"),
                        ("until_month__isnull", False),
                        models.Q(("lifted_by", ""), _negated=True),
                        models.Q(("lift_note", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_lifted_suspension_says_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("lifted_by", ""), models.Q(("lifted_by", models.F("made_by")), _negated=True), _connector="OR"
                ),
                name="a_suspension_is_lifted_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="waiver",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome", "")), fields=("receivable",), name="one_open_waiver"
            ),
        ),
        migrations.AddConstraint(
            model_name="waiver",
            constraint=models.CheckConstraint(condition=models.Q(("fen__gt", 0)), name="waiver_is_positive"),
        ),
        migrations.AddConstraint(
            model_name="waiver",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("cause", ""), _negated=True), models.Q(("made_by", ""), _negated=True)),
                name="a_waiver_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="waiver",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("note", ""), ("outcome", ""), ("settled_by", ""), ("settled_on__isnull", True)),
                    models.Q(
                        models.Q(("outcome", ""), _negated=True),
                        models.Q(("settled_by", ""), _negated=True),
                        ("settled_on__isnull", False),
                        models.Q(("outcome", "approved"), models.Q(("note", ""), _negated=True), _connector="OR"),
                    ),
                    _connector="OR",
                ),
                name="a_settled_waiver_says_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="waiver",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome", ""), models.Q(("settled_by", models.F("made_by")), _negated=True), _connector="OR"
                ),
                name="a_waiver_is_settled_by_another",
            ),
        ),
        migrations.RunSQL(SETTLED + ORDERS + LINES + RECOVERY, migrations.RunSQL.noop),
        *[by_division(table) for table in (*KEPT, "payment_offset", "payment_cashreturn")],
        *[no_delete(table) for table in KEPT],
        append_only("payment_cashreturn"),
    ]
