"""发放批次: a month's run of the county, the townships' confirmations, and what was looked at before it went out."""

from django.db import models
from django.db.models import F, Q

from opendibao.payment.states import RunState


class PayRun(models.Model):
    """One month's regular run of the county (发放批次).

    `lines_count` and `total_fen` are what is owed; `held_count` and `held_fen` the part of it that is held back.
    """

    month = models.DateField("发放月", unique=True)
    division = models.CharField("区划", max_length=12)
    due_on = models.DateField("到账期限")
    frozen_on = models.DateField("冻结日期")
    state = models.CharField("状态", max_length=10, choices=RunState.choices)
    maker = models.CharField("编制人", max_length=60)
    checker = models.CharField("复核人", max_length=60, blank=True)
    finance = models.CharField("财政审核人", max_length=60, blank=True)
    second_finance = models.CharField("财政复审人", max_length=60, blank=True)
    lines_count = models.PositiveIntegerField("笔数", default=0)
    total_fen = models.BigIntegerField("金额（分）", default=0)
    held_count = models.PositiveIntegerField("暂缓笔数", default=0)
    held_fen = models.BigIntegerField("暂缓金额（分）", default=0)
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
            models.CheckConstraint(
                name="run_second_finance_is_another",
                condition=Q(second_finance="")
                | (
                    ~Q(second_finance=F("maker"))
                    & ~Q(second_finance=F("checker"))
                    & ~Q(second_finance=F("finance"))
                    & ~Q(finance="")
                ),
            ),
            models.CheckConstraint(
                name="run_holds_a_part",
                condition=Q(held_fen__gte=0, held_fen__lte=F("total_fen"), held_count__lte=F("lines_count")),
            ),
        ]


class Confirmation(models.Model):
    """A township's word that its part of the list is right (乡镇确认); what it counted is kept with it."""

    run = models.ForeignKey(PayRun, models.PROTECT, related_name="confirmations", verbose_name="发放批次")
    division = models.CharField("乡镇", max_length=12)
    officer = models.CharField("确认人", max_length=60)
    confirmed_on = models.DateField("确认日期")
    lines_count = models.PositiveIntegerField("笔数")
    total_fen = models.BigIntegerField("金额（分）")

    class Meta:
        verbose_name = verbose_name_plural = "乡镇确认"
        constraints = [
            models.UniqueConstraint(name="a_township_confirms_once", fields=["run", "division"]),
            models.CheckConstraint(name="confirmed_by_somebody", condition=~Q(officer="")),
        ]


class CheckKind(models.TextChoices):
    """What is looked for before money goes out (发放前核对); the order is that of the page."""

    DEAD = "dead", "家中有人已故"
    OTHER_COUNTY = "other_county", "户籍或住处不在本县"
    ACCOUNT_MISSING = "account_missing", "没有银行账户"
    ACCOUNT_SHARED = "account_shared", "一个账号多户使用"
    ACCOUNT_REFUSED = "account_refused", "银行预核账户不符"
    NAME_DIFFERS = "name_differs", "户名不是家庭成员"
    ZERO = "zero", "金额为零"
    OVER_STANDARD = "over_standard", "金额超过标准的若干倍"
    ACCOUNT_CHANGED = "account_changed", "账户刚变更"
    KEEPING = "keeping", "代管代领待查"
    ALERT = "alert", "有预警属实或者待核实"


class Outcome(models.TextChoices):
    """What became of a finding before the run went on (处理结果)."""

    WAITING = "", "待处理"
    ACCEPTED = "accepted", "核实无误"
    HELD = "held", "暂缓发放"
    FIXED = "fixed", "已更正"


class Finding(models.Model):
    """A household that a check before payment found (核对发现), and what was done about it."""

    run = models.ForeignKey(PayRun, models.PROTECT, related_name="findings", verbose_name="发放批次")
    household = models.ForeignKey("registry.Household", models.PROTECT, related_name="+", verbose_name="家庭")
    division = models.CharField("区划", max_length=12, db_index=True)
    kind = models.CharField("核对项", max_length=20, choices=CheckKind.choices)
    detail = models.CharField("发现", max_length=200)
    outcome = models.CharField("处理结果", max_length=10, choices=Outcome.choices, blank=True, default="")
    reason = models.CharField("处理说明", max_length=200, blank=True)
    officer = models.CharField("处理人", max_length=60, blank=True)
    settled_on = models.DateField("处理日期", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "核对发现"
        constraints = [
            models.UniqueConstraint(name="a_finding_of_a_kind_once", fields=["run", "household", "kind"]),
            models.CheckConstraint(
                name="a_settled_finding_says_why",
                condition=Q(outcome="", reason="", officer="", settled_on__isnull=True)
                | (~Q(outcome="") & ~Q(reason="") & ~Q(officer="") & Q(settled_on__isnull=False)),
            ),
            # what has no account cannot go out, whoever says that it may
            models.CheckConstraint(
                name="no_account_is_not_accepted", condition=~Q(kind="account_missing", outcome="accepted")
            ),
        ]


class CheckSigned(models.Model):
    """The signature under one check of a run (核对签认): how many it found, and that each is settled."""

    run = models.ForeignKey(PayRun, models.PROTECT, related_name="signatures", verbose_name="发放批次")
    division = models.CharField("区划", max_length=12)
    kind = models.CharField("核对项", max_length=20, choices=CheckKind.choices)
    found = models.PositiveIntegerField("发现")
    officer = models.CharField("签认人", max_length=60)
    signed_on = models.DateField("签认日期")

    class Meta:
        verbose_name = verbose_name_plural = "核对签认"
        constraints = [
            models.UniqueConstraint(name="a_check_is_signed_once", fields=["run", "kind"]),
            models.CheckConstraint(name="signed_by_somebody", condition=~Q(officer="")),
        ]
