"""复核: which household is due for re-verification, and what it brought (57号 第三十一条)."""

from django.db import models
from django.db.models import Q


class Reverification(models.Model):
    """One periodic check of a household (定期复核): once a year, twice where income is not steady."""

    household = models.ForeignKey(
        "registry.Household", models.PROTECT, related_name="reverifications", verbose_name="家庭"
    )
    division = models.CharField("区划", max_length=12, db_index=True)
    review_class = models.CharField("复核类别", max_length=8, choices=[("yearly", "常保"), ("halfyear", "非常保")])
    due_on = models.DateField("期限")
    done_on = models.DateField("完成日期", null=True)
    surveyors = models.CharField("调查人", max_length=120, blank=True)
    result = models.CharField(
        "结果", max_length=10, blank=True, choices=[("kept", "不变"), ("adjusted", "调整"), ("stopped", "停发")]
    )
    case = models.ForeignKey("intake.Case", models.PROTECT, null=True, verbose_name="案件")

    class Meta:
        verbose_name = verbose_name_plural = "定期复核"
        constraints = [
            models.UniqueConstraint(name="one_reverification_per_due_day", fields=["household", "due_on"]),
            models.CheckConstraint(
                name="done_has_a_result",
                condition=Q(done_on__isnull=True, result="") | (Q(done_on__isnull=False) & ~Q(result="")),
            ),
        ]
