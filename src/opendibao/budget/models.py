"""预算: what the year should cost, by formula, beside what was approved."""

from django.db import models
from django.db.models import Q


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
