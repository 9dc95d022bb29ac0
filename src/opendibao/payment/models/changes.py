"""变动: money ordered beside the monthly list, months in which nothing is paid, and what a family must give back."""

from django.db import models
from django.db.models import F, Q

from opendibao.payment.models.lines import ORDERED, PayLine
from opendibao.payment.models.runs import PayRun

SETTLED = [("", "待审批"), ("approved", "已批准"), ("refused", "不批准")]


def _settled() -> Q:
    """Nothing is said of a matter that waits; who decided, and when, of one that is settled; why, where refused."""
    return Q(outcome="", settled_by="", settled_on__isnull=True, note="") | (
        ~Q(outcome="") & ~Q(settled_by="") & Q(settled_on__isnull=False) & (Q(outcome="approved") | ~Q(note=""))
    )


def _by_another() -> Q:
    return Q(outcome="") | ~Q(settled_by=F("made_by"))


class PayOrder(models.Model):
    """应发依据: money for a month beside its regular line; approved by another officer it goes into the next run.

    `month` is the month it is for. The line that pays it has its household, month, kind and supplement number.
    """

    household = models.ForeignKey("registry.Household", models.PROTECT, related_name="pay_orders", verbose_name="家庭")
    decision = models.ForeignKey("decision.Decision", models.PROTECT, related_name="pay_orders", verbose_name="决定")
    division = models.CharField("区划", max_length=12, db_index=True)
    month = models.DateField("所属月")
    kind = models.CharField("种类", max_length=12, choices=ORDERED)
    supplement_no = models.PositiveSmallIntegerField("补发序号")
    amount_fen = models.BigIntegerField("金额（分）")
    cause = models.CharField("事由", max_length=200)
    made_by = models.CharField("经办人", max_length=60)
    made_on = models.DateField("提出日期")
    outcome = models.CharField("审批结果", max_length=10, blank=True, default="", choices=SETTLED)
    settled_by = models.CharField("审批人", max_length=60, blank=True)
    settled_on = models.DateField("审批日期", null=True)
    note = models.CharField("审批说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "应发依据"
        indexes = [models.Index(name="orders_by_outcome", fields=["outcome", "month"])]
        constraints = [
            models.UniqueConstraint(
                name="an_order_has_its_number", fields=["household", "month", "kind", "supplement_no"]
            ),
            models.UniqueConstraint(
                name="one_price_order_a_month",
                fields=["household", "month"],
                condition=Q(kind="price") & ~Q(outcome="refused"),
            ),
            models.CheckConstraint(name="order_amount_is_positive", condition=Q(amount_fen__gt=0)),
            models.CheckConstraint(name="order_month_is_first_day", condition=Q(month__day=1)),
            models.CheckConstraint(name="an_order_says_why", condition=~Q(cause="") & ~Q(made_by="")),
            models.CheckConstraint(name="a_settled_order_says_by_whom", condition=_settled()),
            models.CheckConstraint(name="an_order_is_settled_by_another", condition=_by_another()),
        ]


class Suspension(models.Model):
    """暂停发放: from `first_month` a household gets no line, until `until_month`, from which on it gets one again."""

    household = models.ForeignKey("registry.Household", models.PROTECT, related_name="suspensions", verbose_name="家庭")
    division = models.CharField("区划", max_length=12, db_index=True)
    first_month = models.DateField("暂停起始月")
    until_month = models.DateField("恢复发放月", null=True)
    cause = models.CharField("暂停事由", max_length=200)
    made_by = models.CharField("经办人", max_length=60)
    made_on = models.DateField("提出日期")
    outcome = models.CharField("审批结果", max_length=10, blank=True, default="", choices=SETTLED)
    settled_by = models.CharField("审批人", max_length=60, blank=True)
    settled_on = models.DateField("审批日期", null=True)
    note = models.CharField("审批说明", max_length=200, blank=True)
    lifted_by = models.CharField("恢复经办人", max_length=60, blank=True)
    lifted_on = models.DateField("恢复日期", null=True)
    lift_note = models.CharField("恢复说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "暂停发放"
        constraints = [
            models.UniqueConstraint(
                name="one_open_suspension",
                fields=["household"],
                condition=Q(until_month__isnull=True) & ~Q(outcome="refused"),
            ),
            models.CheckConstraint(
                name="suspension_months_are_first_days",
                condition=Q(first_month__day=1) & (Q(until_month__isnull=True) | Q(until_month__day=1)),
            ),
            models.CheckConstraint(
                name="a_suspension_ends_after_it_begins",
                condition=Q(until_month__isnull=True) | Q(until_month__gte=F("first_month")),
            ),
            models.CheckConstraint(name="a_suspension_says_why", condition=~Q(cause="") & ~Q(made_by="")),
            models.CheckConstraint(name="a_settled_suspension_says_by_whom", condition=_settled()),
            models.CheckConstraint(name="a_suspension_is_settled_by_another", condition=_by_another()),
            models.CheckConstraint(
                name="a_lifted_suspension_says_by_whom",
                condition=Q(until_month__isnull=True, lifted_by="", lifted_on__isnull=True, lift_note="")
                | (
                    Q(until_month__isnull=False, lifted_on__isnull=False, outcome="approved")
                    & ~Q(lifted_by="")
                    & ~Q(lift_note="")
                ),
            ),
            models.CheckConstraint(
                name="a_suspension_is_lifted_by_another", condition=Q(lifted_by="") | ~Q(lifted_by=F("made_by"))
            ),
        ]


class RecoveryCause(models.TextChoices):
    """Why a family must give money back (追缴事由): 社会救助法 第七十三、七十四条, 暂行办法 第六十八条."""

    FRAUD = "fraud", "虚报、隐瞒、伪造"
    KEPT = "kept", "调减、终止后仍占有"
    LATE = "late", "情况变化没有及时报告"
    DEATH = "death", "人员死亡后发放"
    MISTAKE = "mistake", "经办差错"


class Receivable(models.Model):
    """应追缴: what was paid beyond what was due; the amount is counted from paid lines and the deciding decision.

    `decision` is the one that says what was due from `since_month` on (nothing, where it stops). Repaid in cash, or
    set off against the coming months; where instalments were agreed, `monthly_fen` a month from `agreed_on` on.
    """

    household = models.ForeignKey("registry.Household", models.PROTECT, related_name="receivables", verbose_name="家庭")
    decision = models.ForeignKey("decision.Decision", models.PROTECT, related_name="receivables", verbose_name="决定")
    division = models.CharField("区划", max_length=12, db_index=True)
    area = models.CharField("城乡", max_length=5, choices=[("rural", "农村"), ("urban", "城镇")])
    since_month = models.DateField("追缴起始月")
    cause = models.CharField("追缴事由", max_length=10, choices=RecoveryCause.choices)
    words = models.CharField("情况说明", max_length=200)
    amount_fen = models.BigIntegerField("应追缴金额（分）")
    made_by = models.CharField("经办人", max_length=60)
    made_on = models.DateField("提出日期")
    outcome = models.CharField("审批结果", max_length=10, blank=True, default="", choices=SETTLED)
    settled_by = models.CharField("审批人", max_length=60, blank=True)
    settled_on = models.DateField("审批日期", null=True)
    note = models.CharField("审批说明", max_length=200, blank=True)
    due_on = models.DateField("退回期限", null=True)
    way = models.CharField(
        "退回方式", max_length=8, default="cash", choices=[("cash", "现金退回"), ("offset", "从以后月份抵扣")]
    )
    monthly_fen = models.BigIntegerField("约定每月退回（分）", null=True)
    agreed_on = models.DateField("约定日期", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "应追缴"
        constraints = [
            models.CheckConstraint(name="receivable_amount_is_positive", condition=Q(amount_fen__gt=0)),
            models.CheckConstraint(name="receivable_month_is_first_day", condition=Q(since_month__day=1)),
            models.CheckConstraint(name="a_receivable_says_why", condition=~Q(words="") & ~Q(made_by="")),
            models.CheckConstraint(name="a_settled_receivable_says_by_whom", condition=_settled()),
            models.CheckConstraint(name="a_receivable_is_settled_by_another", condition=_by_another()),
            models.CheckConstraint(
                name="an_approved_receivable_has_a_due_day",
                condition=Q(outcome="approved", due_on__isnull=False)
                | (~Q(outcome="approved") & Q(due_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="an_agreement_has_its_day",
                condition=Q(agreed_on__isnull=True, way="cash", monthly_fen__isnull=True)
                | (Q(agreed_on__isnull=False) & (Q(monthly_fen__isnull=True) | Q(monthly_fen__gt=0))),
            ),
        ]


class ReceivableMonth(models.Model):
    """A month of a receivable (追缴月份): what the family got for it and what was due; claimed once."""

    receivable = models.ForeignKey(Receivable, models.PROTECT, related_name="months", verbose_name="应追缴")
    household = models.ForeignKey("registry.Household", models.PROTECT, related_name="+", verbose_name="家庭")
    division = models.CharField("区划", max_length=12, db_index=True)
    month = models.DateField("月份")
    paid_fen = models.BigIntegerField("已发（分）")
    due_fen = models.BigIntegerField("应发（分）")
    is_refused = models.BooleanField("不批准", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "追缴月份"
        constraints = [
            models.UniqueConstraint(
                name="a_month_is_claimed_once", fields=["household", "month"], condition=Q(is_refused=False)
            ),
            models.CheckConstraint(
                name="more_was_paid_than_due", condition=Q(due_fen__gte=0, paid_fen__gt=F("due_fen"))
            ),
        ]


class Offset(models.Model):
    """抵扣: the part of a line that goes against a receivable; the instruction to the bank is the rest."""

    line = models.OneToOneField(PayLine, models.PROTECT, related_name="offset", verbose_name="发放明细")
    receivable = models.ForeignKey(Receivable, models.PROTECT, related_name="offsets", verbose_name="应追缴")
    run = models.ForeignKey(PayRun, models.PROTECT, related_name="offsets", verbose_name="发放批次")
    division = models.CharField("区划", max_length=12, db_index=True)
    fen = models.BigIntegerField("抵扣金额（分）")

    class Meta:
        verbose_name = verbose_name_plural = "抵扣"
        constraints = [models.CheckConstraint(name="offset_is_positive", condition=Q(fen__gt=0))]


class CashReturn(models.Model):
    """现金退回: what a family paid back, by receipt."""

    receivable = models.ForeignKey(Receivable, models.PROTECT, related_name="cash_returns", verbose_name="应追缴")
    division = models.CharField("区划", max_length=12, db_index=True)
    fen = models.BigIntegerField("退回金额（分）")
    receipt = models.CharField("收据号", max_length=40, unique=True)
    returned_on = models.DateField("退回日期")
    officer = models.CharField("登记人", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "现金退回"
        constraints = [
            models.CheckConstraint(name="cash_return_is_positive", condition=Q(fen__gt=0)),
            models.CheckConstraint(name="cash_return_has_a_receipt", condition=~Q(receipt="") & ~Q(officer="")),
        ]


class Waiver(models.Model):
    """困难减免: what is left of a receivable is given up for a family in hardship, approved by another officer."""

    receivable = models.ForeignKey(Receivable, models.PROTECT, related_name="waivers", verbose_name="应追缴")
    division = models.CharField("区划", max_length=12, db_index=True)
    fen = models.BigIntegerField("减免金额（分）")
    cause = models.CharField("困难情况", max_length=200)
    made_by = models.CharField("经办人", max_length=60)
    made_on = models.DateField("提出日期")
    outcome = models.CharField("审批结果", max_length=10, blank=True, default="", choices=SETTLED)
    settled_by = models.CharField("审批人", max_length=60, blank=True)
    settled_on = models.DateField("审批日期", null=True)
    note = models.CharField("审批说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "困难减免"
        constraints = [
            models.UniqueConstraint(name="one_open_waiver", fields=["receivable"], condition=Q(outcome="")),
            models.CheckConstraint(name="waiver_is_positive", condition=Q(fen__gt=0)),
            models.CheckConstraint(name="a_waiver_says_why", condition=~Q(cause="") & ~Q(made_by="")),
            models.CheckConstraint(name="a_settled_waiver_says_by_whom", condition=_settled()),
            models.CheckConstraint(name="a_waiver_is_settled_by_another", condition=_by_another()),
        ]
