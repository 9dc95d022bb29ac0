"""除了是和否的表和墙: a register that rests on decisions and only ends, referrals and inquiries closed once."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from opendibao.audit.walls import by_division, no_delete

TABLES = ("decision_lowincomeentry", "decision_referral", "decision_inquiry")
WALLS = """
-- nobody is a low-income household by word of mouth: a decision's rules said so, or a former entry was looked at again
CREATE FUNCTION low_income_rests_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM decision_decision d WHERE d.case_id = NEW.case_id AND d.household_id = NEW.household_id
       AND d.kind IN ('refuse', 'stop') AND d.voided_on IS NULL AND d.decided_on <= NEW.recognised_on
       AND (NEW.former_id IS NOT NULL OR d.outcome = NEW.kind)) THEN
    RAISE EXCEPTION '没有按规则认定为低收入家庭的决定，不能登记' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.former_id IS NOT NULL AND NOT EXISTS (SELECT FROM decision_lowincomeentry f WHERE f.id = NEW.former_id
       AND f.household_id = NEW.household_id AND f.ended_on = NEW.recognised_on AND f.end_reason = 'renewed') THEN
    RAISE EXCEPTION '上次登记没有按续期终止，不能续期' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT FROM decision_decision d WHERE d.household_id = NEW.household_id
       AND d.in_force @> NEW.recognised_on) THEN
    RAISE EXCEPTION '这一户正在享受低保，不能同时登记为低收入家庭' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT FROM intake_case c WHERE c.id = NEW.case_id AND c.accepted_by = NEW.recognised_by)
     OR EXISTS (SELECT FROM verification_survey s WHERE s.case_id = NEW.case_id
       AND NEW.recognised_by IN (s.first_surveyor, s.second_surveyor, s.entered_by)) THEN
    RAISE EXCEPTION '受理、调查的人不能认定同一个案件' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER low_income_rests_on BEFORE INSERT ON decision_lowincomeentry
  FOR EACH ROW EXECUTE FUNCTION low_income_rests_on();
CREATE TRIGGER only_notes BEFORE UPDATE ON decision_lowincomeentry
  FOR EACH ROW EXECUTE FUNCTION only_notes('ended_on', 'end_reason');
CREATE TRIGGER said_once BEFORE UPDATE ON decision_lowincomeentry
  FOR EACH ROW EXECUTE FUNCTION said_once('ended_on');

-- whoever comes into payment, singly, in a batch or by the opening, is not in the low-income register any more
CREATE FUNCTION ends_low_income() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE decision_lowincomeentry SET ended_on = greatest(NEW.decided_on, recognised_on), end_reason = 'dibao'
  WHERE household_id = NEW.household_id AND ended_on IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER ends_low_income AFTER INSERT ON decision_decision
  FOR EACH ROW WHEN (NEW.kind IN ('confirm', 'legacy')) EXECUTE FUNCTION ends_low_income();

CREATE TRIGGER only_notes BEFORE UPDATE ON decision_referral
  FOR EACH ROW EXECUTE FUNCTION only_notes('closed_on', 'outcome', 'words');
CREATE TRIGGER said_once BEFORE UPDATE ON decision_referral FOR EACH ROW EXECUTE FUNCTION said_once('closed_on');

-- who had a hand in a decision does not judge what went wrong with it
CREATE FUNCTION judged_by_others() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE d decision_decision;
BEGIN
  SELECT * INTO d FROM decision_decision WHERE id = NEW.decision_id;
  IF NEW.closed_by IN (d.maker, d.approver)
     OR EXISTS (SELECT FROM intake_case c WHERE c.id = d.case_id AND c.accepted_by = NEW.closed_by)
     OR EXISTS (SELECT FROM verification_survey s WHERE s.case_id = d.case_id
       AND NEW.closed_by IN (s.first_surveyor, s.second_surveyor, s.entered_by))
     OR EXISTS (SELECT FROM decision_reviewvote v JOIN decision_reviewmeeting m ON m.id = v.meeting_id
       WHERE v.case_id = d.case_id AND NEW.closed_by IN (m.chair, m.recorder))
     OR EXISTS (SELECT FROM decision_firstopinion o WHERE o.case_id = d.case_id
       AND NEW.closed_by IN (o.handler, o.leader))
     OR EXISTS (SELECT FROM decision_countyvisit v WHERE v.case_id = d.case_id
       AND NEW.closed_by IN (v.first_visitor, v.second_visitor)) THEN
    RAISE EXCEPTION '经手过这个决定的人不能办结对它的核查' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER judged_by_others BEFORE INSERT OR UPDATE ON decision_inquiry
  FOR EACH ROW WHEN (NEW.closed_by <> '') EXECUTE FUNCTION judged_by_others();
CREATE TRIGGER only_notes BEFORE UPDATE ON decision_inquiry FOR EACH ROW
  EXECUTE FUNCTION only_notes('closed_on', 'closed_by', 'outcome', 'reason', 'conditions', 'topic');
CREATE TRIGGER said_once BEFORE UPDATE ON decision_inquiry FOR EACH ROW EXECUTE FUNCTION said_once('closed_on');

CREATE FUNCTION next_low_income_number(year int) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE head text := '低收〔' || year || '〕'; last text;
BEGIN
  PERFORM pg_advisory_xact_lock(57202111);
  SELECT max(number) INTO last FROM decision_lowincomeentry WHERE number ^@ head;
  RETURN head || lpad((coalesce(substr(last, length(head) + 1, 5), '0')::int + 1)::text, 5, '0') || '号';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("decision", "0004_lifecycle_walls"),
        ("intake", "0005_online_door"),
        ("registry", "0003_known_elsewhere"),
    ]

    operations = [
        migrations.CreateModel(
            name="Inquiry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                (
                    "finding",
                    models.CharField(
                        choices=[
                            ("wrongly_in", "错保"),
                            ("wrongly_out", "漏保"),
                            ("wrong_amount", "金额有误"),
                            ("corrected", "已更正"),
                        ],
                        max_length=12,
                        verbose_name="发现的问题",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("review", "定期复核"),
                            ("complaint", "投诉举报"),
                            ("match", "信息核对"),
                            ("sample", "准确性抽查"),
                            ("audit", "审计监督"),
                        ],
                        max_length=12,
                        verbose_name="发现来源",
                    ),
                ),
                ("words", models.CharField(max_length=300, verbose_name="问题情况")),
                ("opened_on", models.DateField(verbose_name="立项日期")),
                ("opened_by", models.CharField(max_length=60, verbose_name="立项人")),
                ("due_on", models.DateField(verbose_name="核查期限")),
                ("closed_on", models.DateField(null=True, verbose_name="办结日期")),
                ("closed_by", models.CharField(blank=True, max_length=60, verbose_name="办结人")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_fault", "没有过错"),
                            ("exempt", "尽职免责"),
                            ("educated", "批评教育"),
                            ("handed_on", "移交追责"),
                        ],
                        max_length=12,
                        verbose_name="核查结论",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="结论理由")),
                (
                    "conditions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("fair", "秉持公心，没有为自己或他人谋利"),
                                ("dutiful", "按程序办理，能查的都查了"),
                                ("objective", "失误出于客观原因"),
                                ("corrected", "发现后及时纠正"),
                            ],
                            max_length=12,
                            verbose_name="免责条件",
                        ),
                        default=list,
                        size=None,
                        verbose_name="免责条件",
                    ),
                ),
                ("topic", models.CharField(blank=True, max_length=60, verbose_name="培训主题")),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inquiries",
                        to="decision.decision",
                        verbose_name="决定",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inquiries",
                        to="registry.household",
                        verbose_name="家庭",
                    ),
                ),
            ],
            options={
                "verbose_name": "问责核查",
                "verbose_name_plural": "问责核查",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_on__isnull", True)),
                        fields=("decision",),
                        name="one_open_inquiry_per_decision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_by", ""),
                                ("closed_on__isnull", True),
                                ("conditions__len", 0),
                                ("outcome", ""),
                                ("reason", ""),
                                ("topic", ""),
                            ),
                            models.Q(
                                ("closed_on__gte", models.F("opened_on")),
                                ("closed_on__isnull", False),
                                models.Q(("closed_by", ""), _negated=True),
                                models.Q(("outcome", ""), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="inquiry_closes_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "exempt"), _negated=True),
                            ("conditions__contains", ["fair", "dutiful", "objective", "corrected"]),
                            _connector="OR",
                        ),
                        name="exempt_on_every_condition",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="inquiry_names_the_finding"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LowIncomeEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=40, unique=True, verbose_name="登记号")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                (
                    "area",
                    models.CharField(choices=[("rural", "农村"), ("urban", "城镇")], max_length=5, verbose_name="城乡"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("edge", "低保边缘家庭"), ("rigid_expenditure", "刚性支出困难家庭")],
                        max_length=20,
                        verbose_name="低收入家庭类别",
                    ),
                ),
                ("persons", models.PositiveSmallIntegerField(verbose_name="人数")),
                ("facts", models.JSONField(default=dict, verbose_name="核定情况")),
                ("rule_set", models.CharField(max_length=64, verbose_name="规则版本")),
                ("recognised_on", models.DateField(verbose_name="认定日期")),
                ("recognised_by", models.CharField(max_length=60, verbose_name="认定人")),
                ("words", models.CharField(blank=True, max_length=200, verbose_name="复查情况")),
                ("valid_until", models.DateField(verbose_name="有效期至")),
                ("recheck_by", models.DateField(verbose_name="复查期限")),
                ("ended_on", models.DateField(null=True, verbose_name="失效日期")),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("expired", "有效期满"),
                            ("renewed", "续期认定"),
                            ("dibao", "纳入低保"),
                            ("over", "不再符合条件"),
                            ("moved", "迁出本县"),
                            ("death", "人员死亡"),
                        ],
                        max_length=12,
                        verbose_name="失效原因",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="low_income_entries",
                        to="intake.case",
                        verbose_name="案件",
                    ),
                ),
                (
                    "former",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="later",
                        to="decision.lowincomeentry",
                        verbose_name="上次登记",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="low_income_entries",
                        to="registry.household",
                        verbose_name="家庭",
                    ),
                ),
            ],
            options={
                "verbose_name": "低收入家庭登记",
                "verbose_name_plural": "低收入家庭登记",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("household",),
                        name="one_low_income_entry_in_force",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("recheck_by__gt", models.F("recognised_on")),
                            ("valid_until__gt", models.F("recognised_on")),
                            ("recheck_by__lte", models.F("valid_until")),
                        ),
                        name="low_income_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("former__isnull", True), ("words", "")),
                            models.Q(("former__isnull", False), models.Q(("words", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="low_income_recheck_has_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end_reason", ""), ("ended_on__isnull", True)),
                            models.Q(
                                ("ended_on__gte", models.F("recognised_on")),
                                ("ended_on__isnull", False),
                                models.Q(("end_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="low_income_ends_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Referral",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("kind", models.CharField(max_length=30, verbose_name="救助种类")),
                ("because", models.CharField(max_length=200, verbose_name="转介理由")),
                ("office", models.CharField(max_length=60, verbose_name="受转部门")),
                ("referred_on", models.DateField(verbose_name="转介日期")),
                ("referred_by", models.CharField(max_length=60, verbose_name="转介人")),
                ("due_on", models.DateField(verbose_name="催办日期")),
                ("closed_on", models.DateField(null=True, verbose_name="办结日期")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("granted", "已给予救助"),
                            ("refused", "不符合条件"),
                            ("declined", "家庭不申请"),
                            ("unanswered", "没有回复"),
                        ],
                        max_length=12,
                        verbose_name="转介结果",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=200, verbose_name="结果说明")),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="intake.case",
                        verbose_name="案件",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="registry.household",
                        verbose_name="家庭",
                    ),
                ),
            ],
            options={
                "verbose_name": "转介",
                "verbose_name_plural": "转介",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_on__isnull", True)),
                        fields=("household", "kind"),
                        name="one_open_referral_of_a_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on__isnull", True), ("outcome", ""), ("words", "")),
                            models.Q(
                                ("closed_on__gte", models.F("referred_on")),
                                ("closed_on__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                                models.Q(("words", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="referral_closes_with_an_outcome",
                    ),
                ],
            },
        ),
        *[by_division(table) for table in TABLES],
        *[no_delete(table) for table in TABLES],
        migrations.RunSQL(WALLS, migrations.RunSQL.noop),
    ]
