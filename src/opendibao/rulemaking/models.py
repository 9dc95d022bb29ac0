"""规则管理: changes of parameters, the revisions they make of a pack, and every rule set that was decided with."""

from django.db import models
from django.db.models import F, Q

from opendibao.rulemaking.states import ChangeState


class ParameterChange(models.Model):
    """A number of the law that is to hold from a day on (参数调整); once drafted it only moves, it is never edited."""

    division = models.CharField("区划", max_length=12, db_index=True)
    pack = models.CharField("参数包", max_length=40)
    path = models.CharField("参数", max_length=80, db_index=True)
    since = models.DateField("起始日")
    value = models.BigIntegerField("数值")
    source = models.CharField("依据", max_length=200)
    is_verified = models.BooleanField("已与原文核对")
    reason = models.CharField("调整理由", max_length=200)
    state = models.CharField("状态", max_length=10, choices=ChangeState.choices, default=ChangeState.DRAFT)
    drafted_by = models.CharField("起草人", max_length=60)
    drafted_at = models.DateTimeField("起草时间")
    approved_by = models.CharField("批准人", max_length=60, blank=True)
    approved_at = models.DateTimeField("批准时间", null=True)
    withdrawn_by = models.CharField("撤回人", max_length=60, blank=True)
    withdrawn_at = models.DateTimeField("撤回时间", null=True)
    withdrawn_reason = models.CharField("撤回理由", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "参数调整"
        constraints = [
            models.CheckConstraint(name="change_not_negative", condition=Q(value__gte=0)),
            models.CheckConstraint(name="drafter_is_not_approver", condition=~Q(drafted_by=F("approved_by"))),
            models.CheckConstraint(
                name="scheduled_after_approval",
                condition=~Q(state__in=[ChangeState.APPROVED, ChangeState.SCHEDULED])
                | (~Q(approved_by="") & Q(approved_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="withdrawn_with_reason", condition=~Q(state=ChangeState.WITHDRAWN) | ~Q(withdrawn_reason="")
            ),
        ]


class Revision(models.Model):
    """A step of a pack (参数修订): a change comes in, or goes before its day. What the pack then says is its digest.

    `cases` worked cases were run before the step and held, but for those that `moved` names: decided later, with the
    number that changes, and meant to. `rule_set` is what decisions bear after the step.
    """

    division = models.CharField("区划", max_length=12, db_index=True)
    pack = models.CharField("参数包", max_length=40)
    number = models.PositiveIntegerField("修订号")
    change = models.ForeignKey(ParameterChange, models.PROTECT, related_name="revisions", verbose_name="参数调整")
    step = models.CharField(
        "步骤", max_length=10, choices=[(ChangeState.SCHEDULED, "排定"), (ChangeState.WITHDRAWN, "撤回")]
    )
    taken_on = models.DateField("日期")
    officer = models.CharField("办理人", max_length=60)
    taken_at = models.DateTimeField("时间")
    digest = models.CharField("参数包哈希", max_length=64)
    rule_set = models.CharField("规则版本", max_length=64)
    cases = models.PositiveIntegerField("检验的例题数")
    moved = models.CharField("答复随之改变的例题", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "参数修订"
        constraints = [
            models.UniqueConstraint(name="one_revision_a_number", fields=["pack", "number"]),
            models.UniqueConstraint(name="one_step_of_a_kind", fields=["change", "step"]),
            models.CheckConstraint(name="revision_ran_cases", condition=Q(cases__gt=0)),
        ]


class RuleSet(models.Model):
    """A rule set that decisions were taken with (规则版本存档): its text, compressed, under its hash."""

    hash = models.CharField("规则版本", max_length=64, primary_key=True)
    kept_on = models.DateField("首次使用")
    body = models.BinaryField("正文")

    class Meta:
        verbose_name = verbose_name_plural = "规则版本存档"
