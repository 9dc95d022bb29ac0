"""提标: a new standard takes everybody in force to a new amount in one approved batch; what it does to each is kept."""

from django.db import models
from django.db.models import F, Q


class UpratingState(models.TextChoices):
    """Where an uprating stands (提标状态)."""

    PREPARED = "prepared", "已编制"
    APPROVED = "approved", "已批准"
    WITHDRAWN = "withdrawn", "已撤回"


class UpratingResult(models.TextChoices):
    """What the new standard does to a decision (提标结果)."""

    INCREASE = "increase", "增发"
    REDUCE = "reduce", "减发"
    KEEP = "keep", "不变"
    REVIEW = "review", "转复核"
    ENDED = "ended", "原决定已终止，只补差"


class Uprating(models.Model):
    """Everybody in force taken to a new standard (提标): prepared by one officer, approved by another.

    `effective_month` is the first month that the new standard is owed for, `since` the day on which its numbers come
    into force, `reckoned_on` the day whose numbers and ages count; `first_month` the first that the new decisions pay.
    The totals are those of a month, over all who are in force; who goes to review stays at the former amount.
    """

    division = models.CharField("区划", max_length=12, db_index=True)
    effective_month = models.DateField("执行月")
    since = models.DateField("标准起始日")
    reckoned_on = models.DateField("核算日")
    basis = models.JSONField("所依据的标准调整")
    rule_set = models.CharField("规则版本", max_length=64)
    state = models.CharField("提标状态", max_length=10, choices=UpratingState.choices, default=UpratingState.PREPARED)
    prepared_on = models.DateField("编制日期")
    prepared_by = models.CharField("编制人", max_length=60)
    approved_on = models.DateField("批准日期", null=True)
    approver = models.CharField("批准人", max_length=60, blank=True)
    first_month = models.DateField("起发月", null=True)
    withdrawn_on = models.DateField("撤回日期", null=True)
    withdrawn_by = models.CharField("撤回人", max_length=60, blank=True)
    withdrawn_reason = models.CharField("撤回理由", max_length=200, blank=True)
    households = models.PositiveIntegerField("在保户数")
    increased = models.PositiveIntegerField("增发户数")
    reduced = models.PositiveIntegerField("减发户数")
    kept = models.PositiveIntegerField("不变户数")
    to_review = models.PositiveIntegerField("转复核户数")
    ended = models.PositiveIntegerField("只补差户数")
    before_fen = models.BigIntegerField("提标前月合计（分）")
    after_fen = models.BigIntegerField("提标后月合计（分）")

    class Meta:
        verbose_name = verbose_name_plural = "提标"
        constraints = [
            models.UniqueConstraint(
                name="one_open_uprating", fields=["division"], condition=Q(state=UpratingState.PREPARED)
            ),
            models.CheckConstraint(name="uprating_approver_is_another", condition=~Q(prepared_by=F("approver"))),
            models.CheckConstraint(
                name="uprating_months_are_first_days",
                condition=Q(effective_month__day=1) & (Q(first_month__isnull=True) | Q(first_month__day=1)),
            ),
            models.CheckConstraint(
                name="approved_uprating_says_by_whom",
                condition=Q(
                    state=UpratingState.APPROVED, approved_on__gte=F("prepared_on"),
                    first_month__gte=F("effective_month"),
                ) & ~Q(approver="")
                | ~Q(state=UpratingState.APPROVED)
                & Q(approved_on__isnull=True, approver="", first_month__isnull=True),
            ),
            models.CheckConstraint(
                name="withdrawn_uprating_says_why",
                condition=Q(state=UpratingState.WITHDRAWN, withdrawn_on__gte=F("prepared_on"))
                & ~Q(withdrawn_by="") & ~Q(withdrawn_reason="")
                | ~Q(state=UpratingState.WITHDRAWN)
                & Q(withdrawn_on__isnull=True, withdrawn_by="", withdrawn_reason=""),
            ),
            models.CheckConstraint(
                name="uprating_counts_add_up",
                condition=Q(households=F("increased") + F("reduced") + F("kept") + F("to_review")),
            ),
        ]  # fmt: skip


class UpratingLine(models.Model):
    """What a new standard does to one decision (提标明细), and why where it goes to review.

    `held_fen` is what the rules give on the same day with the former numbers: the difference to it is the standard's,
    the rest of the way to `former_fen` is age. It is null, and `amount_fen` 0, where the rules give no amount.
    A decision that has ended since is listed for what its months were paid short; `reason` says why nobody can tell.
    """

    uprating = models.ForeignKey(Uprating, models.PROTECT, related_name="lines", verbose_name="提标")
    former = models.ForeignKey("decision.Decision", models.PROTECT, related_name="+", verbose_name="原决定")
    household = models.ForeignKey("registry.Household", models.PROTECT, related_name="+", verbose_name="家庭")
    division = models.CharField("区划", max_length=12, db_index=True)
    area = models.CharField("城乡", max_length=5, choices=[("rural", "农村"), ("urban", "城镇")])
    result = models.CharField("提标结果", max_length=8, choices=UpratingResult.choices)
    reason = models.CharField("不能一并办的原因", max_length=200, blank=True)
    outcome = models.CharField("保障类别", max_length=24, blank=True)
    persons = models.PositiveSmallIntegerField("保障人数", default=0)
    former_fen = models.BigIntegerField("原月保障金（分）")
    held_fen = models.BigIntegerField("按原标准重算（分）", null=True)
    amount_fen = models.BigIntegerField("新月保障金（分）", default=0)
    supplement_fen = models.BigIntegerField("其中分类施保（分）", default=0)
    gap_fen = models.BigIntegerField("补差前月缺口（分）", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "提标明细"
        constraints = [
            models.UniqueConstraint(name="a_decision_once_in_an_uprating", fields=["uprating", "former"]),
            models.CheckConstraint(
                name="uprating_result_fits_amounts",
                condition=Q(result__in=["increase", "ended"], amount_fen__gt=F("former_fen"))
                | Q(result="ended") & ~Q(reason="")
                | Q(result="reduce", amount_fen__gt=0, amount_fen__lt=F("former_fen"))
                | Q(result="keep", amount_fen=F("former_fen"))
                | Q(result="review"),
            ),
            models.CheckConstraint(
                name="who_goes_to_review_is_told_why",
                condition=Q(result="review") & ~Q(reason="") | Q(result="ended") | ~Q(result="review") & Q(reason=""),
            ),
            models.CheckConstraint(
                name="a_new_amount_is_compared_with_the_former_numbers",
                condition=Q(result="review")
                | Q(result="ended") & ~Q(reason="")
                | Q(held_fen__isnull=False, persons__gt=0),
            ),
        ]
