"""价格临时补贴: prices rose so far that those in force get something besides for a month (社会救助法 第三十二条)."""

from django.db import models
from django.db.models import F, Q


class PriceState(models.TextChoices):
    """Where a price supplement stands (价格临时补贴状态)."""

    PROPOSED = "proposed", "已提出"
    APPROVED = "approved", "已批准"
    WITHDRAWN = "withdrawn", "已撤回"


class PriceSupplement(models.Model):
    """价格临时补贴 for a month: the indices of `index_month` as published, what they set off, and how much a person.

    Rises and thresholds are basis points over the same month of the year before. `rise_bp` is the rise that counts;
    the amounts a person are standard × rise, computed. Who is in force in `month` gets it, by `due_on`.
    """

    division = models.CharField("区划", max_length=12, db_index=True)
    index_month = models.DateField("指数月")
    month = models.DateField("补贴月")
    cpi_bp = models.IntegerField("居民消费价格同比涨幅（万分比）")
    food_bp = models.IntegerField("食品价格同比涨幅（万分比）")
    basic_bp = models.IntegerField("低收入居民基本生活费用同比涨幅（万分比）", null=True)
    cpi_trigger_bp = models.PositiveIntegerField("居民消费价格启动条件（万分比）")
    food_trigger_bp = models.PositiveIntegerField("食品价格启动条件（万分比）")
    rise_bp = models.PositiveIntegerField("计算用的涨幅（万分比）")
    rural_standard_fen = models.BigIntegerField("农村标准（分）")
    urban_standard_fen = models.BigIntegerField("城镇标准（分）")
    rural_fen = models.BigIntegerField("农村每人补贴（分）")
    urban_fen = models.BigIntegerField("城镇每人补贴（分）")
    source = models.CharField("依据", max_length=200)
    is_verified = models.BooleanField("已与原文核对")
    published_on = models.DateField("指数发布日期")
    due_on = models.DateField("到账期限")
    state = models.CharField("价格临时补贴状态", max_length=10, choices=PriceState.choices, default=PriceState.PROPOSED)
    proposed_on = models.DateField("提出日期")
    proposed_by = models.CharField("提出人", max_length=60)
    approved_on = models.DateField("批准日期", null=True)
    approver = models.CharField("批准人", max_length=60, blank=True)
    withdrawn_on = models.DateField("撤回日期", null=True)
    withdrawn_by = models.CharField("撤回人", max_length=60, blank=True)
    withdrawn_reason = models.CharField("撤回理由", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "价格临时补贴"
        constraints = [
            models.UniqueConstraint(
                name="one_price_supplement_a_month", fields=["division", "month"],
                condition=~Q(state=PriceState.WITHDRAWN),
            ),
            models.CheckConstraint(
                name="prices_rose_enough",
                condition=Q(cpi_bp__gte=F("cpi_trigger_bp")) | Q(food_bp__gte=F("food_trigger_bp")),
            ),
            models.CheckConstraint(
                name="price_supplement_is_positive", condition=Q(rural_fen__gt=0, urban_fen__gt=0, rise_bp__gt=0)
            ),
            models.CheckConstraint(
                name="price_months_are_first_days",
                condition=Q(index_month__day=1, month__day=1, month__gte=F("index_month")),
            ),
            models.CheckConstraint(name="price_approver_is_another", condition=~Q(proposed_by=F("approver"))),
            models.CheckConstraint(
                name="approved_price_says_by_whom",
                condition=Q(state__in=[PriceState.APPROVED, PriceState.WITHDRAWN], approved_on__gte=F("proposed_on"))
                & ~Q(approver="")
                | ~Q(state=PriceState.APPROVED) & Q(approved_on__isnull=True, approver=""),
            ),
            models.CheckConstraint(
                name="withdrawn_price_says_why",
                condition=Q(state=PriceState.WITHDRAWN, withdrawn_on__gte=F("proposed_on"))
                & ~Q(withdrawn_by="") & ~Q(withdrawn_reason="")
                | ~Q(state=PriceState.WITHDRAWN)
                & Q(withdrawn_on__isnull=True, withdrawn_by="", withdrawn_reason=""),
            ),
        ]  # fmt: skip
