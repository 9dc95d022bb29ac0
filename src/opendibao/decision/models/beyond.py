"""除了是和否: who is a low-income household, what else a family was referred to, what went wrong and why."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from opendibao.decision.models.decisions import Decision


class LowIncomeKind(models.TextChoices):
    """Which low-income household it is (低收入家庭类别, 社会救助法 第二十一、二十二条)."""

    EDGE = "edge", "低保边缘家庭"
    RIGID = "rigid_expenditure", "刚性支出困难家庭"


class LowIncomeEntry(models.Model):
    """A household recognised as 低保边缘 or 刚性支出困难 (低收入家庭登记), valid for a time and checked again.

    `facts` and `rule_set` are those on which the rules answered, as with a decision. The first entry rests on the
    decision of its case; one after a re-check has a `former` one and says in `words` who looked and what he found.
    """

    number = models.CharField("登记号", max_length=40, unique=True)
    household = models.ForeignKey(
        "registry.Household", models.PROTECT, related_name="low_income_entries", verbose_name="家庭"
    )
    case = models.ForeignKey("intake.Case", models.PROTECT, related_name="low_income_entries", verbose_name="案件")
    division = models.CharField("区划", max_length=12, db_index=True)
    area = models.CharField("城乡", max_length=5, choices=[("rural", "农村"), ("urban", "城镇")])
    kind = models.CharField("低收入家庭类别", max_length=20, choices=LowIncomeKind.choices)
    persons = models.PositiveSmallIntegerField("人数")
    facts = models.JSONField("核定情况", default=dict)
    rule_set = models.CharField("规则版本", max_length=64)
    recognised_on = models.DateField("认定日期")
    recognised_by = models.CharField("认定人", max_length=60)
    former = models.OneToOneField("self", models.PROTECT, null=True, related_name="later", verbose_name="上次登记")
    words = models.CharField("复查情况", max_length=200, blank=True)
    valid_until = models.DateField("有效期至")
    recheck_by = models.DateField("复查期限")
    ended_on = models.DateField("失效日期", null=True)
    end_reason = models.CharField(
        "失效原因",
        max_length=12,
        blank=True,
        choices=[
            ("expired", "有效期满"), ("renewed", "续期认定"), ("dibao", "纳入低保"), ("over", "不再符合条件"),
            ("moved", "迁出本县"), ("death", "人员死亡"),
        ],
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "低收入家庭登记"
        constraints = [
            models.UniqueConstraint(
                name="one_low_income_entry_in_force", fields=["household"], condition=Q(ended_on__isnull=True)
            ),
            models.CheckConstraint(
                name="low_income_days_in_order",
                condition=Q(valid_until__gt=F("recognised_on"), recheck_by__gt=F("recognised_on"))
                & Q(recheck_by__lte=F("valid_until")),
            ),
            models.CheckConstraint(
                name="low_income_recheck_has_words",
                condition=Q(former__isnull=True, words="") | (Q(former__isnull=False) & ~Q(words="")),
            ),
            models.CheckConstraint(
                name="low_income_ends_for_a_reason",
                condition=Q(ended_on__isnull=True, end_reason="")
                | (Q(ended_on__isnull=False, ended_on__gte=F("recognised_on")) & ~Q(end_reason="")),
            ),
        ]


class Referral(models.Model):
    """A family is referred to another kind of help (转介); `kind` is the code of `rules.also`."""

    household = models.ForeignKey("registry.Household", models.PROTECT, related_name="referrals", verbose_name="家庭")
    case = models.ForeignKey("intake.Case", models.PROTECT, null=True, related_name="referrals", verbose_name="案件")
    division = models.CharField("区划", max_length=12, db_index=True)
    kind = models.CharField("救助种类", max_length=30)
    because = models.CharField("转介理由", max_length=200)
    office = models.CharField("受转部门", max_length=60)
    referred_on = models.DateField("转介日期")
    referred_by = models.CharField("转介人", max_length=60)
    due_on = models.DateField("催办日期")
    closed_on = models.DateField("办结日期", null=True)
    outcome = models.CharField(
        "转介结果",
        max_length=12,
        blank=True,
        choices=[
            ("granted", "已给予救助"), ("refused", "不符合条件"), ("declined", "家庭不申请"),
            ("unanswered", "没有回复"),
        ],
    )  # fmt: skip
    words = models.CharField("结果说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "转介"
        constraints = [
            models.UniqueConstraint(
                name="one_open_referral_of_a_kind", fields=["household", "kind"], condition=Q(closed_on__isnull=True)
            ),
            models.CheckConstraint(
                name="referral_closes_with_an_outcome",
                condition=Q(closed_on__isnull=True, outcome="", words="")
                | (Q(closed_on__isnull=False, closed_on__gte=F("referred_on")) & ~Q(outcome="") & ~Q(words="")),
            ),
        ]


EXEMPTIONS = [
    ("fair", "秉持公心，没有为自己或他人谋利"), ("dutiful", "按程序办理，能查的都查了"),
    ("objective", "失误出于客观原因"), ("corrected", "发现后及时纠正"),
]  # fmt: skip
"""All that the law asks before somebody who erred is exempt (57号 第三十九条)."""


class Inquiry(models.Model):
    """A finding that a decision was wrong and what was found out about it (问责核查, 57号 第三十九条).

    `conditions` are those of the exemption that were found; 尽职免责 needs all of them.
    """

    household = models.ForeignKey("registry.Household", models.PROTECT, related_name="inquiries", verbose_name="家庭")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="inquiries", verbose_name="决定")
    division = models.CharField("区划", max_length=12, db_index=True)
    finding = models.CharField(
        "发现的问题",
        max_length=12,
        choices=[
            ("wrongly_in", "错保"), ("wrongly_out", "漏保"), ("wrong_amount", "金额有误"), ("corrected", "已更正"),
        ],
    )  # fmt: skip
    source = models.CharField(
        "发现来源",
        max_length=12,
        choices=[
            ("review", "定期复核"), ("complaint", "投诉举报"), ("match", "信息核对"), ("sample", "准确性抽查"),
            ("audit", "审计监督"),
        ],
    )  # fmt: skip
    words = models.CharField("问题情况", max_length=300)
    opened_on = models.DateField("立项日期")
    opened_by = models.CharField("立项人", max_length=60)
    due_on = models.DateField("核查期限")
    closed_on = models.DateField("办结日期", null=True)
    closed_by = models.CharField("办结人", max_length=60, blank=True)
    outcome = models.CharField(
        "核查结论",
        max_length=12,
        blank=True,
        choices=[
            ("no_fault", "没有过错"), ("exempt", "尽职免责"), ("educated", "批评教育"), ("handed_on", "移交追责"),
        ],
    )  # fmt: skip
    reason = models.CharField("结论理由", max_length=300, blank=True)
    conditions = ArrayField(
        models.CharField("免责条件", max_length=12, choices=EXEMPTIONS), default=list, verbose_name="免责条件"
    )
    topic = models.CharField("培训主题", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "问责核查"
        constraints = [
            models.UniqueConstraint(
                name="one_open_inquiry_per_decision", fields=["decision"], condition=Q(closed_on__isnull=True)
            ),
            models.CheckConstraint(
                name="inquiry_closes_with_a_reason",
                condition=Q(closed_on__isnull=True, closed_by="", outcome="", reason="", topic="", conditions__len=0)
                | (
                    Q(closed_on__isnull=False, closed_on__gte=F("opened_on"))
                    & ~Q(closed_by="")
                    & ~Q(outcome="")
                    & ~Q(reason="")
                ),
            ),
            models.CheckConstraint(
                name="exempt_on_every_condition",
                condition=~Q(outcome="exempt") | Q(conditions__contains=[code for code, _words in EXEMPTIONS]),
            ),
            models.CheckConstraint(name="inquiry_names_the_finding", condition=~Q(words="")),
        ]
