"""银行文件与对账: files, what they said line by line, finance's vouchers, the statement, and what does not agree."""

from django.db import models
from django.db.models import Q

from opendibao.payment.models.lines import Attempt
from opendibao.payment.models.runs import PayRun


class FileKind(models.TextChoices):
    """What a file of a run is for (文件种类)."""

    PAY = "pay", "代发文件"
    RESULT = "result", "代发结果"
    ACCOUNT_CHECK = "account_check", "账户预核文件"
    ACCOUNT_ANSWER = "account_answer", "账户预核结果"
    STATEMENT = "statement", "银行对账单"


class BankFile(models.Model):
    """A file sent to or received from the bank (银行文件); the same bytes are taken once."""

    run = models.ForeignKey(PayRun, models.PROTECT, related_name="files", verbose_name="发放批次")
    division = models.CharField("区划", max_length=12)
    kind = models.CharField("种类", max_length=16, choices=FileKind.choices, default=FileKind.PAY)
    direction = models.CharField("方向", max_length=8, choices=[("out", "送出"), ("in", "回盘")])
    template = models.CharField("模板", max_length=40, blank=True)
    file_no = models.PositiveSmallIntegerField("第几个文件", default=1)
    name = models.CharField("文件名", max_length=120)
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    sm3 = models.CharField("国密 SM3", max_length=64, blank=True)
    handled_on = models.DateField("处理日期")
    lines_count = models.PositiveIntegerField("笔数")
    total_fen = models.BigIntegerField("金额（分）")

    class Meta:
        verbose_name = verbose_name_plural = "银行文件"


class InboundLine(models.Model):
    """A line of a result file as the bank wrote it, and how it fits what we sent (回盘明细)."""

    file = models.ForeignKey(BankFile, models.PROTECT, related_name="inbound", verbose_name="银行文件")
    run = models.ForeignKey(PayRun, models.PROTECT, related_name="inbound", verbose_name="发放批次")
    attempt = models.ForeignKey(Attempt, models.PROTECT, null=True, related_name="answers", verbose_name="发送")
    division = models.CharField("区划", max_length=12, db_index=True)
    row = models.PositiveIntegerField("行")
    e2e = models.CharField("端到端编号", max_length=60)
    holder = models.CharField("户名", max_length=60, blank=True)
    fen = models.BigIntegerField("金额（分）")
    word = models.CharField("银行结果", max_length=20)
    booked_on = models.DateField("到账日期", null=True)
    reason = models.CharField("原因", max_length=60, blank=True)
    verdict = models.CharField(
        "核对", max_length=12,
        choices=[("fits", "相符"), ("amount", "金额不符"), ("name", "户名不符"), ("foreign", "外来")],
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "回盘明细"
        constraints = [
            models.UniqueConstraint(name="a_row_of_a_file_once", fields=["file", "row"]),
            models.CheckConstraint(
                name="foreign_is_not_ours",
                condition=Q(verdict="foreign", attempt__isnull=True)
                | (~Q(verdict="foreign") & Q(attempt__isnull=False)),
            ),
        ]


class AccountAnswer(models.Model):
    """What the bank said of a household's account before money was sent there (账户预核结果)."""

    file = models.ForeignKey(BankFile, models.PROTECT, related_name="account_answers", verbose_name="银行文件")
    run = models.ForeignKey(PayRun, models.PROTECT, related_name="account_answers", verbose_name="发放批次")
    household = models.ForeignKey("registry.Household", models.PROTECT, related_name="+", verbose_name="家庭")
    division = models.CharField("区划", max_length=12, db_index=True)
    account = models.CharField("账号", max_length=32)
    holder = models.CharField("银行登记户名", max_length=60, blank=True)
    result = models.CharField("结果", max_length=12)
    answered_on = models.DateField("答复日期")

    class Meta:
        verbose_name = verbose_name_plural = "账户预核结果"
        constraints = [
            models.UniqueConstraint(name="an_account_is_answered_once_a_file", fields=["file", "household"]),
        ]


class Voucher(models.Model):
    """财政支付凭证: what the treasury says it released for a run, by level of budget; a red one takes back."""

    run = models.ForeignKey(PayRun, models.PROTECT, related_name="vouchers", verbose_name="发放批次")
    division = models.CharField("区划", max_length=12)
    number = models.CharField("凭证号", max_length=40, unique=True)
    issued_on = models.DateField("凭证日期")
    fen = models.BigIntegerField("金额（分）")
    level = models.CharField(
        "预算级次", max_length=8, blank=True, default="",
        choices=[("", "不分级次"), ("central", "中央"), ("province", "省级"), ("city", "市级"), ("county", "县级")],
    )  # fmt: skip
    text = models.CharField("摘要", max_length=100, blank=True)
    officer = models.CharField("登记人", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "财政支付凭证"
        constraints = [models.CheckConstraint(name="a_voucher_is_not_zero", condition=~Q(fen=0))]


class StatementLine(models.Model):
    """A line of the bank's statement of the account from which a run is paid (银行对账单明细)."""

    file = models.ForeignKey(BankFile, models.PROTECT, related_name="statement", verbose_name="银行文件")
    run = models.ForeignKey(PayRun, models.PROTECT, related_name="statement", verbose_name="发放批次")
    division = models.CharField("区划", max_length=12)
    row = models.PositiveIntegerField("行")
    booked_on = models.DateField("记账日期")
    movement = models.CharField(
        "方向", max_length=4, choices=[("in", "财政拨入"), ("out", "付出"), ("back", "退回入账")],
    )  # fmt: skip
    fen = models.BigIntegerField("金额（分）")
    text = models.CharField("摘要", max_length=100, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "银行对账单明细"
        constraints = [
            models.UniqueConstraint(name="a_statement_row_once", fields=["file", "row"]),
            models.CheckConstraint(name="a_statement_line_is_positive", condition=Q(fen__gt=0)),
        ]


class ExceptionKind(models.TextChoices):
    """What does not agree (对账差异)."""

    RETURNED = "returned", "退回"
    DIFFERS = "differs", "金额不符"
    NAME = "name", "户名不符"
    UNKNOWN = "unknown", "银行未知"
    ABSENT = "absent", "逾期未回"
    FOREIGN = "foreign", "外来流水"
    VOUCHER = "voucher", "与财政凭证不符"
    STATEMENT = "statement", "与银行对账单不符"


class Resolution(models.TextChoices):
    """What is done about it (处理决定)."""

    WAITING = "", "待定"
    REISSUE = "reissue", "更正账户，下批补发"
    BANK = "bank", "请银行查明更正"
    FINANCE = "finance", "请财政查明更正"
    STOP = "stop", "不再发放，交县民政局处理"
    EXPLAINED = "explained", "已查明，不影响"


class ReconException(models.Model):
    """对账差异: one thing that does not agree after the bank's answer; it has an owner before the month closes."""

    run = models.ForeignKey(PayRun, models.PROTECT, related_name="exceptions", verbose_name="发放批次")
    division = models.CharField("区划", max_length=12, db_index=True)
    kind = models.CharField("种类", max_length=10, choices=ExceptionKind.choices)
    attempt = models.ForeignKey(Attempt, models.PROTECT, null=True, related_name="exceptions", verbose_name="发送")
    inbound = models.ForeignKey(InboundLine, models.PROTECT, null=True, related_name="+", verbose_name="回盘明细")
    fen = models.BigIntegerField("金额（分）")
    detail = models.CharField("说明", max_length=200)
    found_on = models.DateField("发现日期")
    owner = models.CharField("责任人", max_length=60, blank=True)
    resolution = models.CharField("处理决定", max_length=10, choices=Resolution.choices, blank=True, default="")
    note = models.CharField("处理说明", max_length=200, blank=True)
    decided_by = models.CharField("决定人", max_length=60, blank=True)
    decided_on = models.DateField("决定日期", null=True)
    settled_on = models.DateField("了结日期", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "对账差异"
        constraints = [
            models.UniqueConstraint(
                name="one_exception_of_a_sending", fields=["run", "attempt", "kind"],
                condition=Q(attempt__isnull=False),
            ),
            models.CheckConstraint(
                name="a_decided_exception_has_an_owner",
                condition=Q(resolution="", decided_by="", decided_on__isnull=True)
                | (~Q(resolution="") & ~Q(owner="") & ~Q(decided_by="") & Q(decided_on__isnull=False)),
            ),
        ]  # fmt: skip
