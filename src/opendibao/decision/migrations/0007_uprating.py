"""提标和价格临时补贴的表和墙: a decision of an uprating rests on its approved line, and what was approved stays."""

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

from opendibao.audit.walls import append_only, by_division, no_delete

WALLS = """
-- A decision of an uprating has no case: it rests on the line that another officer approved, and on the facts of the
-- decision that it ends. Less needs a hearing from 2026-07-01 on (社会救助法 第四十八条), so it is not done in a batch.
DROP TRIGGER entry_has_its_steps ON decision_decision;
CREATE TRIGGER entry_has_its_steps BEFORE INSERT ON decision_decision
  FOR EACH ROW WHEN (NEW.uprating_id IS NULL) EXECUTE FUNCTION entry_has_its_steps();
CREATE FUNCTION uprating_has_its_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM decision_uprating u JOIN decision_upratingline l ON l.uprating_id = u.id
       JOIN decision_decision f ON f.id = l.former_id
       WHERE u.id = NEW.uprating_id AND u.state = 'approved' AND l.household_id = NEW.household_id
         AND l.result = NEW.kind AND l.result IN ('increase', 'reduce')
         AND (l.amount_fen, l.supplement_fen, l.gap_fen, l.persons, l.area, l.division)
           = (NEW.amount_fen, NEW.supplement_fen, NEW.gap_fen, NEW.persons, NEW.area, NEW.division)
         AND (u.approved_on, u.approver, u.prepared_by, u.first_month, u.rule_set, u.reckoned_on)
           = (NEW.decided_on, NEW.approver, NEW.maker, NEW.first_month, NEW.rule_set, NEW.reckoned_on)
         AND f.ended_by_id = NEW.id AND f.facts = NEW.facts) THEN
    RAISE EXCEPTION '提标的决定与批准的名单不符，请先编制、批准提标' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.kind = 'reduce' AND NEW.decided_on >= DATE '2026-07-01' THEN
    RAISE EXCEPTION '没有听取家庭意见，不能成批调减（社会救助法第四十八条）'
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER uprating_has_its_line BEFORE INSERT ON decision_decision
  FOR EACH ROW WHEN (NEW.uprating_id IS NOT NULL) EXECUTE FUNCTION uprating_has_its_line();

CREATE FUNCTION uprating_goes_its_way() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE moves text[] := ARRAY['state', 'approved_on', 'approver', 'first_month', 'withdrawn_on', 'withdrawn_by',
  'withdrawn_reason'];
BEGIN
  IF TG_OP = 'INSERT' AND NEW.state <> 'prepared' THEN
    RAISE EXCEPTION '提标从编制开始' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF TG_OP = 'UPDATE' AND (OLD.state <> 'prepared' OR NEW.state = 'prepared'
       OR to_jsonb(NEW) - moves <> to_jsonb(OLD) - moves) THEN
    RAISE EXCEPTION '编制好的提标不能改写，只能批准或撤回' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  -- the lists stand in the next stage: one that was checked pays by the decisions that the approval would end
  IF NEW.state = 'approved' AND EXISTS (SELECT FROM payment_payrun r
       WHERE r.month >= NEW.first_month AND r.state <> 'computed') THEN
    RAISE EXCEPTION '%的名册已经复核，请退回发放经办后再批准，或者下个月批准、另行补差', to_char(NEW.first_month, 'YYYY-MM')
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER uprating_goes_its_way BEFORE INSERT OR UPDATE ON decision_uprating
  FOR EACH ROW EXECUTE FUNCTION uprating_goes_its_way();

-- what the approver was shown is all there is
CREATE FUNCTION lines_while_prepared() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM new_rows n JOIN decision_uprating u ON u.id = n.uprating_id WHERE u.state <> 'prepared') THEN
    RAISE EXCEPTION '批准或撤回以后，提标不能再加家庭' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER lines_while_prepared AFTER INSERT ON decision_upratingline REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION lines_while_prepared();

-- all of them or none: looked at over the whole county when the transaction ends
CREATE FUNCTION uprating_takes_all() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF (SELECT count(*) FROM decision_decision d WHERE d.uprating_id = NEW.id) <> NEW.increased + NEW.reduced THEN
    RAISE EXCEPTION '提标批准了，决定的户数和名单不符' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER uprating_takes_all AFTER UPDATE ON decision_uprating DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.state = 'approved') EXECUTE FUNCTION uprating_takes_all();

-- the most that an approved uprating grants for a month that was paid by the numbers before it; nothing where none did
CREATE FUNCTION uprated_for(home bigint, of_month date) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT coalesce(max(l.amount_fen), 0) FROM decision_upratingline l
  JOIN decision_uprating u ON u.id = l.uprating_id JOIN decision_decision d ON d.id = l.former_id
  WHERE l.household_id = home AND u.state = 'approved' AND u.effective_month <= of_month
    AND l.result IN ('increase', 'ended') AND l.reason = '' AND d.months @> of_month
$$;

CREATE FUNCTION price_goes_its_way() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moves text[] := ARRAY['state', 'withdrawn_on', 'withdrawn_by', 'withdrawn_reason'];
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'proposed' THEN
      RAISE EXCEPTION '价格临时补贴从提出开始' USING ERRCODE = 'integrity_constraint_violation'; END IF;
    RETURN NEW;
  END IF;
  IF OLD.state = 'proposed' THEN moves := moves || ARRAY['approved_on', 'approver']; END IF;
  IF (OLD.state, NEW.state) NOT IN (('proposed', 'approved'), ('proposed', 'withdrawn'), ('approved', 'withdrawn'))
     OR to_jsonb(NEW) - moves <> to_jsonb(OLD) - moves THEN
    RAISE EXCEPTION '提出的价格临时补贴不能改写，只能批准或撤回'
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
  -- the orders stand in the next stage; what one of them still pays is not taken back
  IF OLD.state = 'approved' AND EXISTS (SELECT FROM payment_payorder o
       WHERE o.kind = 'price' AND o.month = OLD.month AND o.outcome <> 'refused') THEN
    RAISE EXCEPTION '已经提出发放的价格临时补贴不能撤回，应先不批准应发依据'
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER price_goes_its_way BEFORE INSERT OR UPDATE ON decision_pricesupplement
  FOR EACH ROW EXECUTE FUNCTION price_goes_its_way();
"""
TABLES = ("decision_uprating", "decision_upratingline", "decision_pricesupplement")


class Migration(migrations.Migration):
    dependencies = [
        ("decision", "0006_reporting_files"),
        ("intake", "0006_archive"),
        ("registry", "0003_known_elsewhere"),
    ]

    operations = [
        migrations.CreateModel(
            name="PriceSupplement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("index_month", models.DateField(verbose_name="指数月")),
                ("month", models.DateField(verbose_name="补贴月")),
                ("cpi_bp", models.IntegerField(verbose_name="居民消费价格同比涨幅（万分比）")),
                ("food_bp", models.IntegerField(verbose_name="食品价格同比涨幅（万分比）")),
                ("basic_bp", models.IntegerField(null=True, verbose_name="低收入居民基本生活费用同比涨幅（万分比）")),
                ("cpi_trigger_bp", models.PositiveIntegerField(verbose_name="居民消费价格启动条件（万分比）")),
                ("food_trigger_bp", models.PositiveIntegerField(verbose_name="食品价格启动条件（万分比）")),
                ("rise_bp", models.PositiveIntegerField(verbose_name="计算用的涨幅（万分比）")),
                ("rural_standard_fen", models.BigIntegerField(verbose_name="农村标准（分）")),
                ("urban_standard_fen", models.BigIntegerField(verbose_name="城镇标准（分）")),
                ("rural_fen", models.BigIntegerField(verbose_name="农村每人补贴（分）")),
                ("urban_fen", models.BigIntegerField(verbose_name="城镇每人补贴（分）")),
                ("source", models.CharField(max_length=200, verbose_name="依据")),
                ("is_verified", models.BooleanField(verbose_name="已与原文核对")),
                ("published_on", models.DateField(verbose_name="指数发布日期")),
                ("due_on", models.DateField(verbose_name="到账期限")),
                (
                    "state",
                    models.CharField(
                        choices=[("proposed", "已提出"), ("approved", "已批准"), ("withdrawn", "已撤回")],
                        default="proposed",
                        max_length=10,
                        verbose_name="价格临时补贴状态",
                    ),
                ),
                ("proposed_on", models.DateField(verbose_name="提出日期")),
                ("proposed_by", models.CharField(max_length=60, verbose_name="提出人")),
                ("approved_on", models.DateField(null=True, verbose_name="批准日期")),
                ("approver", models.CharField(blank=True, max_length=60, verbose_name="批准人")),
                ("withdrawn_on", models.DateField(null=True, verbose_name="撤回日期")),
                ("withdrawn_by", models.CharField(blank=True, max_length=60, verbose_name="撤回人")),
                ("withdrawn_reason", models.CharField(blank=True, max_length=200, verbose_name="撤回理由")),
            ],
            options={
                "verbose_name": "价格临时补贴",
                "verbose_name_plural": "价格临时补贴",
            },
        ),
        migrations.CreateModel(
            name="Uprating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("effective_month", models.DateField(verbose_name="执行月")),
                ("since", models.DateField(verbose_name="标准起始日")),
                ("reckoned_on", models.DateField(verbose_name="核算日")),
                ("basis", models.JSONField(verbose_name="所依据的标准调整")),
                ("rule_set", models.CharField(max_length=64, verbose_name="规则版本")),
                (
                    "state",
                    models.CharField(
                        choices=[("prepared", "已编制"), ("approved", "已批准"), ("withdrawn", "已撤回")],
                        default="prepared",
                        max_length=10,
                        verbose_name="提标状态",
                    ),
                ),
                ("prepared_on", models.DateField(verbose_name="编制日期")),
                ("prepared_by", models.CharField(max_length=60, verbose_name="编制人")),
                ("approved_on", models.DateField(null=True, verbose_name="批准日期")),
                ("approver", models.CharField(blank=True, max_length=60, verbose_name="批准人")),
                ("first_month", models.DateField(null=True, verbose_name="起发月")),
                ("withdrawn_on", models.DateField(null=True, verbose_name="撤回日期")),
                ("withdrawn_by", models.CharField(blank=True, max_length=60, verbose_name="撤回人")),
                ("withdrawn_reason", models.CharField(blank=True, max_length=200, verbose_name="撤回理由")),
                ("households", models.PositiveIntegerField(verbose_name="在保户数")),
                ("increased", models.PositiveIntegerField(verbose_name="增发户数")),
                ("reduced", models.PositiveIntegerField(verbose_name="减发户数")),
                ("kept", models.PositiveIntegerField(verbose_name="不变户数")),
                ("to_review", models.PositiveIntegerField(verbose_name="转复核户数")),
                ("ended", models.PositiveIntegerField(verbose_name="只补差户数")),
                ("before_fen", models.BigIntegerField(verbose_name="提标前月合计（分）")),
                ("after_fen", models.BigIntegerField(verbose_name="提标后月合计（分）")),
            ],
            options={
                "verbose_name": "提标",
                "verbose_name_plural": "提标",
            },
        ),
        migrations.CreateModel(
            name="UpratingLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                (
                    "area",
                    models.CharField(choices=[("rural", "农村"), ("urban", "城镇")], max_length=5, verbose_name="城乡"),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("increase", "增发"),
                            ("reduce", "减发"),
                            ("keep", "不变"),
                            ("review", "转复核"),
                            ("ended", "原决定已终止，只补差"),
                        ],
                        max_length=8,
                        verbose_name="提标结果",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="不能一并办的原因")),
                ("outcome", models.CharField(blank=True, max_length=24, verbose_name="保障类别")),
                ("persons", models.PositiveSmallIntegerField(default=0, verbose_name="保障人数")),
                ("former_fen", models.BigIntegerField(verbose_name="原月保障金（分）")),
                ("held_fen", models.BigIntegerField(null=True, verbose_name="按原标准重算（分）")),
                ("amount_fen", models.BigIntegerField(default=0, verbose_name="新月保障金（分）")),
                ("supplement_fen", models.BigIntegerField(default=0, verbose_name="其中分类施保（分）")),
                ("gap_fen", models.BigIntegerField(default=0, verbose_name="补差前月缺口（分）")),
            ],
            options={
                "verbose_name": "提标明细",
                "verbose_name_plural": "提标明细",
            },
        ),
        migrations.RemoveConstraint(
            model_name="decision",
            name="legacy_has_act_others_a_case",
        ),
        migrations.AddField(
            model_name="decision",
            name="reckoned_on",
            field=models.DateField(null=True, verbose_name="核算日"),
        ),
        migrations.AddConstraint(
            model_name="pricesupplement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "withdrawn"), _negated=True),
                fields=("division", "month"),
                name="one_price_supplement_a_month",
            ),
        ),
        migrations.AddConstraint(
            model_name="pricesupplement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cpi_bp__gte", models.F("cpi_trigger_bp")),
                    ("food_bp__gte", models.F("food_trigger_bp")),
                    _connector="OR",
                ),
                name="prices_rose_enough",
            ),
        ),
        migrations.AddConstraint(
            model_name="pricesupplement",
            constraint=models.CheckConstraint(
                condition=models.Q(("rise_bp__gt", 0), ("rural_fen__gt", 0), ("urban_fen__gt", 0)),
                name="price_supplement_is_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="pricesupplement",
            constraint=models.CheckConstraint(
                condition=models.Q(("index_month__day", 1), ("month__day", 1), ("month__gte", models.F("index_month"))),
                name="price_months_are_first_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="pricesupplement",
            constraint=models.CheckConstraint(
                condition=models.Q(("proposed_by", models.F("approver")), _negated=True),
                name="price_approver_is_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="pricesupplement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("approved_on__gte", models.F("proposed_on")),
                        ("state__in", ["approved", "withdrawn"]),
                        models.Q(("approver", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "approved"), _negated=True), ("approved_on__isnull", True), ("approver", "")
                    ),
                    _connector="OR",
                ),
                name="approved_price_says_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="pricesupplement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state", "withdrawn"),
                        ("withdrawn_on__gte", models.F("proposed_on")),
                        models.Q(("withdrawn_by", ""), _negated=True),
                        models.Q(("withdrawn_reason", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "withdrawn"), _negated=True),
                        ("withdrawn_by", ""),
                        ("withdrawn_on__isnull", True),
                        ("withdrawn_reason", ""),
                    ),
                    _connector="OR",
                ),
                name="withdrawn_price_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="uprating",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "prepared")), fields=("division",), name="one_open_uprating"
            ),
        ),
        migrations.AddConstraint(
            model_name="uprating",
            constraint=models.CheckConstraint(
                condition=models.Q(("prepared_by", models.F("approver")), _negated=True),
                name="uprating_approver_is_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="uprating",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("effective_month__day", 1),
                    models.Q(("first_month__isnull", True), ("first_month__day", 1), _connector="OR"),
                ),
                name="uprating_months_are_first_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="uprating",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("approved_on__gte", models.F("prepared_on")),
                        ("first_month__gte", models.F("effective_month")),
                        ("state", "approved"),
                        models.Q(("approver", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "approved"), _negated=True),
                        ("approved_on__isnull", True),
                        ("approver", ""),
                        ("first_month__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="approved_uprating_says_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="uprating",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state", "withdrawn"),
                        ("withdrawn_on__gte", models.F("prepared_on")),
                        models.Q(("withdrawn_by", ""), _negated=True),
                        models.Q(("withdrawn_reason", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "withdrawn"), _negated=True),
                        ("withdrawn_by", ""),
                        ("withdrawn_on__isnull", True),
                        ("withdrawn_reason", ""),
                    ),
                    _connector="OR",
                ),
                name="withdrawn_uprating_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="uprating",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "households",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("increased"), "+", models.F("reduced")
                                ),
                                "+",
                                models.F("kept"),
                            ),
                            "+",
                            models.F("to_review"),
                        ),
                    )
                ),
                name="uprating_counts_add_up",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="uprating",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="decision.uprating",
                verbose_name="提标",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "legacy"), ("opening_act__isnull", False), ("uprating__isnull", True)),
                    models.Q(
                        models.Q(("kind", "legacy"), _negated=True),
                        ("opening_act__isnull", True),
                        models.Q(
                            models.Q(("case__isnull", False), ("uprating__isnull", True)),
                            models.Q(("case__isnull", True), ("uprating__isnull", False)),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="legacy_has_act_others_a_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reckoned_on__isnull", True), ("uprating__isnull", True)),
                    models.Q(
                        ("cause", "standard"),
                        ("kind__in", ["increase", "reduce"]),
                        ("reckoned_on__isnull", False),
                        ("uprating__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="an_uprating_raises_or_lowers",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("uprating__isnull", False)),
                fields=("uprating", "household"),
                name="one_decision_of_an_uprating",
            ),
        ),
        migrations.AddField(
            model_name="upratingline",
            name="former",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="decision.decision",
                verbose_name="原决定",
            ),
        ),
        migrations.AddField(
            model_name="upratingline",
            name="household",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registry.household",
                verbose_name="家庭",
            ),
        ),
        migrations.AddField(
            model_name="upratingline",
            name="uprating",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="decision.uprating",
                verbose_name="提标",
            ),
        ),
        migrations.AddConstraint(
            model_name="upratingline",
            constraint=models.UniqueConstraint(fields=("uprating", "former"), name="a_decision_once_in_an_uprating"),
        ),
        migrations.AddConstraint(
            model_name="upratingline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount_fen__gt", models.F("former_fen")), ("result__in", ["increase", "ended"])),
                    models.Q(("result", "ended"), models.Q(("reason", ""), _negated=True)),
                    models.Q(("amount_fen__gt", 0), ("amount_fen__lt", models.F("former_fen")), ("result", "reduce")),
                    models.Q(("amount_fen", models.F("former_fen")), ("result", "keep")),
                    ("result", "review"),
                    _connector="OR",
                ),
                name="uprating_result_fits_amounts",
            ),
        ),
        migrations.AddConstraint(
            model_name="upratingline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("result", "review"), models.Q(("reason", ""), _negated=True)),
                    ("result", "ended"),
                    models.Q(models.Q(("result", "review"), _negated=True), ("reason", "")),
                    _connector="OR",
                ),
                name="who_goes_to_review_is_told_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="upratingline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("result", "review"),
                    models.Q(("result", "ended"), models.Q(("reason", ""), _negated=True)),
                    models.Q(("held_fen__isnull", False), ("persons__gt", 0)),
                    _connector="OR",
                ),
                name="a_new_amount_is_compared_with_the_former_numbers",
            ),
        ),
        *[by_division(table) for table in TABLES],
        append_only("decision_upratingline"),
        no_delete("decision_uprating"),
        no_delete("decision_pricesupplement"),
        migrations.RunSQL(WALLS, migrations.RunSQL.noop),
    ]
