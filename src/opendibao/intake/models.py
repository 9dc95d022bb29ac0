"""受理: leads, cases, declarations, consents."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from opendibao.intake.states import CaseState


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
    """One application or re-verification of one household, from acceptance to its end (案件)."""

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

    class Meta:
        verbose_name = verbose_name_plural = "案件"
        constraints = [
            models.UniqueConstraint(
                name="one_open_case_per_household",
                fields=["household"],
                condition=~Q(state__in=[CaseState.CONFIRMED, CaseState.REFUSED, CaseState.WITHDRAWN, CaseState.KEPT]),
            ),
            models.CheckConstraint(
                name="accepted_not_before_applied",
                condition=Q(accepted_on__isnull=True) | Q(accepted_on__gte=models.F("applied_on")),
            ),
        ]


class Consent(models.Model):
    """Signed authorisation to match (核对授权书, 57号 第九条); every adult member signs."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="consents", verbose_name="案件")
    person = models.ForeignKey("registry.Person", models.PROTECT, verbose_name="人员")
    division = models.CharField("区划", max_length=12, db_index=True)
    signed_on = models.DateField("签字日期")
    scope = ArrayField(models.CharField("范围", max_length=30), default=list, verbose_name="授权范围")

    class Meta:
        verbose_name = verbose_name_plural = "核对授权书"
        constraints = [models.UniqueConstraint(name="one_consent_per_person_and_case", fields=["case", "person"])]
