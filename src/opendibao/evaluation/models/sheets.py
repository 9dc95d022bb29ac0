"""指标表和评分: the year's sheets and their rows, scores and judgements of persons."""

from django.db import models
from django.db.models import Q


class YearSheet(models.Model):
    """The indicator sheet of a year in one version (年度指标表); a change is a new version, the newest counts."""

    year = models.PositiveSmallIntegerField("年度")
    division = models.CharField("区划", max_length=12)
    version = models.PositiveSmallIntegerField("版本", default=1)
    template = models.CharField("表样", max_length=40)
    grade_scheme = models.CharField("等级办法", max_length=40)
    over_completion = models.CharField(
        "超额完成", max_length=8, choices=[("flag", "只提示"), ("linear", "按偏离度调减")]
    )
    execution_weight = models.DecimalField("预算执行率分值", max_digits=5, decimal_places=2)
    reason = models.CharField("调整理由", max_length=300, blank=True)
    entered_on = models.DateField("录入日期")
    officer = models.CharField("录入人", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "年度指标表"
        constraints = [
            models.UniqueConstraint(name="one_sheet_a_version", fields=["year", "division", "version"]),
            models.CheckConstraint(name="later_sheet_has_a_reason", condition=Q(version=1) | ~Q(reason="")),
            models.CheckConstraint(
                name="execution_weight_in_hundred", condition=Q(execution_weight__gte=0, execution_weight__lte=100)
            ),
        ]


class SheetRow(models.Model):
    """One row of a year's indicator sheet (绩效指标表): what is measured, its target, weight and way of scoring."""

    sheet = models.ForeignKey(YearSheet, models.PROTECT, related_name="rows", verbose_name="年度指标表")
    year = models.PositiveSmallIntegerField("年度")
    division = models.CharField("区划", max_length=12)
    position = models.PositiveSmallIntegerField("序号")
    indicator = models.CharField("指标", max_length=40)
    direction = models.CharField(
        "方向", max_length=10, choices=[("at_least", "不低于"), ("at_most", "不高于"), ("equal", "等于")], blank=True
    )
    target = models.DecimalField("指标值", max_digits=14, decimal_places=4, null=True)
    target_text = models.CharField("指标值写法", max_length=40)
    weight = models.DecimalField("分值", max_digits=5, decimal_places=2)
    scoring = models.CharField(
        "给分办法", max_length=12, default="proportional",
        choices=[
            ("proportional", "按完成比例"), ("direct", "直接赋分"), ("threshold", "设及格门槛"),
            ("satisfaction", "按满意度区间"), ("judged", "定性分档"),
        ],
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "绩效指标表"
        constraints = [
            models.UniqueConstraint(name="one_sheet_row_per_position", fields=["sheet", "position"]),
            models.UniqueConstraint(name="one_sheet_row_an_indicator", fields=["sheet", "indicator"]),
            models.CheckConstraint(
                name="measured_row_has_a_target",
                condition=Q(scoring="judged", direction="", target__isnull=True)
                | (~Q(scoring="judged") & ~Q(direction="") & Q(target__isnull=False)),
            ),
            models.CheckConstraint(name="weight_not_negative", condition=Q(weight__gte=0)),
        ]


class GivenScore(models.Model):
    """A score that a person gives instead of the rule's, with name and reason (人工评分); the newest number counts."""

    year = models.PositiveSmallIntegerField("年度")
    division = models.CharField("区划", max_length=12)
    indicator = models.CharField("指标", max_length=40)
    number = models.PositiveSmallIntegerField("序号", default=1)
    score = models.DecimalField("得分", max_digits=5, decimal_places=2)
    officer = models.CharField("评分人", max_length=60)
    reason = models.CharField("理由", max_length=300)

    class Meta:
        verbose_name = verbose_name_plural = "人工评分"
        constraints = [
            models.CheckConstraint(name="given_score_has_a_reason", condition=~Q(reason="") & ~Q(officer="")),
            models.UniqueConstraint(name="one_given_score", fields=["year", "division", "indicator", "number"]),
        ]


class Judgement(models.Model):
    """A qualitative row judged by a person (定性评分): the band, the ratio inside it, text and evidence."""

    year = models.PositiveSmallIntegerField("年度")
    division = models.CharField("区划", max_length=12)
    indicator = models.CharField("指标", max_length=40)
    number = models.PositiveSmallIntegerField("序号")
    band = models.CharField(
        "档次", max_length=8, choices=[("achieved", "达成"), ("partly", "部分达成"), ("not", "未达成")]
    )
    ratio = models.DecimalField("得分比例", max_digits=3, decimal_places=2)
    text = models.CharField("评价意见", max_length=300)
    evidence = models.CharField("依据材料", max_length=300)
    officer = models.CharField("评分人", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "定性评分"
        constraints = [
            models.UniqueConstraint(name="one_judgement_a_number", fields=["year", "division", "indicator", "number"]),
            models.CheckConstraint(
                name="judgement_in_its_band",
                condition=Q(band="achieved", ratio__gte="0.80", ratio__lte="1.00")
                | Q(band="partly", ratio__gte="0.60", ratio__lt="0.80")
                | Q(band="not", ratio__gte="0.00", ratio__lt="0.60"),
            ),
            models.CheckConstraint(
                name="judgement_has_evidence", condition=~Q(text="") & ~Q(evidence="") & ~Q(officer="")
            ),
        ]
