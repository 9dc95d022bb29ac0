"""抽样调查: draws, questionnaires, re-surveys, payments asked after, interviews."""

from django.db import models
from django.db.models import F, Q


class Purpose(models.TextChoices):
    """What a sample is for (抽样用途)."""

    SATISFACTION = "satisfaction", "满意度"
    ACCURACY = "accuracy", "准确率"
    ARRIVAL = "arrival", "到账核实"


class Method(models.TextChoices):
    """How a sample is drawn (抽样方法)."""

    SIMPLE = "simple", "简单随机"
    STRATIFIED = "stratified", "按乡镇分层"
    PPS = "pps", "按金额概率"


class Channel(models.TextChoices):
    """How a sampled family was asked (调查方式)."""

    PHONE = "phone", "电话"
    PAPER = "paper", "纸质"
    SCREEN = "screen", "手机屏幕"
    VISIT = "visit", "入户"


class Awareness(models.TextChoices):
    """Whether a family knows the policy (政策知晓)."""

    KNOWS = "knows", "知道"
    PARTLY = "partly", "知道一些"
    NOT = "not", "不知道"
    NONE = "none", "未答"


class Arrival(models.TextChoices):
    """What a family says of a payment (到账核实)."""

    RECEIVED = "received", "收到，金额相符"
    DIFFERENT = "different", "收到，金额不符"
    MISSING = "missing", "没有收到"
    NONE = "none", "未答"


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


def chance_is_a_share(name: str) -> models.CheckConstraint:
    """The chance of being drawn is above 0 and at most 1; rows older than the draws have none."""
    known = Q(chance_n__isnull=False, chance_d__isnull=False, chance_n__gt=0, chance_n__lte=F("chance_d"))
    return models.CheckConstraint(name=name, condition=known | Q(chance_n__isnull=True, chance_d__isnull=True))


class SampleDraw(models.Model):
    """One draw of a sample (抽样): what for, how, of how many, with which seed; anybody can repeat it.

    `frame_sha256` is the checksum of the list that was drawn from, `total_fen` its money.
    """

    year = models.PositiveSmallIntegerField("年度")
    division = models.CharField("区划", max_length=12, db_index=True)
    purpose = models.CharField("抽样用途", max_length=12, choices=Purpose.choices)
    method = models.CharField("抽样方法", max_length=12, choices=Method.choices)
    seed = models.BigIntegerField("种子")
    size = models.PositiveIntegerField("样本量")
    population = models.PositiveIntegerField("总体")
    total_fen = models.BigIntegerField("总体金额（分）")
    frame_sha256 = models.CharField("抽样名单 SHA-256", max_length=64)
    margin_bp = models.PositiveIntegerField("误差限（万分比）", null=True)
    confidence_bp = models.PositiveIntegerField("置信度（万分比）", null=True)
    drawn_on = models.DateField("抽取日期")
    officer = models.CharField("抽样人", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "抽样"
        constraints = [
            models.UniqueConstraint(name="one_draw_a_year_and_purpose", fields=["year", "division", "purpose"]),
            models.CheckConstraint(name="draw_within_population", condition=Q(size__gt=0, size__lte=F("population"))),
        ]


class SatisfactionAnswer(models.Model):
    """One questionnaire of the satisfaction sample (满意度问卷); no answer is a value of its own."""

    year = models.PositiveSmallIntegerField("年度")
    household = models.ForeignKey("registry.Household", models.PROTECT, verbose_name="家庭")
    division = models.CharField("区划", max_length=12, db_index=True)
    asked_on = models.DateField("调查日期")
    answer = models.CharField("回答", max_length=12, choices=Answer.choices)
    relief = models.CharField("生活压力", max_length=12, choices=Relief.choices)
    awareness = models.CharField("政策知晓", max_length=12, choices=Awareness.choices, default=Awareness.NONE)
    channel = models.CharField("调查方式", max_length=8, choices=Channel.choices, blank=True)
    draw = models.ForeignKey(SampleDraw, models.PROTECT, null=True, verbose_name="抽样")
    chance_n = models.BigIntegerField("入样概率的分子", null=True)
    chance_d = models.BigIntegerField("入样概率的分母", null=True)
    tried = models.PositiveSmallIntegerField("没有联系上的次数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "满意度问卷"
        constraints = [
            models.UniqueConstraint(name="one_questionnaire_per_household_and_year", fields=["year", "household"]),
            chance_is_a_share("questionnaire_chance_is_a_share"),
        ]


class AccuracyCheck(models.Model):
    """One re-survey of a sampled household (准确性抽查): same outcome, and an amount within tolerance."""

    year = models.PositiveSmallIntegerField("年度")
    decision = models.ForeignKey("decision.Decision", models.PROTECT, verbose_name="决定")
    division = models.CharField("区划", max_length=12, db_index=True)
    draw = models.ForeignKey(SampleDraw, models.PROTECT, null=True, verbose_name="抽样")
    chance_n = models.BigIntegerField("入样概率的分子", null=True)
    chance_d = models.BigIntegerField("入样概率的分母", null=True)
    tried = models.PositiveSmallIntegerField("没有联系上的次数", default=0)
    drawn_on = models.DateField("抽取日期")
    checked_on = models.DateField("复查日期", null=True)
    facts = models.JSONField("复查情况", default=dict)
    outcome = models.CharField("复查类别", max_length=24, blank=True)
    amount_fen = models.BigIntegerField("复查金额（分）", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "准确性抽查"
        constraints = [
            models.UniqueConstraint(name="one_check_per_decision_and_year", fields=["year", "decision"]),
            chance_is_a_share("check_chance_is_a_share"),
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


class ArrivalCheck(models.Model):
    """One payment asked after at the family itself (到账核实), against what the bank booked."""

    draw = models.ForeignKey(SampleDraw, models.PROTECT, verbose_name="抽样")
    division = models.CharField("区划", max_length=12, db_index=True)
    year = models.PositiveSmallIntegerField("年度")
    drawn_on = models.DateField("抽取日期")
    line = models.ForeignKey("payment.PayLine", models.PROTECT, verbose_name="发放明细")
    amount_fen = models.BigIntegerField("应到金额（分）")
    asked_on = models.DateField("调查日期", null=True)
    answer = models.CharField("到账情况", max_length=12, choices=Arrival.choices, default=Arrival.NONE)
    said_fen = models.BigIntegerField("群众说的金额（分）", null=True)
    channel = models.CharField("调查方式", max_length=8, choices=Channel.choices, blank=True)
    chance_n = models.BigIntegerField("入样概率的分子", null=True)
    chance_d = models.BigIntegerField("入样概率的分母", null=True)
    tried = models.PositiveSmallIntegerField("没有联系上的次数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "到账核实"
        constraints = [
            models.UniqueConstraint(name="one_arrival_check_a_line", fields=["draw", "line"]),
            models.CheckConstraint(
                name="arrival_answer_has_a_day", condition=Q(answer=Arrival.NONE) | Q(asked_on__isnull=False)
            ),
            chance_is_a_share("arrival_chance_is_a_share"),
            models.CheckConstraint(
                name="different_amount_is_said",
                condition=~Q(answer=Arrival.DIFFERENT) | Q(said_fen__isnull=False, said_fen__gte=0),
            ),
        ]


class Interview(models.Model):
    """An interview or a case study with its text (访谈和个案): what people said, kept as it was said."""

    year = models.PositiveSmallIntegerField("年度")
    division = models.CharField("区划", max_length=12, db_index=True)
    kind = models.CharField("种类", max_length=12, choices=[("interview", "访谈"), ("case_study", "个案")])
    held_on = models.DateField("日期")
    with_whom = models.CharField("访谈对象", max_length=60)
    household = models.ForeignKey("registry.Household", models.PROTECT, null=True, verbose_name="家庭")
    text = models.TextField("内容")
    officer = models.CharField("记录人", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "访谈和个案"
        constraints = [models.CheckConstraint(name="interview_has_a_text", condition=~Q(text="") & ~Q(officer=""))]
