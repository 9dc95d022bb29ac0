"""代领: who may collect for a family, by which written agreement, until when, and the yearly look at it."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from opendibao.registry.models.papers import HouseholdPaper
from opendibao.registry.models.register import Household


class ProxyRelation(models.TextChoices):
    """What the proxy is to the family (与家庭关系)."""

    MEMBER = "member", "共同生活的家庭成员"
    KIN = "kin", "不共同生活的亲属"
    GUARDIAN = "guardian", "监护人"
    VILLAGE = "village", "村（居）委会工作人员"
    HOME = "home", "养老或供养机构"
    NEIGHBOUR = "neighbour", "邻居"
    OTHER = "other", "其他"


class ProxyReason(models.TextChoices):
    """Why the family does not collect itself (代领原因)."""

    OLD = "old", "年老行动不便"
    ILL = "ill", "重病卧床"
    DISABLED = "disabled", "残疾"
    CAPACITY = "capacity", "无民事行为能力或限制民事行为能力"
    MINOR = "minor", "未成年"
    AWAY = "away", "外出或住院"
    OTHER = "other", "其他"


class ReviewWay(models.TextChoices):
    """How it was looked at (核查方式)."""

    VISIT = "visit", "入户"
    TELEPHONE = "telephone", "电话"
    WINDOW = "window", "窗口"


class Proxy(models.Model):
    """Somebody who collects for a family (代领人); `takes_account`: the money may go to an account in his own name.

    The agreement is signed with a member of the household; the county takes note of it by another officer (备案).
    """

    household = models.ForeignKey(Household, models.PROTECT, related_name="proxies", verbose_name="家庭")
    division = models.CharField("区划", max_length=12, db_index=True)
    name = models.CharField("代领人", max_length=60)
    id_number = models.CharField("身份证号", max_length=18)
    phone = models.CharField("电话", max_length=20)
    relation = models.CharField("与家庭关系", max_length=10, choices=ProxyRelation.choices)
    reason = models.CharField("代领原因", max_length=10, choices=ProxyReason.choices)
    reason_note = models.CharField("原因说明", max_length=200, blank=True)
    takes_account = models.BooleanField("可打入代领人账户", default=False)
    agreed_by = models.CharField("签字的家庭成员", max_length=60)
    agreed_on = models.DateField("协议日期")
    paper = models.ForeignKey(HouseholdPaper, models.PROTECT, related_name="+", verbose_name="协议附件")
    since = models.DateField("开始日期")
    until = models.DateField("截止日期", null=True)
    made_by = models.CharField("经办人", max_length=60)
    made_on = models.DateField("登记日期")
    filed_by = models.CharField("备案人", max_length=60, blank=True)
    filed_on = models.DateField("备案日期", null=True)
    filed_note = models.CharField("备案说明", max_length=200, blank=True)
    ended_by = models.CharField("终止经办人", max_length=60, blank=True)
    end_reason = models.CharField("终止原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "代领人"
        constraints = [
            models.CheckConstraint(
                name="proxy_says_who", condition=Q(name__regex=r"\S", phone__regex=r"\S", agreed_by__regex=r"\S")
            ),
            models.CheckConstraint(
                name="proxy_days_in_order",
                condition=Q(since__gte=F("agreed_on")) & (Q(until__isnull=True) | Q(until__gte=F("since"))),
            ),
            models.CheckConstraint(
                name="proxy_other_reason_is_told", condition=~Q(reason="other") | Q(reason_note__regex=r"\S")
            ),
            models.CheckConstraint(
                name="proxy_filed_by_another",
                condition=Q(filed_by="", filed_on__isnull=True, filed_note="")
                | Q(filed_by__regex=r"\S", filed_on__isnull=False, filed_on__gte=F("made_on"))
                & ~Q(filed_by=F("made_by"))
                & ~Q(filed_by=F("name")),
            ),
            models.CheckConstraint(
                name="proxy_ended_with_a_reason",
                condition=Q(ended_by="", end_reason="")
                | Q(ended_by__regex=r"\S", end_reason__regex=r"\S", until__isnull=False),
            ),
            ExclusionConstraint(
                name="proxy_once_at_a_time",
                expressions=[
                    ("household", RangeOperators.EQUAL),
                    ("id_number", RangeOperators.EQUAL),
                    (
                        Func("since", "until", Value("[]"), function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]


class ProxyReview(models.Model):
    """The yearly look at a proxy (代领年度复核): whether the family still wants it and gets its money."""

    proxy = models.ForeignKey(Proxy, models.PROTECT, related_name="reviews", verbose_name="代领人")
    reviewed_on = models.DateField("复核日期")
    reviewed_by = models.CharField("复核人", max_length=60)
    way = models.CharField("核查方式", max_length=10, choices=ReviewWay.choices)
    spoken_with = models.CharField("询问的家庭成员", max_length=60)
    goes_on = models.BooleanField("继续代领")
    note = models.CharField("复核情况", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "代领年度复核"
        constraints = [
            models.UniqueConstraint(name="one_proxy_review_a_day", fields=["proxy", "reviewed_on"]),
            models.CheckConstraint(
                name="proxy_review_says_what", condition=Q(spoken_with__regex=r"\S", note__regex=r"\S")
            ),
        ]
