"""审核确认: opening act, review meeting, public notice, decision, letter, outbox."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value


class DecisionKind(models.TextChoices):
    """What a decision does to the household's monthly money (决定种类)."""

    LEGACY = "legacy", "存量原决定"
    CONFIRM = "confirm", "确认同意"
    INCREASE = "increase", "增发"
    REDUCE = "reduce", "减发"
    GRACE = "grace", "渐退"
    STOP = "stop", "停发"
    REFUSE = "refuse", "不予确认同意"


GRANTING = [DecisionKind.LEGACY, DecisionKind.CONFIRM, DecisionKind.INCREASE, DecisionKind.REDUCE, DecisionKind.GRACE]


class Cause(models.TextChoices):
    """Why a decision was taken (决定事由)."""

    OPENING = "opening", "存量建账"
    APPLICATION = "application", "申请"
    INCOME = "income", "收入变化"
    EMPLOYMENT = "employment", "就业增收"
    PROPERTY = "property", "财产超限"
    DEATH = "death", "人员死亡"
    MEMBERS = "members", "家庭成员变化"
    MOVED = "moved", "迁出本县"
    TEKUN = "tekun", "转特困供养"
    VOLUNTARY = "voluntary", "主动退出"
    STANDARD = "standard", "提标"


class OpeningAct(models.Model):
    """The act by which two officers attest the roster of existing households (存量建账确认书)."""

    division = models.CharField("区划", max_length=12)
    signed_on = models.DateField("签署日期")
    first_officer = models.CharField("签署人", max_length=60)
    second_officer = models.CharField("第二签署人", max_length=60)
    households = models.PositiveIntegerField("户数")
    persons = models.PositiveIntegerField("人数")
    monthly_fen = models.BigIntegerField("月保障金合计（分）")

    class Meta:
        verbose_name = verbose_name_plural = "存量建账确认书"
        constraints = [
            models.CheckConstraint(name="opening_act_two_officers", condition=~Q(first_officer=F("second_officer"))),
            models.UniqueConstraint(name="one_opening_act", fields=["division"]),
        ]


class RosterFile(models.Model):
    """One official roster brought in (花名册文件); the same bytes twice change nothing."""

    division = models.CharField("区划", max_length=12)
    name = models.CharField("文件名", max_length=120)
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    received_at = models.DateTimeField("接收时间")
    households_read = models.PositiveIntegerField("读入户数")
    households_accepted = models.PositiveIntegerField("接收户数")
    households_rejected = models.PositiveIntegerField("退回户数")
    act = models.ForeignKey(OpeningAct, models.PROTECT, null=True, verbose_name="存量建账确认书")

    class Meta:
        verbose_name = verbose_name_plural = "花名册文件"


class RosterReject(models.Model):
    """One refused cell of a roster (退回行), with what the sender must do."""

    file = models.ForeignKey(RosterFile, models.CASCADE, related_name="rejects", verbose_name="花名册文件")
    division = models.CharField("区划", max_length=12)
    sheet = models.CharField("工作表", max_length=10)
    row = models.PositiveIntegerField("行号")
    field = models.CharField("字段", max_length=30)
    value = models.CharField("原值", max_length=200, blank=True)
    reason = models.CharField("原因与处理", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "退回行"


class RejectedRow(models.Model):
    """A row of a refused household as the sender wrote it (退回户的原行), so that the whole household goes back."""

    file = models.ForeignKey(RosterFile, models.CASCADE, related_name="rejected_rows", verbose_name="花名册文件")
    division = models.CharField("区划", max_length=12)
    household = models.CharField("户编号", max_length=200, blank=True)
    sheet = models.CharField("工作表", max_length=10)
    row = models.PositiveIntegerField("行号")
    cells = models.JSONField("原行", default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "退回户的原行"


class StagedHousehold(models.Model):
    """An accepted household of a roster (待建账户); it waits until the act over its file is signed, and stays as proof.

    `recomputed_fen` is what the rules give on the day of the old decision, empty where `lacks` says what is missing.
    """

    file = models.ForeignKey(RosterFile, models.PROTECT, related_name="staged", verbose_name="花名册文件")
    number = models.CharField("户编号", max_length=24, unique=True)
    division = models.CharField("区划", max_length=12, db_index=True)
    area = models.CharField("城乡", max_length=5, choices=[("rural", "农村"), ("urban", "城镇")])
    old_number = models.CharField("原决定文号", max_length=40, unique=True)
    decided_on = models.DateField("原决定日期")
    first_month = models.DateField("起发月")
    persons = models.PositiveSmallIntegerField("保障人数")
    amount_fen = models.BigIntegerField("发放合计（分）")
    supplement_fen = models.BigIntegerField("其中分类施保（分）")
    review_class = models.CharField("复核类别", max_length=8, choices=[("yearly", "常保"), ("halfyear", "非常保")])
    entry = models.JSONField("登记内容")
    facts = models.JSONField("核定情况")
    lacks = models.CharField("缺什么", max_length=200, blank=True)
    recomputed_fen = models.BigIntegerField("重算月保障金（分）", null=True)
    gap_fen = models.BigIntegerField("补差前月缺口（分）")
    rule_set = models.CharField("规则版本", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "待建账户"
        constraints = [
            models.CheckConstraint(
                name="staged_amounts_possible",
                condition=Q(amount_fen__gt=0, supplement_fen__gte=0, supplement_fen__lte=F("amount_fen")),
            ),
            models.CheckConstraint(
                name="staged_recomputed_or_lacking",
                condition=Q(recomputed_fen__isnull=False, lacks="") | (Q(recomputed_fen__isnull=True) & ~Q(lacks="")),
            ),
        ]


class ReviewMeeting(models.Model):
    """A village's review meeting (民主评议会)."""

    division = models.CharField("区划", max_length=12, db_index=True)
    held_on = models.DateField("日期")
    chair = models.CharField("主持人", max_length=60)
    recorder = models.CharField("记录人", max_length=60)
    villagers = models.PositiveSmallIntegerField("村居民代表")
    party_members = models.PositiveSmallIntegerField("党员代表")
    cadres = models.PositiveSmallIntegerField("村社区干部")

    class Meta:
        verbose_name = verbose_name_plural = "民主评议会"


class ReviewVote(models.Model):
    """The ballots on one case (表决结果): issued = for + against + spoiled + not returned; advice only."""

    meeting = models.ForeignKey(ReviewMeeting, models.PROTECT, related_name="votes", verbose_name="民主评议会")
    case = models.OneToOneField("intake.Case", models.PROTECT, related_name="vote", verbose_name="案件")
    division = models.CharField("区划", max_length=12, db_index=True)
    issued = models.PositiveSmallIntegerField("发出票")
    votes_for = models.PositiveSmallIntegerField("同意票")
    votes_against = models.PositiveSmallIntegerField("不同意票")
    spoiled = models.PositiveSmallIntegerField("废票")
    not_returned = models.PositiveSmallIntegerField("未交回")

    class Meta:
        verbose_name = verbose_name_plural = "表决结果"
        constraints = [
            models.CheckConstraint(
                name="ballots_add_up",
                condition=Q(issued=F("votes_for") + F("votes_against") + F("spoiled") + F("not_returned")),
            )
        ]


class PublicNotice(models.Model):
    """The public notice of a first opinion (公示, 57号 第十九条: 7 days, the first and last counted)."""

    case = models.OneToOneField("intake.Case", models.PROTECT, related_name="notice", verbose_name="案件")
    division = models.CharField("区划", max_length=12, db_index=True)
    posted_on = models.DateField("张贴日期")
    ends_on = models.DateField("截止日期")
    persons = models.PositiveSmallIntegerField("人数")
    proposed_fen = models.BigIntegerField("拟保障金额（分）")
    has_objection = models.BooleanField("有异议", default=False)
    settled_on = models.DateField("异议办结日期", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "公示"
        constraints = [
            models.CheckConstraint(
                name="notice_runs_seven_days",
                condition=Q(
                    ends_on__gte=models.ExpressionWrapper(F("posted_on") + Value(6), output_field=models.DateField())
                ),
            )
        ]


def _range(*args: object) -> Func:
    return Func(*args, function="daterange", output_field=DateRangeField())


class Decision(models.Model):
    """One decision about a household's money (决定); in force from its day until ended, paid from the month after.

    `in_force` is [decided_on, ended_on); `months` the months it pays (none when it ends before its first), both
    derived by the database.
    """

    number = models.CharField("决定文号", max_length=40, unique=True)
    household = models.ForeignKey("registry.Household", models.PROTECT, related_name="decisions", verbose_name="家庭")
    case = models.ForeignKey("intake.Case", models.PROTECT, null=True, related_name="decisions", verbose_name="案件")
    opening_act = models.ForeignKey(OpeningAct, models.PROTECT, null=True, verbose_name="存量建账确认书")
    division = models.CharField("区划", max_length=12, db_index=True)
    area = models.CharField("城乡", max_length=5, choices=[("rural", "农村"), ("urban", "城镇")])
    kind = models.CharField("决定种类", max_length=10, choices=DecisionKind.choices)
    cause = models.CharField("决定事由", max_length=12, choices=Cause.choices)
    outcome = models.CharField("保障类别", max_length=24, blank=True)
    decided_on = models.DateField("决定日期")
    maker = models.CharField("经办", max_length=60)
    approver = models.CharField("审核确认人", max_length=60)
    persons = models.PositiveSmallIntegerField("保障人数", default=0)
    amount_fen = models.BigIntegerField("月保障金（分）", default=0)
    supplement_fen = models.BigIntegerField("其中分类施保（分）", default=0)
    gap_fen = models.BigIntegerField("补差前月缺口（分）", default=0)
    facts = models.JSONField("核定情况", default=dict)
    rule_set = models.CharField("规则版本", max_length=64, blank=True)
    first_month = models.DateField("起发月", null=True)
    last_month = models.DateField("止发月", null=True)
    ended_on = models.DateField("失效日期", null=True)
    ended_by = models.ForeignKey("self", models.PROTECT, null=True, verbose_name="由何决定终止")
    in_force = models.GeneratedField(
        expression=models.Case(
            models.When(kind__in=GRANTING, then=_range(F("decided_on"), F("ended_on"))),
            default=_range(F("decided_on"), F("decided_on")),
        ),
        output_field=DateRangeField(),
        db_persist=True,
        verbose_name="在保期",
    )
    months = models.GeneratedField(
        expression=models.Case(
            models.When(last_month__lt=F("first_month"), then=_range(F("first_month"), F("first_month"))),
            models.When(kind__in=GRANTING, then=_range(F("first_month"), F("last_month"), Value("[]"))),
            default=_range(F("decided_on"), F("decided_on")),
        ),
        output_field=DateRangeField(),
        db_persist=True,
        verbose_name="发放期",
    )

    class Meta:
        verbose_name = verbose_name_plural = "决定"
        constraints = [
            ExclusionConstraint(
                name="one_decision_in_force",
                expressions=[("household", RangeOperators.EQUAL), ("in_force", RangeOperators.OVERLAPS)],
            ),
            ExclusionConstraint(
                name="one_amount_a_month",
                expressions=[("household", RangeOperators.EQUAL), ("months", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                name="granting_names_amount_and_month",
                condition=~Q(kind__in=GRANTING)
                | Q(amount_fen__gt=0, first_month__isnull=False, persons__gt=0, supplement_fen__lte=F("amount_fen")),
            ),
            models.CheckConstraint(
                name="other_kinds_grant_nothing",
                condition=Q(kind__in=GRANTING) | Q(amount_fen=0, first_month__isnull=True),
            ),
            models.CheckConstraint(name="supplement_not_negative", condition=Q(supplement_fen__gte=0)),
            models.CheckConstraint(
                name="legacy_has_act_others_a_case",
                condition=Q(kind=DecisionKind.LEGACY, opening_act__isnull=False)
                | (~Q(kind=DecisionKind.LEGACY) & Q(case__isnull=False, opening_act__isnull=True)),
            ),
            models.CheckConstraint(name="maker_is_not_approver", condition=~Q(maker=F("approver"))),
            models.CheckConstraint(
                name="months_are_first_days",
                condition=(Q(first_month__isnull=True) | Q(first_month__day=1))
                & (Q(last_month__isnull=True) | Q(last_month__day=1)),
            ),
        ]


class Letter(models.Model):
    """The written notice of a decision to the family (告知书, 57号 第二十一、三十二条)."""

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="letter", verbose_name="决定")
    division = models.CharField("区划", max_length=12, db_index=True)
    sent_on = models.DateField("送达日期")
    text = models.TextField("正文")

    class Meta:
        verbose_name = verbose_name_plural = "告知书"


class OutboxEvent(models.Model):
    """An event due for entry in the superior system (数字民政上报) and what that system answered."""

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="outbox", verbose_name="决定")
    division = models.CharField("区划", max_length=12, db_index=True)
    happened_on = models.DateField("发生日期")
    due_on = models.DateField("期限")
    file = models.CharField("上报文件", max_length=60, blank=True)
    sent_on = models.DateField("上报日期", null=True)
    accepted_on = models.DateField("接收日期", null=True)
    receipt = models.CharField("回执号", max_length=40, blank=True)
    rejected_reason = models.CharField("退回原因", max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "上报事件"
        constraints = [
            models.CheckConstraint(
                name="acceptance_has_a_receipt",
                condition=Q(accepted_on__isnull=True) | ~Q(receipt=""),
            )
        ]
