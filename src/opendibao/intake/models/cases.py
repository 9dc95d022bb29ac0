"""线索与案件: families found by others; one application or re-verification from its first day to its end."""

from django.db import models
from django.db.models import Q

from opendibao.intake.states import ENDED, CaseState


class Lead(models.Model):
    """A family found by somebody who is not its applicant (主动发现线索, 57号 第六条)."""

    division = models.CharField("区划", max_length=12, db_index=True)
    source = models.CharField(
        "来源",
        max_length=20,
        choices=[("grid", "网格员"), ("village", "村社区干部"), ("volunteer", "志愿者"), ("hotline", "热线")],
    )
    found_on = models.DateField("发现日期")
    summary = models.CharField("情况", max_length=200)
    contacted_on = models.DateField("联系日期", null=True)
    outcome = models.CharField(
        "结果",
        max_length=20,
        blank=True,
        choices=[
            ("informed", "已告知政策"),
            ("applied", "已申请"),
            ("not_in_need", "不需要"),
            ("temporary_help", "转临时救助"),
        ],
    )
    household = models.ForeignKey("registry.Household", models.PROTECT, null=True, verbose_name="家庭")

    class Meta:
        verbose_name = verbose_name_plural = "主动发现线索"
        constraints = [
            models.CheckConstraint(
                name="contacted_with_an_outcome",
                condition=Q(contacted_on__isnull=True, outcome="")
                # a missing day would make the comparison unknown, and a check lets the unknown pass
                | (Q(contacted_on__isnull=False, contacted_on__gte=models.F("found_on")) & ~Q(outcome="")),
            ),
        ]


class Case(models.Model):
    """One application or re-verification of one household, from acceptance to its end (案件).

    `procedure` names the procedure profile in force when it was accepted and `gates` is what that profile asked then,
    kept with the case (see policy.procedures); empty before acceptance.
    """

    number = models.CharField("案号", max_length=24, unique=True)
    kind = models.CharField("种类", max_length=12, choices=[("application", "申请"), ("review", "复核")])
    household = models.ForeignKey("registry.Household", models.PROTECT, related_name="cases", verbose_name="家庭")
    division = models.CharField("区划", max_length=12, db_index=True)
    area = models.CharField("城乡", max_length=5, choices=[("rural", "农村"), ("urban", "城镇")])
    state = models.CharField("状态", max_length=12, choices=CaseState.choices, default=CaseState.SUBMITTED)
    channel = models.CharField(
        "渠道",
        max_length=10,
        choices=[
            ("counter", "窗口"),
            ("helper", "代办"),
            ("online", "网上"),
            ("lead", "主动发现"),
            ("review", "定期复核"),
        ],
    )
    applied_on = models.DateField("申请日期")
    accepted_on = models.DateField("受理日期", null=True)
    closed_on = models.DateField("办结日期", null=True)
    declared = models.JSONField("申报", default=dict)
    lead = models.ForeignKey(Lead, models.PROTECT, null=True, verbose_name="线索")
    applicant = models.CharField("申请人", max_length=60, blank=True)
    accepted_by = models.CharField("受理人", max_length=60, blank=True)
    procedure = models.CharField("程序", max_length=40, blank=True)
    gates = models.JSONField("程序要求", default=dict)
    extended_on = models.DateField("延长日期", null=True)
    extension_reason = models.CharField("延长理由", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "案件"
        constraints = [
            models.UniqueConstraint(
                name="one_open_case_per_household",
                fields=["household"],
                condition=~Q(state__in=list(ENDED)),
            ),
            models.CheckConstraint(
                name="accepted_not_before_applied",
                condition=Q(accepted_on__isnull=True) | Q(accepted_on__gte=models.F("applied_on")),
            ),
            models.CheckConstraint(
                name="extended_with_a_reason",
                condition=Q(extended_on__isnull=True, extension_reason="")
                | (Q(extended_on__isnull=False, accepted_on__isnull=False) & ~Q(extension_reason="")),
            ),
        ]
