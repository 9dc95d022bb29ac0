"""Arrivals of money: entered once, taken back only by a red entry, and no file goes out for more than has come."""

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.db import migrations, models

from opendibao.audit.walls import append_only, by_division

GUARDS = """
-- from which day on money is there: a later year's not before that year, what was left over from its first day on
CREATE FUNCTION fund_available_on(a budget_fundarrival) RETURNS date LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN a.source = 'carried' AND a.amount_fen > 0 THEN make_date(a.year, 1, 1)
    ELSE greatest(a.arrived_on, make_date(a.year, 1, 1)) END
$$;

CREATE FUNCTION red_arrival_obeys() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE first budget_fundarrival; taken bigint;
BEGIN
  IF NEW.takes_back_id IS NULL THEN
    IF EXISTS (SELECT FROM budget_fundarrival a WHERE a.amount_fen > 0
        AND (a.division, a.year, a.number, a.level, a.area, a.arrived_on)
          = (NEW.division, NEW.year, NEW.number, NEW.level, NEW.area, NEW.arrived_on)
        AND a.amount_fen > -coalesce(
          (SELECT sum(red.amount_fen) FROM budget_fundarrival red WHERE red.takes_back_id = a.id), 0))
       AND NEW.entry_no > 1 THEN
      RAISE EXCEPTION '这笔到位资金已经登记，没有全部冲回：%', NEW.number
        USING ERRCODE = 'integrity_constraint_violation'; END IF;
    RETURN NEW;
  END IF;
  -- two who take back the same money at once wait for one another
  PERFORM pg_advisory_xact_lock(57202110, NEW.takes_back_id::int);
  SELECT * INTO first FROM budget_fundarrival WHERE id = NEW.takes_back_id;
  IF first.id IS NULL OR first.takes_back_id IS NOT NULL OR first.arrived_on > NEW.arrived_on
     OR (first.division, first.year, first.level, first.area, first.source)
        <> (NEW.division, NEW.year, NEW.level, NEW.area, NEW.source) THEN
    RAISE EXCEPTION '红字到位资金与冲回的那一笔不符：%', NEW.number
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
  SELECT coalesce(sum(amount_fen), 0) INTO taken FROM budget_fundarrival WHERE takes_back_id = first.id;
  IF first.amount_fen + taken + NEW.amount_fen < 0 THEN
    RAISE EXCEPTION '冲回的比到位的多：%', NEW.number USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER red_arrival_obeys BEFORE INSERT ON budget_fundarrival
  FOR EACH ROW EXECUTE FUNCTION red_arrival_obeys();

-- Since which budget year a county keeps arrivals; what was entered by mistake and is wholly taken back begins nothing.
CREATE FUNCTION funds_kept_since(county text) RETURNS int LANGUAGE sql STABLE AS $$
  SELECT min(a.year) FROM budget_fundarrival a WHERE a.division = county AND a.takes_back_id IS NULL
    AND a.amount_fen > -coalesce(
      (SELECT sum(red.amount_fen) FROM budget_fundarrival red WHERE red.takes_back_id = a.id), 0)
$$;

-- The county's money of all levels together: what came by the day of the sending (a later year's money from its first
-- day on) against what finance bound for this run and the earlier ones. Money of an area pays that area alone, money of
-- neither pays both. A county that keeps no arrivals is not asked.
CREATE FUNCTION run_is_covered() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE first_year int; short bigint;
BEGIN
  first_year := funds_kept_since(NEW.division);
  IF first_year IS NULL OR NEW.month < make_date(first_year, 1, 1) THEN RETURN NEW; END IF;
  WITH came AS (
    SELECT a.area, sum(a.amount_fen) AS fen FROM budget_fundarrival a
    WHERE a.division = NEW.division AND fund_available_on(a) <= greatest(NEW.sent_on, NEW.month) GROUP BY a.area),
  bound AS (
    SELECT g.area, -sum(g.fen) AS fen FROM payment_ledgerleg g
    JOIN payment_ledgerentry e ON e.id = g.entry_id JOIN payment_payrun r ON r.id = e.run_id
    WHERE g.account = 'budget' AND r.division = NEW.division
      AND r.month BETWEEN make_date(first_year, 1, 1) AND NEW.month GROUP BY g.area)
  SELECT coalesce((SELECT sum(greatest(0, b.fen - coalesce(c.fen, 0))) FROM bound b LEFT JOIN came c USING (area)), 0)
    - coalesce((SELECT c.fen FROM came c WHERE c.area = ''), 0) INTO short;
  IF short > 0 THEN
    RAISE EXCEPTION '到位资金不够，不能送银行：少%分', short USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER run_is_covered BEFORE UPDATE ON payment_payrun FOR EACH ROW
  WHEN (NEW.state = 'sent' AND OLD.state <> 'sent') EXECUTE FUNCTION run_is_covered();

-- eight legs of a run among tens of thousands
CREATE INDEX budget_legs ON payment_ledgerleg (entry_id) INCLUDE (level, area, fen, booked_on)
  WHERE account = 'budget';
"""
BACK = """
DROP INDEX budget_legs; DROP TRIGGER run_is_covered ON payment_payrun; DROP FUNCTION run_is_covered;
DROP FUNCTION funds_kept_since;
DROP TRIGGER red_arrival_obeys ON budget_fundarrival; DROP FUNCTION red_arrival_obeys; DROP FUNCTION fund_available_on;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("budget", "0002_walls"),
        ("payment", "0008_money_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="FundArrival",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="预算年度")),
                ("division", models.CharField(max_length=12, verbose_name="区划")),
                (
                    "level",
                    models.CharField(
                        choices=[("central", "中央"), ("province", "省级"), ("city", "市级"), ("county", "县级")],
                        max_length=8,
                        verbose_name="预算级次",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[("allocation", "当年安排"), ("carried", "上年结转")],
                        default="allocation",
                        max_length=10,
                        verbose_name="资金来源",
                    ),
                ),
                (
                    "area",
                    models.CharField(
                        blank=True,
                        choices=[("", "不分城乡"), ("rural", "农村"), ("urban", "城镇")],
                        default="",
                        max_length=5,
                        verbose_name="城乡",
                    ),
                ),
                ("number", models.CharField(max_length=60, verbose_name="文号")),
                ("entry_no", models.PositiveSmallIntegerField(default=1, verbose_name="第几次登记")),
                ("amount_fen", models.BigIntegerField(verbose_name="金额（分）")),
                ("arrived_on", models.DateField(verbose_name="到位日期")),
                ("due_on", models.DateField(null=True, verbose_name="应到位日期")),
                ("text", models.CharField(blank=True, max_length=100, verbose_name="摘要")),
                ("officer", models.CharField(max_length=60, verbose_name="登记人")),
                (
                    "takes_back",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reds",
                        to="budget.fundarrival",
                        verbose_name="冲回的到位资金",
                    ),
                ),
            ],
            options={
                "verbose_name": "到位资金",
                "verbose_name_plural": "到位资金",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("amount_fen__gt", 0)),
                        fields=("division", "year", "number", "level", "area", "arrived_on", "entry_no"),
                        name="an_arrival_is_entered_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount_fen__gt", 0), ("takes_back__isnull", True)),
                            models.Q(("amount_fen__lt", 0), ("takes_back__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_red_arrival_takes_one_back",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("amount_fen__gt", 0),
                                ("due_on__isnull", False),
                                ("level", "county"),
                                ("source", "allocation"),
                            ),
                            models.Q(
                                models.Q(
                                    ("amount_fen__gt", 0), ("level", "county"), ("source", "allocation"), _negated=True
                                ),
                                ("due_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="the_county_share_has_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number", ""), _negated=True), models.Q(("officer", ""), _negated=True)
                        ),
                        name="an_arrival_says_its_paper",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("takes_back__isnull", False),
                            models.Q(
                                (
                                    "year__gte",
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.functions.datetime.ExtractYear("arrived_on"),
                                        "-",
                                        models.Value(1),
                                    ),
                                ),
                                (
                                    "year__lte",
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.functions.datetime.ExtractYear("arrived_on"),
                                        "+",
                                        models.Value(1),
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="an_arrival_is_of_a_year_near_its_day",
                    ),
                ],
            },
        ),
        migrations.RunSQL(GUARDS, BACK),
        by_division("budget_fundarrival"),
        append_only("budget_fundarrival"),
    ]
