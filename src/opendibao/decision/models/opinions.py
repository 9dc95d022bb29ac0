"""初审与听取: the township's first opinion, the county's own visit, the family heard before less or nothing."""

from django.db import models
from django.db.models import F, Q


class FirstOpinion(models.Model):
    """The township's first opinion on a case (初审意见); the last one of a case counts.

    `reported_on` is the day the county received it: its ten working days run from there (57号 第二十条).
    """

    case = models.ForeignKey("intake.Case", models.PROTECT, related_name="opinions", verbose_name="案件")
    sequence = models.PositiveSmallIntegerField("第几次", default=1)
    division = models.CharField("区划", max_length=12, db_index=True)
    view = models.CharField("初审意见", max_length=10, choices=[("grant", "拟同意"), ("refuse", "拟不同意")])
    persons = models.PositiveSmallIntegerField("人数")
    proposed_fen = models.BigIntegerField("拟保障金额（分）")
    reason = models.CharField("理由", max_length=300, blank=True)
    given_on = models.DateField("提出日期")
    handler = models.CharField("经办", max_length=60)
    leader = models.CharField("乡镇负责人", max_length=60, blank=True)
    reported_on = models.DateField("报县日期", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "初审意见"
        constraints = [
            models.UniqueConstraint(name="one_opinion_a_turn", fields=["case", "sequence"]),
            models.CheckConstraint(
                name="a_grant_names_its_amount",
                condition=Q(view="grant", persons__gt=0, proposed_fen__gt=0) | Q(view="refuse", proposed_fen=0),
            ),
            models.CheckConstraint(
                name="reported_after_given", condition=Q(reported_on__isnull=True) | Q(reported_on__gte=F("given_on"))
            ),
        ]


class CountyVisit(models.Model):
    """The county's own visit to a family before it decides (县级入户核查, 57号 第二十条)."""

    case = models.ForeignKey("intake.Case", models.PROTECT, related_name="county_visits", verbose_name="案件")
    division = models.CharField("区划", max_length=12, db_index=True)
    ground = models.CharField(
        "核查事由",
        max_length=10,
        choices=[("relative", "近亲属备案"), ("complaint", "投诉举报"), ("sample", "抽查"), ("doubt", "材料存疑")],
    )
    visited_on = models.DateField("核查日期")
    first_visitor = models.CharField("核查人", max_length=60)
    second_visitor = models.CharField("第二核查人", max_length=60)
    agrees = models.BooleanField("与乡镇调查一致")
    words = models.CharField("核查情况", max_length=300)

    class Meta:
        verbose_name = verbose_name_plural = "县级入户核查"
        constraints = [
            models.CheckConstraint(name="two_different_visitors", condition=~Q(first_visitor=F("second_visitor"))),
            models.CheckConstraint(name="a_visit_has_words", condition=~Q(words="")),
        ]


class Hearing(models.Model):
    """The family is heard before its money is reduced or stopped (听取意见, 社会救助法 第四十八条)."""

    case = models.OneToOneField("intake.Case", models.PROTECT, related_name="hearing", verbose_name="案件")
    division = models.CharField("区划", max_length=12, db_index=True)
    told_on = models.DateField("告知日期")
    proposal = models.CharField("拟作决定", max_length=200)
    heard_on = models.DateField("听取日期", null=True)
    way = models.CharField(
        "听取方式",
        max_length=10,
        blank=True,
        choices=[("meeting", "当面"), ("phone", "电话"), ("written", "书面"), ("silent", "到期未提意见")],
    )
    words = models.CharField("家庭意见", max_length=500, blank=True)
    considered = models.CharField("采纳情况", max_length=300, blank=True)
    heard_by = models.CharField("听取人", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "听取意见"
        constraints = [
            models.CheckConstraint(
                name="heard_with_words_and_answer",
                condition=Q(heard_on__isnull=True, way="", words="", considered="", heard_by="")
                | (
                    Q(heard_on__isnull=False, heard_on__gte=F("told_on"))
                    & ~Q(way="")
                    & ~Q(considered="")
                    & ~Q(heard_by="")
                    & (~Q(words="") | Q(way="silent"))
                ),
            ),
        ]
