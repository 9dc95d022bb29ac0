"""发放明细: what is owed once (PayLine), why it waits (Hold), and how it was sent (Attempt)."""

from django.db import models
from django.db.models import F, Q

from opendibao.payment.models.runs import PayRun
from opendibao.payment.states import AttemptState

ORDERED = [("supplement", "补发"), ("price", "物价补贴"), ("backpay", "提标补差")]
"""Kinds of money that an order (PayOrder) grants beside the monthly line."""


class PayLine(models.Model):
    """What a household is owed for a month, once (发放明细); the household as it was is in the snapshot."""

    run = models.ForeignKey(PayRun, models.PROTECT, related_name="lines", verbose_name="发放批次")
    household = models.ForeignKey("registry.Household", models.PROTECT, related_name="pay_lines", verbose_name="家庭")
    decision = models.ForeignKey("decision.Decision", models.PROTECT, related_name="pay_lines", verbose_name="决定")
    month = models.DateField("发放月")
    kind = models.CharField("种类", max_length=12, choices=[("regular", "按月发放"), *ORDERED])
    supplement_no = models.PositiveSmallIntegerField("补发序号", default=0)
    division = models.CharField("区划", max_length=12, db_index=True)
    area = models.CharField("城乡", max_length=5, choices=[("rural", "农村"), ("urban", "城镇")])
    persons = models.PositiveSmallIntegerField("保障人数")
    amount_fen = models.BigIntegerField("金额（分）")
    supplement_fen = models.BigIntegerField("其中分类施保（分）")
    snapshot = models.JSONField("家庭快照")

    class Meta:
        verbose_name = verbose_name_plural = "发放明细"
        indexes = [
            models.Index(
                name="owed_by_run", fields=["run", "household"], include=["persons", "amount_fen", "division"]
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_line_per_household_and_month", fields=["household", "month", "kind", "supplement_no"]
            ),
            models.CheckConstraint(name="line_amount_is_positive", condition=Q(amount_fen__gt=0)),
        ]


class Hold(models.Model):
    """A line held back before it is sent (暂缓): it stays owed until it is released or ends by a decision."""

    line = models.ForeignKey(PayLine, models.PROTECT, related_name="holds", verbose_name="发放明细")
    run = models.ForeignKey(PayRun, models.PROTECT, related_name="holds", verbose_name="发放批次")
    division = models.CharField("区划", max_length=12, db_index=True)
    amount_fen = models.BigIntegerField("金额（分）")
    reason = models.CharField("暂缓原因", max_length=200)
    held_by = models.CharField("经办人", max_length=60)
    held_on = models.DateField("暂缓日期")
    outcome = models.CharField(
        "结果", max_length=10, blank=True, default="",
        choices=[("", "暂缓中"), ("released", "解除，下批发放"), ("cancelled", "不再发放")],
    )  # fmt: skip
    settled_by = models.CharField("解除人", max_length=60, blank=True)
    settled_on = models.DateField("解除日期", null=True)
    note = models.CharField("解除说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "暂缓发放"
        constraints = [
            models.UniqueConstraint(name="one_open_hold_of_a_line", fields=["line"], condition=Q(outcome="")),
            models.CheckConstraint(name="a_hold_says_why", condition=~Q(reason="") & ~Q(held_by="")),
            models.CheckConstraint(
                name="a_settled_hold_says_by_whom",
                condition=Q(outcome="", settled_by="", settled_on__isnull=True, note="")
                | (~Q(outcome="") & ~Q(settled_by="") & Q(settled_on__isnull=False) & ~Q(note="")),
            ),
            models.CheckConstraint(
                name="a_hold_is_not_released_by_its_maker",
                condition=~Q(outcome="released") | ~Q(settled_by=F("held_by")),
            ),
        ]


class Attempt(models.Model):
    """One sending of a line to an account (发送); a re-issue is a new attempt of the same line.

    `run` and `file_no` are the file it went out with, which for a re-issue may be a later month's.
    `answered_fen` is what the bank says it paid, where that is not the amount sent.
    """

    e2e = models.CharField("端到端编号", max_length=40, primary_key=True)
    line = models.ForeignKey(PayLine, models.PROTECT, related_name="attempts", verbose_name="发放明细")
    run = models.ForeignKey(PayRun, models.PROTECT, related_name="attempts", verbose_name="送出批次")
    file_no = models.PositiveSmallIntegerField("第几个文件", default=1)
    number = models.PositiveSmallIntegerField("第几次")
    division = models.CharField("区划", max_length=12, db_index=True)
    holder = models.CharField("户名", max_length=60)
    bank = models.CharField("开户银行", max_length=60)
    account = models.CharField("账号", max_length=32)
    amount_fen = models.BigIntegerField("金额（分）")
    answered_fen = models.BigIntegerField("银行所报金额（分）", null=True)
    state = models.CharField("发送状态", max_length=10, choices=AttemptState.choices)
    sent_on = models.DateField("送银行日期", null=True)
    booked_on = models.DateField("到账日期", null=True)
    reason = models.CharField("退回原因", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "发送"
        indexes = [
            models.Index(name="returned_attempts", fields=["line"], condition=Q(state="returned")),
            models.Index(name="attempts_of_a_file", fields=["run", "file_no", "e2e"]),
        ]
        constraints = [
            models.UniqueConstraint(name="attempt_numbers_count_up", fields=["line", "number"]),
            models.UniqueConstraint(
                name="one_open_or_paid_attempt",
                fields=["line"],
                condition=Q(state__in=["new", "sent", "unknown", "differs", "paid"]),
            ),
            models.CheckConstraint(
                name="paid_means_booked",
                condition=Q(state__in=["paid", "differs"], booked_on__isnull=False)
                | (~Q(state__in=["paid", "differs"]) & Q(booked_on__isnull=True)),
            ),
            models.CheckConstraint(name="a_return_has_a_reason", condition=~Q(state="returned") | ~Q(reason="")),
            models.CheckConstraint(
                name="differs_says_by_how_much",
                condition=Q(state="differs", answered_fen__isnull=False) & ~Q(answered_fen=F("amount_fen"))
                | (~Q(state="differs") & Q(answered_fen__isnull=True)),
            ),
        ]
