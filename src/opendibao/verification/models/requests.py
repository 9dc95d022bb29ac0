"""跨省核对请求: what another province is asked about a member, every try and answer, what a late one changes."""

from django.db import models
from django.db.models import F, Q

from opendibao.verification.requests.states import OPEN, RequestState

OUTCOMES = [("hit", "核到信息"), ("no_hit", "已核无记录"), ("not_checked", "未核到")]


class RegionRequest(models.Model):
    """A question to another province about one member in one source (跨省核对请求).

    `key` names it in every message; `consent` is the authorisation it rests on and `authorised_until` that one's last
    day when it was made. `due_on`: by when the other side should answer; `expires_on`: the last day the case's question
    is held open for it. `next_try_on`: when it is sent again unless somebody acknowledges it. `recheck_on`: the day of
    the conditional re-check after it expired.
    """

    case = models.ForeignKey("intake.Case", models.PROTECT, related_name="region_requests", verbose_name="案件")
    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+", verbose_name="人员")
    division = models.CharField("区划", max_length=12, db_index=True)
    source = models.CharField("来源", max_length=30)
    province = models.CharField("省份", max_length=2)
    purpose = models.CharField("用途", max_length=200)
    consent = models.ForeignKey("intake.Consent", models.PROTECT, related_name="+", verbose_name="核对授权书")
    authorised_until = models.DateField("授权有效期至", null=True)
    key = models.CharField("请求标识", max_length=32, unique=True)
    state = models.CharField("状态", max_length=12, choices=RequestState.choices, default=RequestState.DRAFT)
    made_by = models.CharField("提出人", max_length=60)
    made_on = models.DateField("提出日期")
    sent_by = models.CharField("发送人", max_length=60, blank=True)
    sent_on = models.DateField("发送日期", null=True)
    due_on = models.DateField("期限", null=True)
    expires_on = models.DateField("有效期至", null=True)
    acknowledged_on = models.DateField("签收日期", null=True)
    answered_on = models.DateField("答复日期", null=True)
    ended_on = models.DateField("结束日期", null=True)
    reason = models.CharField("撤销理由", max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField("发送次数", default=0)
    next_try_on = models.DateField("下次发送日期", null=True)
    recheck_on = models.DateField("条件复查日期", null=True)
    rechecked_on = models.DateField("复查日期", null=True)
    rechecked_by = models.CharField("复查人", max_length=60, blank=True)
    recheck_note = models.CharField("复查说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "跨省核对请求"
        constraints = [
            models.UniqueConstraint(
                name="one_open_request_per_question",
                fields=["case", "person", "source", "province"],
                condition=Q(state__in=[state.value for state in OPEN]),
            ),
            models.CheckConstraint(name="a_request_has_a_purpose", condition=Q(purpose__regex=r"\S")),
            models.CheckConstraint(name="a_request_goes_to_a_province", condition=Q(province__regex=r"^[1-6][0-9]$")),
            models.CheckConstraint(
                name="a_sent_request_has_its_days",
                condition=Q(sent_on__isnull=True, due_on__isnull=True, expires_on__isnull=True, sent_by="")
                | (
                    Q(sent_on__isnull=False, sent_on__gte=F("made_on"), expires_on__isnull=False, due_on__isnull=False)
                    & Q(due_on__gte=F("sent_on"), expires_on__gte=F("sent_on"), attempts__gte=1)
                    & ~Q(sent_by="")
                ),
            ),
            models.CheckConstraint(
                name="a_request_ends_in_its_state",
                condition=Q(
                    state__in=["draft", "sent", "acknowledged", "partly"],
                    ended_on__isnull=True,
                    answered_on__isnull=True,
                    reason="",
                    recheck_on__isnull=True,
                )
                | Q(state="answered", ended_on__isnull=True, answered_on__isnull=False, reason="")
                | Q(state="expired", ended_on__isnull=False, recheck_on__isnull=False, reason="")
                | Q(state="cancelled", ended_on__isnull=False, answered_on__isnull=True) & Q(reason__regex=r"\S"),
            ),
            models.CheckConstraint(
                name="only_a_draft_is_not_sent",
                condition=Q(state="draft", sent_on__isnull=True)
                | Q(state="cancelled")
                | (~Q(state="draft") & Q(sent_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="a_request_lasts_as_its_consent",
                condition=Q(authorised_until__isnull=True)
                | Q(expires_on__isnull=True)
                | Q(expires_on__lte=F("authorised_until")),
            ),
            models.CheckConstraint(
                name="a_recheck_is_done_by_somebody",
                condition=Q(rechecked_on__isnull=True, rechecked_by="", recheck_note="")
                | (Q(rechecked_on__isnull=False, recheck_on__isnull=False, recheck_note__regex=r"\S"))
                & ~Q(rechecked_by=""),
            ),
        ]
        indexes = [models.Index("state", "expires_on", name="request_state_expiry")]


class RequestMessage(models.Model):
    """A message that went out or came in (请求报文), kept sealed byte for byte.

    `refused`: the lines that were not taken, each with its number in the file and why, to be told the other side.
    """

    message_id = models.CharField("报文编号", max_length=40, unique=True)
    division = models.CharField("区划", max_length=12, db_index=True)
    direction = models.CharField("收发", max_length=3, choices=[("out", "发出"), ("in", "收到")])
    kind = models.CharField(
        "报文种类", max_length=16,
        choices=[("request", "请求"), ("acknowledgement", "签收"), ("answer", "答复")],
    )  # fmt: skip
    province = models.CharField("省份", max_length=2)
    transport = models.CharField("传送方式", max_length=20)
    file_name = models.CharField("文件名", max_length=120)
    passed_on = models.DateField("收发日期")
    passed_by = models.CharField("收发人", max_length=60)
    items = models.PositiveIntegerField("项数")
    sha256 = models.CharField("SHA-256", max_length=64)
    refused = models.JSONField("没有收的行", default=list)
    sealed = models.BinaryField("内容")

    class Meta:
        verbose_name = verbose_name_plural = "请求报文"
        constraints = [
            models.CheckConstraint(name="only_requests_go_out", condition=Q(direction="out", kind="request")
                                   | Q(direction="in") & ~Q(kind="request")),
            models.CheckConstraint(name="a_message_says_something", condition=Q(items__gte=1)),
        ]  # fmt: skip


class RequestAttempt(models.Model):
    """One try to hand a request over (发送尝试): by which way, and what came of it."""

    request = models.ForeignKey(RegionRequest, models.PROTECT, related_name="tries", verbose_name="跨省核对请求")
    sequence = models.PositiveSmallIntegerField("第几次")
    message = models.ForeignKey(RequestMessage, models.PROTECT, related_name="tries", verbose_name="请求报文")
    tried_on = models.DateField("发送日期")
    tried_by = models.CharField("发送人", max_length=60)
    is_delivered = models.BooleanField("送出")
    said = models.CharField("说明", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "发送尝试"
        constraints = [
            models.UniqueConstraint(name="tries_count_up", fields=["request", "sequence"]),
            models.CheckConstraint(name="a_failed_try_says_why", condition=Q(is_delivered=True) | ~Q(said="")),
        ]


class RequestAnswer(models.Model):
    """What the other province answered (异地答复): a part of the answer, or all of it, as it came."""

    request = models.ForeignKey(RegionRequest, models.PROTECT, related_name="answers", verbose_name="跨省核对请求")
    sequence = models.PositiveSmallIntegerField("第几次")
    message = models.ForeignKey(RequestMessage, models.PROTECT, related_name="answers", verbose_name="请求报文")
    outcome = models.CharField("核对结果", max_length=12, choices=OUTCOMES)
    is_complete = models.BooleanField("已答全")
    is_late = models.BooleanField("迟到")
    as_of = models.DateField("数据截止日期")
    words = models.CharField("核到内容", max_length=500, blank=True)
    facts = models.JSONField("核到内容（按项）", default=dict)
    received_on = models.DateField("收到日期")
    received_by = models.CharField("接收人", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "异地答复"
        constraints = [
            models.UniqueConstraint(name="answers_count_up", fields=["request", "sequence"]),
            models.CheckConstraint(
                name="only_a_found_answer_has_words",
                condition=Q(outcome="hit") & ~Q(words="") | ~Q(outcome="hit") & Q(words="", facts={}),
            ),
            models.CheckConstraint(
                name="a_part_that_found_nothing_is_not_checked",
                condition=Q(is_complete=True) & ~Q(outcome="not_checked") | Q(is_complete=False) & ~Q(outcome="no_hit"),
            ),
            models.CheckConstraint(name="an_answer_came_after_its_day", condition=Q(received_on__gte=F("as_of"))),
        ]


class Bearing(models.TextChoices):
    """Whether a late answer would change what was decided (迟到答复的影响)."""

    UNCHANGED = "unchanged", "结果不变"
    CHANGES = "changes", "结果会变，重新核对"
    UNKNOWN = "unknown", "不能按规则计算，重新核对"


class LateAnswer(models.Model):
    """A late answer weighed by the rules (迟到答复): the result without and with it, and what a person made of it."""

    answer = models.OneToOneField(RequestAnswer, models.PROTECT, related_name="late", verbose_name="异地答复")
    division = models.CharField("区划", max_length=12, db_index=True)
    bearing = models.CharField("影响", max_length=10, choices=Bearing.choices)
    outcome_before = models.CharField("原结果", max_length=20, blank=True)
    outcome_after = models.CharField("计入后结果", max_length=20, blank=True)
    before_fen = models.BigIntegerField("原月补差（分）", null=True)
    after_fen = models.BigIntegerField("计入后月补差（分）", null=True)
    weighed_on = models.DateField("计算日期")
    settled_on = models.DateField("办结日期", null=True)
    settled_by = models.CharField("办结人", max_length=60, blank=True)
    note = models.CharField("办结说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "迟到答复"
        constraints = [
            models.CheckConstraint(
                name="what_bears_is_known",
                condition=~Q(bearing="changes")
                | Q(before_fen__isnull=False, after_fen__isnull=False) & ~Q(outcome_before="") & ~Q(outcome_after=""),
            ),
            models.CheckConstraint(
                name="unchanged_is_the_same",
                condition=~Q(bearing="unchanged")
                | Q(outcome_before=F("outcome_after"), before_fen=F("after_fen"))
                | Q(outcome_before="", outcome_after="", before_fen__isnull=True, after_fen__isnull=True),
            ),
            models.CheckConstraint(
                name="a_late_answer_is_settled_by_somebody",
                condition=Q(settled_on__isnull=True, settled_by="", note="")
                | Q(settled_on__isnull=False, settled_on__gte=F("weighed_on"), note__regex=r"\S") & ~Q(settled_by=""),
            ),
        ]
