"""入户调查: who is sent, what two surveyors found and signed, corrections, neighbours' words, letters for evidence."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class SurveyOrder(models.Model):
    """Two surveyors are sent to a family within a window of days (入户派单); the last one of a case counts."""

    case = models.ForeignKey("intake.Case", models.PROTECT, related_name="survey_orders", verbose_name="案件")
    division = models.CharField("区划", max_length=12, db_index=True)
    first_surveyor = models.CharField("调查人", max_length=60)
    second_surveyor = models.CharField("第二调查人", max_length=60)
    from_day = models.DateField("起")
    to_day = models.DateField("止")
    ordered_on = models.DateField("派单日期")
    ordered_by = models.CharField("派单人", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "入户派单"
        constraints = [
            models.CheckConstraint(
                name="two_different_surveyors_are_sent", condition=~Q(first_surveyor=F("second_surveyor"))
            ),
            models.CheckConstraint(name="survey_window_is_open", condition=Q(to_day__gte=F("from_day"))),
        ]


class SurveyWay(models.TextChoices):
    """How the family was asked (调查方式); anything but a visit needs its reason (57号 第十六条)."""

    HOME = "home", "入户"
    PHONE = "phone", "电话"
    VIDEO = "video", "视频"


class Survey(models.Model):
    """What two surveyors found at the home, signed by them and the family (入户调查表, 57号 第十六条).

    `found` is in the format of `assess`. A signed form is never rewritten: a `SurveyCorrection` stands beside it, a
    new visit of the same case is a further survey with the next `sequence`, and the last one counts.
    """

    case = models.ForeignKey("intake.Case", models.PROTECT, related_name="surveys", verbose_name="案件")
    sequence = models.PositiveSmallIntegerField("第几次", default=1)
    division = models.CharField("区划", max_length=12, db_index=True)
    surveyed_on = models.DateField("调查日期")
    started_at = models.DateTimeField("到达时间", null=True)
    way = models.CharField("调查方式", max_length=6, choices=SurveyWay.choices, default=SurveyWay.HOME)
    way_reason = models.CharField("未入户的理由", max_length=200, blank=True)
    place = models.CharField("调查地点", max_length=120, blank=True)
    latitude = models.DecimalField("纬度", max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True)
    first_surveyor = models.CharField("调查人", max_length=60)
    second_surveyor = models.CharField("第二调查人", max_length=60)
    respondent = models.CharField("在场家庭成员", max_length=60)
    is_signed = models.BooleanField("双方已签字")
    found = models.JSONField("查明情况", default=dict)
    home = models.JSONField("居住和生活状况", default=dict)
    conclusion = models.CharField("调查结论", max_length=300, blank=True)
    entered_by = models.CharField("录入人", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "入户调查表"
        constraints = [
            models.UniqueConstraint(name="one_survey_a_turn", fields=["case", "sequence"]),
            models.CheckConstraint(name="two_different_surveyors", condition=~Q(first_surveyor=F("second_surveyor"))),
            models.CheckConstraint(name="survey_is_signed", condition=Q(is_signed=True)),
            models.CheckConstraint(
                name="not_at_home_for_a_reason",
                condition=Q(way="home", way_reason="") | (~Q(way="home") & ~Q(way_reason="")),
            ),
        ]


class RefusedVisit(models.Model):
    """A family that would not be asked (拒绝配合调查, 57号 第二十九条): who stood at the door, and a witness."""

    case = models.ForeignKey("intake.Case", models.PROTECT, related_name="refused_visits", verbose_name="案件")
    division = models.CharField("区划", max_length=12, db_index=True)
    visited_on = models.DateField("上门日期")
    first_surveyor = models.CharField("调查人", max_length=60)
    second_surveyor = models.CharField("第二调查人", max_length=60)
    witness = models.CharField("见证人", max_length=60)
    words = models.CharField("拒绝的情形", max_length=300)
    noted_by = models.CharField("登记人", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "拒绝配合调查"
        constraints = [
            models.CheckConstraint(
                name="three_saw_a_refusal",
                condition=~Q(first_surveyor=F("second_surveyor"))
                & ~Q(witness="")
                & ~Q(witness=F("first_surveyor"))
                & ~Q(witness=F("second_surveyor")),
            ),
            models.CheckConstraint(name="a_refusal_has_words", condition=~Q(words="")),
        ]


class ItemSheet(models.Model):
    """What was asked of one hidden income or one thing of value (核查单), the evidence behind it and its range.

    `values` are the fields of the item as `assess` reads them; `kind` is the kind of the item there.
    """

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="sheets", verbose_name="入户调查表")
    division = models.CharField("区划", max_length=12, db_index=True)
    kind = models.CharField("项目", max_length=30)
    member = models.CharField("家庭成员", max_length=60)
    values = models.JSONField("内容", default=dict)
    method = models.CharField("估算方法", max_length=120, blank=True)
    comparables = ArrayField(models.CharField("参照", max_length=120), default=list, verbose_name="参照")
    low_fen = models.BigIntegerField("下限（分）", null=True)
    high_fen = models.BigIntegerField("上限（分）", null=True)
    grade = models.CharField(
        "证据等级",
        max_length=1,
        choices=[
            ("A", "A 凭证原件"), ("B", "B 部门数据或复函"), ("C", "C 两人以上证言一致"), ("D", "D 只有本人陈述"),
        ],
    )  # fmt: skip
    evidence = models.CharField("证据", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "核查单"
        constraints = [
            models.CheckConstraint(
                name="sheet_range_in_order",
                condition=Q(low_fen__isnull=True, high_fen__isnull=True)
                | Q(low_fen__isnull=False, high_fen__isnull=False, low_fen__gte=0, high_fen__gte=F("low_fen")),
            ),
            models.CheckConstraint(name="sheet_names_its_evidence", condition=~Q(evidence="")),
        ]


class SurveyCorrection(models.Model):
    """A correction of a signed survey (更正): what stood there, what is right, and why."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="corrections", verbose_name="入户调查表")
    division = models.CharField("区划", max_length=12, db_index=True)
    sequence = models.PositiveSmallIntegerField("第几次")
    before = models.JSONField("更正前")
    after = models.JSONField("更正后")
    reason = models.CharField("理由", max_length=200)
    corrected_on = models.DateField("更正日期")
    corrected_by = models.CharField("更正人", max_length=60)
    agreed_by = models.CharField("确认的家庭成员", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "调查表更正"
        constraints = [
            models.UniqueConstraint(name="corrections_count_up", fields=["survey", "sequence"]),
            models.CheckConstraint(
                name="a_correction_changes_for_a_reason", condition=~Q(reason="") & ~Q(before=F("after"))
            ),
        ]


class NeighbourInterview(models.Model):
    """What a neighbour said of a family (邻里访问, 57号 第十六条)."""

    case = models.ForeignKey("intake.Case", models.PROTECT, related_name="interviews", verbose_name="案件")
    division = models.CharField("区划", max_length=12, db_index=True)
    interviewed_on = models.DateField("访问日期")
    interviewer = models.CharField("访问人", max_length=60)
    neighbour = models.CharField("受访人", max_length=60)
    words = models.CharField("所述情况", max_length=300)
    view = models.CharField(
        "看法", max_length=10, choices=[("agrees", "与申报相符"), ("differs", "与申报不符"), ("unsure", "不清楚")]
    )

    class Meta:
        verbose_name = verbose_name_plural = "邻里访问"
        constraints = [models.CheckConstraint(name="an_interview_has_words", condition=~Q(words=""))]


class EvidenceLetter(models.Model):
    """A letter that asks somebody for evidence, and what he answered (信函索证, 57号 第十六条)."""

    case = models.ForeignKey("intake.Case", models.PROTECT, related_name="evidence_letters", verbose_name="案件")
    division = models.CharField("区划", max_length=12, db_index=True)
    addressee = models.CharField("受函单位", max_length=120)
    asks = models.CharField("询问事项", max_length=300)
    sent_on = models.DateField("发函日期")
    sent_by = models.CharField("发函人", max_length=60)
    answered_on = models.DateField("复函日期", null=True)
    answer = models.CharField("复函内容", max_length=300, blank=True)
    paper = models.ForeignKey("intake.Attachment", models.PROTECT, null=True, verbose_name="附件")

    class Meta:
        verbose_name = verbose_name_plural = "信函索证"
        constraints = [
            models.CheckConstraint(
                name="a_reply_has_day_and_words",
                condition=Q(answered_on__isnull=True, answer="")
                | (Q(answered_on__gte=F("sent_on")) & ~Q(answer="") & Q(answered_on__isnull=False)),
            ),
        ]
