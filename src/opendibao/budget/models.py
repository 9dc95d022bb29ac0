"""预算和资金: what the year should cost, by formula, beside what was approved; and the money that came for it."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import ExtractYear


class BudgetLine(models.Model):
    """One area's budget of a year (预算): the formula's inputs, its result, and the approved amount."""

    year = models.PositiveSmallIntegerField("年度")
    division = models.CharField("区划", max_length=12)
    area = models.CharField("城乡", max_length=5, choices=[("rural", "农村"), ("urban", "城镇")])
    last_year_persons = models.PositiveIntegerField("上年人数")
    standard_fen = models.BigIntegerField("月标准（分）")
    average_benefit_fen = models.BigIntegerField("上年人均月补助（分）")
    price_factor_bp = models.PositiveIntegerField("物价系数（万分比）")
    expected_entries = models.PositiveIntegerField("预计新增人数")
    reserve_bp = models.PositiveIntegerField("预备比例（万分比）")
    proposed_fen = models.BigIntegerField("测算数（分）")
    approved_fen = models.BigIntegerField("批复数（分）")
    approved_on = models.DateField("批复日期")

    class Meta:
        verbose_name = verbose_name_plural = "预算"
        constraints = [
            models.UniqueConstraint(name="one_budget_per_year_and_area", fields=["year", "division", "area"]),
            models.CheckConstraint(
                name="budget_is_not_negative",
                condition=Q(standard_fen__gte=0, average_benefit_fen__gte=0, proposed_fen__gte=0, approved_fen__gte=0),
            ),
        ]


class FundArrival(models.Model):
    """到位资金: money of one level of government as its paper says it came; a red entry takes some of it back.

    `year` is the budget it belongs to: money that came before that year is there from its first day on. A county that
    begins keeping arrivals enters what was left from before once, as 上年结转; later years' carry-over is counted.
    `entry_no` counts up where the former entry of the same paper was wrong and is wholly taken back.
    """

    year = models.PositiveSmallIntegerField("预算年度")
    division = models.CharField("区划", max_length=12)
    level = models.CharField(
        "预算级次", max_length=8,
        choices=[("central", "中央"), ("province", "省级"), ("city", "市级"), ("county", "县级")],
    )  # fmt: skip
    source = models.CharField(
        "资金来源", max_length=10, choices=[("allocation", "当年安排"), ("carried", "上年结转")], default="allocation"
    )
    area = models.CharField(
        "城乡", max_length=5, blank=True, default="",
        choices=[("", "不分城乡"), ("rural", "农村"), ("urban", "城镇")],
    )  # fmt: skip
    number = models.CharField("文号", max_length=60)
    entry_no = models.PositiveSmallIntegerField("第几次登记", default=1)
    amount_fen = models.BigIntegerField("金额（分）")
    arrived_on = models.DateField("到位日期")
    due_on = models.DateField("应到位日期", null=True)
    text = models.CharField("摘要", max_length=100, blank=True)
    officer = models.CharField("登记人", max_length=60)
    takes_back = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="reds", verbose_name="冲回的到位资金"
    )

    class Meta:
        verbose_name = verbose_name_plural = "到位资金"
        constraints = [
            models.UniqueConstraint(
                name="an_arrival_is_entered_once",
                fields=["division", "year", "number", "level", "area", "arrived_on", "entry_no"],
                condition=Q(amount_fen__gt=0),
            ),
            models.CheckConstraint(
                name="a_red_arrival_takes_one_back",
                condition=Q(amount_fen__gt=0, takes_back__isnull=True) | Q(amount_fen__lt=0, takes_back__isnull=False),
            ),
            models.CheckConstraint(
                name="the_county_share_has_its_day",
                condition=Q(level="county", source="allocation", amount_fen__gt=0, due_on__isnull=False)
                | (~Q(level="county", source="allocation", amount_fen__gt=0) & Q(due_on__isnull=True)),
            ),
            models.CheckConstraint(name="an_arrival_says_its_paper", condition=~Q(number="") & ~Q(officer="")),
            # a mistyped year would begin the keeping of arrivals years ago, and nothing could be sent any more
            models.CheckConstraint(
                name="an_arrival_is_of_a_year_near_its_day",
                condition=Q(takes_back__isnull=False)
                | Q(year__gte=ExtractYear("arrived_on") - 1, year__lte=ExtractYear("arrived_on") + 1),
            ),
        ]
