"""绩效评价: samples that people take, scores that people give, and the locked snapshot of the figures."""

from django.db import models
from django.db.models import F, Q


class Answer(models.TextChoices):
    """What a family says of the service (回答)."""

    SATISFIED = "satisfied", "满意"
    NEUTRAL = "neutral", "一般"
    UNSATISFIED = "unsatisfied", "不满意"
    NONE = "none", "未答"


class Relief(models.TextChoices):
    """What a family says of its hardship (生活压力)."""

    EASED = "eased", "有所减轻"
    SAME = "same", "没有变化"
    WORSE = "worse", "加重"
    NONE = "none", "未答"


class SatisfactionAnswer(models.Model):
    """One questionnaire of the satisfaction sample (满意度问卷); no answer is a value of its own."""

    year = models.PositiveSmallIntegerField("年度")
    household = models.ForeignKey("registry.Household", models.PROTECT, verbose_name="家庭")
    division = models.CharField("区划", max_length=12, db_index=True)
    asked_on = models.DateField("调查日期")
    answer = models.CharField("回答", max_length=12, choices=Answer.choices)
    relief = models.CharField("生活压力", max_length=12, choices=Relief.choices)

    class Meta:
        verbose_name = verbose_name_plural = "满意度问卷"
        constraints = [
            models.UniqueConstraint(name="one_questionnaire_per_household_and_year", fields=["year", "household"])
        ]


class AccuracyCheck(models.Model):
    """One re-survey of a sampled household (准确性抽查): same outcome, and an amount within tolerance."""

    year = models.PositiveSmallIntegerField("年度")
    decision = models.ForeignKey("decision.Decision", models.PROTECT, verbose_name="决定")
    division = models.CharField("区划", max_length=12, db_index=True)
    drawn_on = models.DateField("抽取日期")
    checked_on = models.DateField("复查日期", null=True)
    facts = models.JSONField("复查情况", default=dict)
    outcome = models.CharField("复查类别", max_length=24, blank=True)
    amount_fen = models.BigIntegerField("复查金额（分）", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "准确性抽查"
        constraints = [
            models.UniqueConstraint(name="one_check_per_decision_and_year", fields=["year", "decision"]),
            models.CheckConstraint(
                name="check_has_a_result",
                condition=Q(checked_on__isnull=True, outcome="", amount_fen__isnull=True)
                | (
                    Q(checked_on__isnull=False, checked_on__gte=F("drawn_on"))
                    & Q(amount_fen__isnull=False, amount_fen__gte=0)
                    & ~Q(outcome="")
                ),
            ),
        ]


class GivenScore(models.Model):
    """A score that a person gives instead of the rule's, with name and reason (人工评分)."""

    year = models.PositiveSmallIntegerField("年度")
    division = models.CharField("区划", max_length=12)
    indicator = models.CharField("指标", max_length=40)
    score = models.DecimalField("得分", max_digits=5, decimal_places=2)
    officer = models.CharField("评分人", max_length=60)
    reason = models.CharField("理由", max_length=300)

    class Meta:
        verbose_name = verbose_name_plural = "人工评分"
        constraints = [
            models.CheckConstraint(name="given_score_has_a_reason", condition=~Q(reason="") & ~Q(officer="")),
            models.UniqueConstraint(name="one_given_score", fields=["year", "division", "indicator"]),
        ]


class Snapshot(models.Model):
    """The figures of a year as they stood (快照), locked: a later fact never changes them."""

    year = models.PositiveSmallIntegerField("年度")
    version = models.PositiveSmallIntegerField("版本")
    division = models.CharField("区划", max_length=12)
    as_of = models.DateField("截至日期")
    known_at = models.DateTimeField("所知时间")
    content = models.JSONField("内容")
    sha256 = models.CharField("SHA-256", max_length=64)
    officer = models.CharField("锁定人", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "快照"
        constraints = [models.UniqueConstraint(name="one_snapshot_version", fields=["year", "division", "version"])]


class SheetRow(models.Model):
    """One row of the year's indicator sheet (绩效指标表): what is measured, its target and weight."""

    year = models.PositiveSmallIntegerField("年度")
    division = models.CharField("区划", max_length=12)
    position = models.PositiveSmallIntegerField("序号")
    indicator = models.CharField("指标", max_length=40)
    direction = models.CharField(
        "方向", max_length=10, choices=[("at_least", "不低于"), ("at_most", "不高于"), ("equal", "等于")]
    )
    target = models.DecimalField("指标值", max_digits=14, decimal_places=4)
    target_text = models.CharField("指标值写法", max_length=40)
    weight = models.DecimalField("分值", max_digits=5, decimal_places=2)

    class Meta:
        verbose_name = verbose_name_plural = "绩效指标表"
        constraints = [
            models.UniqueConstraint(name="one_sheet_row_per_position", fields=["year", "division", "position"]),
            models.CheckConstraint(name="weight_not_negative", condition=Q(weight__gte=0)),
        ]


class FindingNote(models.Model):
    """A signed note that closes a finding of the check-up; the report prints it (体检说明)."""

    year = models.PositiveSmallIntegerField("年度")
    division = models.CharField("区划", max_length=12)
    finding = models.CharField("问题编号", max_length=8)
    note = models.CharField("说明", max_length=300)
    officer = models.CharField("签署人", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "体检说明"
        constraints = [
            models.UniqueConstraint(name="one_note_per_finding", fields=["year", "division", "finding"]),
            models.CheckConstraint(name="note_is_signed", condition=~Q(note="") & ~Q(officer="")),
        ]
