"""决定: who gets how much from when, approved singly or in a batch, and the letter that tells the family."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from opendibao.decision.models.opening import OpeningAct
from opendibao.decision.models.uprating import Uprating


class DecisionKind(models.TextChoices):
    """What a decision does to the household's monthly money (决定种类)."""

    LEGACY = "legacy", "存量原决定"
    CONFIRM = "confirm", "确认同意"
    INCREASE = "increase", "增发"
    REDUCE = "reduce", "减发"
    GRACE = "grace", "渐退"
    STOP = "stop", "停发"
    REFUSE = "refuse", "不予确认同意"


GRANTING = [DecisionKind.LEGACY, DecisionKind.CONFIRM, DecisionKind.INCREASE, DecisionKind.REDUCE, DecisionKind.GRACE]


class Cause(models.TextChoices):
    """Why a decision was taken (决定事由)."""

    OPENING = "opening", "存量建账"
    APPLICATION = "application", "申请"
    INCOME = "income", "收入变化"
    EMPLOYMENT = "employment", "就业增收"
    PROPERTY = "property", "财产超限"
    DEATH = "death", "人员死亡"
    MEMBERS = "members", "家庭成员变化"
    MOVED = "moved", "迁出本县"
    TEKUN = "tekun", "转特困供养"
    VOLUNTARY = "voluntary", "主动退出"
    STANDARD = "standard", "提标"


class ApprovalBatch(models.Model):
    """Clean cases confirmed together (成批确认): one decision each; whom the approver left out stays open."""

    division = models.CharField("区划", max_length=12, db_index=True)
    approved_on = models.DateField("确认日期")
    approver = models.CharField("审核确认人", max_length=60)
    households = models.PositiveIntegerField("户数")
    persons = models.PositiveIntegerField("人数")
    monthly_fen = models.BigIntegerField("月保障金合计（分）")

    class Meta:
        verbose_name = verbose_name_plural = "成批确认"
        constraints = [models.CheckConstraint(name="a_batch_has_households", condition=Q(households__gt=0))]


def _range(*args: object) -> Func:
    return Func(*args, function="daterange", output_field=DateRangeField())


class Decision(models.Model):
    """One decision about a household's money (决定); in force from its day until ended, paid from the month after.

    `in_force` is [decided_on, ended_on); `months` the months it pays (none when it ends before its first), both
    derived by the database. One voided before its letter went out (撤销) was never in force. One of an uprating has
    no case; `reckoned_on` is the day of its numbers and ages where that is not the day it was taken.
    """

    number = models.CharField("决定文号", max_length=40, unique=True)
    household = models.ForeignKey("registry.Household", models.PROTECT, related_name="decisions", verbose_name="家庭")
    case = models.ForeignKey("intake.Case", models.PROTECT, null=True, related_name="decisions", verbose_name="案件")
    opening_act = models.ForeignKey(OpeningAct, models.PROTECT, null=True, verbose_name="存量建账确认书")
    division = models.CharField("区划", max_length=12, db_index=True)
    area = models.CharField("城乡", max_length=5, choices=[("rural", "农村"), ("urban", "城镇")])
    kind = models.CharField("决定种类", max_length=10, choices=DecisionKind.choices)
    cause = models.CharField("决定事由", max_length=12, choices=Cause.choices)
    outcome = models.CharField("保障类别", max_length=24, blank=True)
    decided_on = models.DateField("决定日期")
    maker = models.CharField("经办", max_length=60)
    approver = models.CharField("审核确认人", max_length=60)
    persons = models.PositiveSmallIntegerField("保障人数", default=0)
    amount_fen = models.BigIntegerField("月保障金（分）", default=0)
    supplement_fen = models.BigIntegerField("其中分类施保（分）", default=0)
    gap_fen = models.BigIntegerField("补差前月缺口（分）", default=0)
    facts = models.JSONField("核定情况", default=dict)
    rule_set = models.CharField("规则版本", max_length=64, blank=True)
    first_month = models.DateField("起发月", null=True)
    last_month = models.DateField("止发月", null=True)
    ended_on = models.DateField("失效日期", null=True)
    ended_by = models.ForeignKey("self", models.PROTECT, null=True, verbose_name="由何决定终止")
    batch = models.ForeignKey("ApprovalBatch", models.PROTECT, null=True, verbose_name="成批确认")
    uprating = models.ForeignKey(Uprating, models.PROTECT, null=True, related_name="decisions", verbose_name="提标")
    reckoned_on = models.DateField("核算日", null=True)
    voided_on = models.DateField("作废日期", null=True)
    void_reason = models.CharField("作废理由", max_length=200, blank=True, db_default="")
    in_force = models.GeneratedField(
        expression=models.Case(
            models.When(kind__in=GRANTING, then=_range(F("decided_on"), F("ended_on"))),
            default=_range(F("decided_on"), F("decided_on")),
        ),
        output_field=DateRangeField(),
        db_persist=True,
        verbose_name="在保期",
    )
    months = models.GeneratedField(
        expression=models.Case(
            models.When(last_month__lt=F("first_month"), then=_range(F("first_month"), F("first_month"))),
            models.When(kind__in=GRANTING, then=_range(F("first_month"), F("last_month"), Value("[]"))),
            default=_range(F("decided_on"), F("decided_on")),
        ),
        output_field=DateRangeField(),
        db_persist=True,
        verbose_name="发放期",
    )

    class Meta:
        verbose_name = verbose_name_plural = "决定"
        constraints = [
            ExclusionConstraint(
                name="one_decision_in_force",
                expressions=[("household", RangeOperators.EQUAL), ("in_force", RangeOperators.OVERLAPS)],
            ),
            ExclusionConstraint(
                name="one_amount_a_month",
                expressions=[("household", RangeOperators.EQUAL), ("months", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                name="granting_names_amount_and_month",
                condition=~Q(kind__in=GRANTING)
                | Q(amount_fen__gt=0, first_month__isnull=False, persons__gt=0, supplement_fen__lte=F("amount_fen")),
            ),
            models.CheckConstraint(
                name="other_kinds_grant_nothing",
                condition=Q(kind__in=GRANTING) | Q(amount_fen=0, first_month__isnull=True),
            ),
            models.CheckConstraint(name="supplement_not_negative", condition=Q(supplement_fen__gte=0)),
            models.CheckConstraint(
                name="legacy_has_act_others_a_case",
                condition=Q(kind=DecisionKind.LEGACY, opening_act__isnull=False, uprating__isnull=True)
                | ~Q(kind=DecisionKind.LEGACY)
                & Q(opening_act__isnull=True)
                & (Q(case__isnull=False, uprating__isnull=True) | Q(case__isnull=True, uprating__isnull=False)),
            ),
            models.CheckConstraint(
                name="an_uprating_raises_or_lowers",
                condition=Q(uprating__isnull=True, reckoned_on__isnull=True)
                | Q(
                    uprating__isnull=False,
                    reckoned_on__isnull=False,
                    cause=Cause.STANDARD,
                    kind__in=[DecisionKind.INCREASE, DecisionKind.REDUCE],
                ),
            ),
            models.UniqueConstraint(
                name="one_decision_of_an_uprating",
                fields=["uprating", "household"],
                condition=Q(uprating__isnull=False),
            ),
            models.CheckConstraint(name="maker_is_not_approver", condition=~Q(maker=F("approver"))),
            models.CheckConstraint(
                name="voided_for_a_reason",
                condition=Q(voided_on__isnull=True, void_reason="")
                | (Q(voided_on__isnull=False, ended_on=F("decided_on")) & ~Q(void_reason="")),
            ),
            models.CheckConstraint(
                name="months_are_first_days",
                condition=(Q(first_month__isnull=True) | Q(first_month__day=1))
                & (Q(last_month__isnull=True) | Q(last_month__day=1)),
            ),
        ]


class Letter(models.Model):
    """The written notice of a decision to the family (告知书, 57号 第二十一、三十二条)."""

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="letter", verbose_name="决定")
    division = models.CharField("区划", max_length=12, db_index=True)
    sent_on = models.DateField("送达日期")
    text = models.TextField("正文")
    note = models.CharField("补充说明", max_length=300, blank=True)
    delivered_on = models.DateField("签收日期", null=True)
    delivered_how = models.CharField(
        "送达方式",
        max_length=10,
        blank=True,
        choices=[("counter", "当面"), ("home", "上门"), ("post", "邮寄"), ("village", "村社区转交")],
    )
    receiver = models.CharField("签收人", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "告知书"
        constraints = [
            models.CheckConstraint(
                name="a_received_letter_says_how",
                condition=Q(delivered_on__isnull=True, delivered_how="", receiver="")
                | (Q(delivered_on__gte=F("sent_on")) & ~Q(delivered_how="") & ~Q(receiver="")),
            ),
        ]
