"""台账: append-only double entry in fen."""

from django.db import models
from django.db.models import Q

from opendibao.payment.models.lines import Attempt
from opendibao.payment.models.runs import PayRun


class Account(models.TextChoices):
    """Ledger accounts (科目); the budget is kept by level of treasury."""

    BUDGET = "budget", "预算指标"
    PAYABLE = "payable", "应付低保金"
    SUSPENDED = "suspended", "暂停发放"
    TRANSIT = "transit", "在途"
    PAID = "paid", "已付"
    RETURNED = "returned", "退回待处理"
    TO_RECOVER = "to_recover", "应追缴"
    RECOVERED = "recovered", "已追回"
    CLAIMED = "claimed", "已付待追回"


class LedgerEntry(models.Model):
    """One booking (记账凭证); its legs sum to zero, which the database checks; one of a recovery belongs to no run."""

    run = models.ForeignKey(PayRun, models.PROTECT, null=True, related_name="entries", verbose_name="发放批次")
    division = models.CharField("区划", max_length=12)
    booked_on = models.DateField("记账日期")
    text = models.CharField("摘要", max_length=80)

    class Meta:
        verbose_name = verbose_name_plural = "记账凭证"


class LedgerLeg(models.Model):
    """One side of a booking in fen (分录); append only, every INSERT must balance per entry."""

    entry = models.ForeignKey(LedgerEntry, models.PROTECT, related_name="legs", verbose_name="记账凭证")
    division = models.CharField("区划", max_length=12, db_index=True)
    account = models.CharField("科目", max_length=10, choices=Account.choices)
    level = models.CharField(
        "预算级次", max_length=8, blank=True, default="", db_default="",
        choices=[("", "不分级次"), ("central", "中央"), ("province", "省级"), ("city", "市级"), ("county", "县级")],
    )  # fmt: skip
    area = models.CharField("城乡", max_length=5, choices=[("rural", "农村"), ("urban", "城镇")])
    attempt = models.ForeignKey(Attempt, models.PROTECT, null=True, related_name="legs", verbose_name="发送")
    line = models.ForeignKey(
        "payment.PayLine", models.PROTECT, null=True, related_name="legs", verbose_name="发放明细"
    )  # fmt: skip
    receivable = models.ForeignKey(
        "payment.Receivable", models.PROTECT, null=True, related_name="legs", verbose_name="应追缴"
    )
    booked_on = models.DateField("记账日期", db_index=True)
    fen = models.BigIntegerField("金额（分）")

    class Meta:
        verbose_name = verbose_name_plural = "分录"
        constraints = [
            models.CheckConstraint(name="leg_is_not_zero", condition=~Q(fen=0)),
            models.CheckConstraint(name="only_the_budget_has_levels", condition=Q(level="") | Q(account="budget")),
        ]
