"""说明和异议: what the family said of a hit, and the re-check that its objection asks for (57号 第十八条)."""

from django.db import models
from django.db.models import F, Q

from opendibao.verification.models.matching import MatchResult


class MatchExplanation(models.Model):
    """What the family said of what a department knows (听取说明), with the paper it showed; kept as it was said."""

    match = models.ForeignKey(MatchResult, models.PROTECT, related_name="explanations", verbose_name="核对结果")
    division = models.CharField("区划", max_length=12, db_index=True)
    said_by = models.CharField("说明人", max_length=60)
    said_on = models.DateField("说明日期")
    words = models.CharField("说明内容", max_length=300)
    heard_by = models.CharField("听取人", max_length=60)
    paper = models.ForeignKey("intake.Attachment", models.PROTECT, null=True, related_name="+", verbose_name="说明材料")

    class Meta:
        verbose_name = verbose_name_plural = "家庭说明"
        constraints = [
            models.CheckConstraint(
                name="an_explanation_says_something",
                condition=Q(said_by__regex=r"\S", words__regex=r"\S", heard_by__regex=r"\S"),
            ),
        ]


class RecheckOutcome(models.TextChoices):
    """What a re-check at an objection came to (复查结果)."""

    UPHELD = "upheld", "维持核对结果"
    CHANGED = "changed", "更正核对结果"
    WITHDRAWN = "withdrawn", "撤销核对结果"


_OPEN = Q(outcome="", settled_on__isnull=True, settled_by="", findings="", letter__isnull=True)


class MatchRecheck(models.Model):
    """A family objects to what was found about it and the county looks again (异议复查, 57号 第十八条).

    `due_on`: by when the family is told; `before`: what the answer said until it was changed; `letter`: what was told.
    """

    match = models.ForeignKey(MatchResult, models.PROTECT, related_name="rechecks", verbose_name="核对结果")
    division = models.CharField("区划", max_length=12, db_index=True)
    objector = models.CharField("异议人", max_length=60)
    objected_on = models.DateField("异议日期")
    ground = models.CharField("异议理由", max_length=300)
    paper = models.ForeignKey("intake.Attachment", models.PROTECT, null=True, related_name="+", verbose_name="证明材料")
    registered_by = models.CharField("登记人", max_length=60)
    due_on = models.DateField("应告知日期")
    outcome = models.CharField("复查结果", max_length=10, choices=RecheckOutcome.choices, blank=True)
    settled_on = models.DateField("复查日期", null=True)
    settled_by = models.CharField("复查人", max_length=60, blank=True)
    findings = models.CharField("复查情况", max_length=300, blank=True)
    before = models.JSONField("更正前内容", default=dict)
    letter = models.ForeignKey(
        "intake.CaseLetter", models.PROTECT, null=True, related_name="+", verbose_name="复查结果告知书"
    )

    class Meta:
        verbose_name = verbose_name_plural = "异议复查"
        constraints = [
            models.UniqueConstraint(name="one_open_recheck_of_a_match", fields=["match"], condition=Q(outcome="")),
            models.CheckConstraint(
                name="an_objection_says_why",
                condition=Q(objector__regex=r"\S", ground__regex=r"\S", registered_by__regex=r"\S"),
            ),
            models.CheckConstraint(
                name="recheck_is_due_after_the_objection", condition=Q(due_on__gte=F("objected_on"))
            ),
            models.CheckConstraint(
                name="a_recheck_is_settled_whole",
                condition=_OPEN
                | Q(
                    outcome__in=["upheld", "changed", "withdrawn"],
                    settled_on__gte=F("objected_on"),
                    settled_by__regex=r"\S",
                    findings__regex=r"\S",
                    letter__isnull=False,
                ),
            ),
        ]
