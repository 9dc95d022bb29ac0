"""发放: pay runs, what is owed once (PayLine), how it was sent (Attempt), and the ledger in fen."""

from django.db import models
from django.db.models import F, Q

from opendibao.payment.states import AttemptState, RunState


class PayRun(models.Model):
    """One month's regular run of the county (发放批次)."""

    month = models.DateField("发放月", unique=True)
    division = models.CharField("区划", max_length=12)
    due_on = models.DateField("到账期限")
    frozen_on = models.DateField("冻结日期")
    state = models.CharField("状态", max_length=10, choices=RunState.choices)
    maker = models.CharField("编制人", max_length=60)
    checker = models.CharField("复核人", max_length=60, blank=True)
    finance = models.CharField("财政审核人", max_length=60, blank=True)
    lines_count = models.PositiveIntegerField("笔数", default=0)
    total_fen = models.BigIntegerField("金额（分）", default=0)
    file_name = models.CharField("银行文件", max_length=120, blank=True)
    file_sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    sent_on = models.DateField("出盘日期", null=True)
    closed_on = models.DateField("关账日期", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "发放批次"
        constraints = [
            models.CheckConstraint(name="run_month_is_first_day", condition=Q(month__day=1)),
            models.CheckConstraint(name="run_maker_is_not_checker", condition=~Q(maker=F("checker"))),
            models.CheckConstraint(
                name="run_finance_is_neither",
                condition=~Q(finance=F("maker")) & (Q(finance="") | ~Q(finance=F("checker"))),
            ),
        ]


class PayLine(models.Model):
    """What a household is owed for a month, once (发放明细); the household as it was is in the snapshot."""

    run = models.ForeignKey(PayRun, models.PROTECT, related_name="lines", verbose_name="发放批次")
    household = models.ForeignKey("registry.Household", models.PROTECT, related_name="pay_lines", verbose_name="家庭")
    decision = models.ForeignKey("decision.Decision", models.PROTECT, related_name="pay_lines", verbose_name="决定")
    month = models.DateField("发放月")
    kind = models.CharField("种类", max_length=12, choices=[("regular", "按月发放"), ("supplement", "补发")])
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


class Attempt(models.Model):
    """One sending of a line to an account (发送); a re-issue is a new attempt of the same line."""

    e2e = models.CharField("端到端编号", max_length=40, primary_key=True)
    line = models.ForeignKey(PayLine, models.PROTECT, related_name="attempts", verbose_name="发放明细")
    number = models.PositiveSmallIntegerField("第几次")
    division = models.CharField("区划", max_length=12, db_index=True)
    holder = models.CharField("户名", max_length=60)
    bank = models.CharField("开户银行", max_length=60)
    account = models.CharField("账号", max_length=32)
    amount_fen = models.BigIntegerField("金额（分）")
    state = models.CharField("发送状态", max_length=10, choices=AttemptState.choices)
    sent_on = models.DateField("送银行日期", null=True)
    booked_on = models.DateField("到账日期", null=True)
    reason = models.CharField("退回原因", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "发送"
        indexes = [models.Index(name="returned_attempts", fields=["line"], condition=Q(state="returned"))]
        constraints = [
            models.UniqueConstraint(name="attempt_numbers_count_up", fields=["line", "number"]),
            models.UniqueConstraint(
                name="one_open_or_paid_attempt",
                fields=["line"],
                condition=Q(state__in=["new", "sent", "unknown", "paid"]),
            ),
            models.CheckConstraint(
                name="paid_means_booked",
                condition=Q(state="paid", booked_on__isnull=False) | (~Q(state="paid") & Q(booked_on__isnull=True)),
            ),
            models.CheckConstraint(name="a_return_has_a_reason", condition=~Q(state="returned") | ~Q(reason="")),
        ]


class BankFile(models.Model):
    """A file sent to or received from the bank (银行文件); the same bytes are taken once."""

    run = models.ForeignKey(PayRun, models.PROTECT, related_name="files", verbose_name="发放批次")
    division = models.CharField("区划", max_length=12)
    direction = models.CharField("方向", max_length=8, choices=[("out", "送出"), ("in", "回盘")])
    name = models.CharField("文件名", max_length=120)
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    handled_on = models.DateField("处理日期")
    lines_count = models.PositiveIntegerField("笔数")
    total_fen = models.BigIntegerField("金额（分）")

    class Meta:
        verbose_name = verbose_name_plural = "银行文件"


class Account(models.TextChoices):
    """Ledger accounts (科目)."""

    BUDGET = "budget", "预算指标"
    PAYABLE = "payable", "应付低保金"
    TRANSIT = "transit", "在途"
    PAID = "paid", "已付"
    RETURNED = "returned", "退回待处理"


class LedgerEntry(models.Model):
    """One booking (记账凭证); its legs sum to zero, which the database checks."""

    run = models.ForeignKey(PayRun, models.PROTECT, related_name="entries", verbose_name="发放批次")
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
    area = models.CharField("城乡", max_length=5, choices=[("rural", "农村"), ("urban", "城镇")])
    attempt = models.ForeignKey(Attempt, models.PROTECT, null=True, related_name="legs", verbose_name="发送")
    booked_on = models.DateField("记账日期", db_index=True)
    fen = models.BigIntegerField("金额（分）")

    class Meta:
        verbose_name = verbose_name_plural = "分录"
        constraints = [models.CheckConstraint(name="leg_is_not_zero", condition=~Q(fen=0))]
