"""信息核对: what departments answered about the members of a case, and what was made of each hit."""

from django.db import models
from django.db.models import F, Q


class MatchOutcome(models.TextChoices):
    """What a department's data said of a person (核对结果); silence is never evidence."""

    HIT = "hit", "核到信息"
    NO_HIT = "no_hit", "已核无记录"
    NOT_CHECKED = "not_checked", "未核到"


class MatchResult(models.Model):
    """One department's answer about one member (信息核对, 57号 第十七条)."""

    case = models.ForeignKey("intake.Case", models.PROTECT, related_name="matches", verbose_name="案件")
    person = models.ForeignKey("registry.Person", models.PROTECT, verbose_name="人员")
    division = models.CharField("区划", max_length=12, db_index=True)
    source = models.CharField("来源", max_length=30)
    requested_on = models.DateField("提请日期")
    answered_on = models.DateField("答复日期", null=True)
    outcome = models.CharField("核对结果", max_length=12, choices=MatchOutcome.choices)
    detail = models.JSONField("核到内容", default=dict)
    disposition = models.CharField(
        "处置",
        max_length=20,
        blank=True,
        choices=[
            ("accept_record", "采信"),
            ("keep_declaration", "维持申报"),
            ("recheck", "再核"),
            ("propose_end", "建议终止"),
        ],
    )
    reason = models.CharField("理由", max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "核对结果"
        constraints = [
            models.UniqueConstraint(name="one_answer_per_person_and_source", fields=["case", "person", "source"]),
            models.CheckConstraint(
                name="a_disposition_has_a_reason",
                condition=Q(disposition="") | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="only_an_answer_says_something",
                condition=Q(outcome="not_checked", answered_on__isnull=True)
                # a missing day would make the comparison unknown, and a check lets the unknown pass
                | (Q(answered_on__isnull=False, answered_on__gte=F("requested_on")) & ~Q(outcome="not_checked")),
            ),
            models.CheckConstraint(name="only_a_hit_is_disposed", condition=Q(disposition="") | Q(outcome="hit")),
        ]
