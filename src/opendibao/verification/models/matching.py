"""信息核对: what departments answered about the members of a case, and what was made of each hit."""

from django.db import models
from django.db.models import F, Q


class MatchOutcome(models.TextChoices):
    """What a department's data said of a person (核对结果); silence is never evidence."""

    HIT = "hit", "核到信息"
    NO_HIT = "no_hit", "已核无记录"
    NOT_CHECKED = "not_checked", "未核到"


class Unchecked(models.TextChoices):
    """Why a member could not be checked in a source (未核到原因); never the same as nothing found."""

    WAITING = "waiting", "等部门答复"
    NO_DATA = "no_data", "部门还没有送达数据"
    STALE = "stale", "送达的数据已经过期"
    NOT_COVERED = "not_covered", "送达的名单不含此人"
    DOUBTFUL = "doubtful", "核到的记录待认定是不是本人"
    NO_KEY = "no_key", "有同名而无证件号的记录，无法核对"
    RETURNED = "returned", "可能是此人的记录被退回，等部门重送"
    EXPIRED = "expired", "请求到期未答复"
    NO_CONSENT = "no_consent", "没有有效的核对授权"
    CANCELLED = "cancelled", "请求已撤销"


class MatchResult(models.Model):
    """One department's answer about one member (信息核对, 57号 第十七条).

    `delivery`: the file it was read from, empty where an officer entered the answer from paper; `as_of`: the day the
    department's data speak of; `why`: why it is not checked; `expires_on`: until when the answer may be used;
    `province`: the other province that was asked (GB/T 2260, two digits), "" for the county's own data; `begun_on`: the
    day on which the county first held the question against departments' data; `file`: the first places of the hash of
    the file, for those who cannot see the file itself.
    """

    case = models.ForeignKey("intake.Case", models.PROTECT, related_name="matches", verbose_name="案件")
    person = models.ForeignKey("registry.Person", models.PROTECT, verbose_name="人员")
    division = models.CharField("区划", max_length=12, db_index=True)
    source = models.CharField("来源", max_length=30)
    province = models.CharField("省份", max_length=2, blank=True)
    requested_on = models.DateField("提请日期")
    begun_on = models.DateField("开始核对日期", null=True)
    answered_on = models.DateField("答复日期", null=True)
    outcome = models.CharField("核对结果", max_length=12, choices=MatchOutcome.choices)
    detail = models.JSONField("核到内容", default=dict)
    delivery = models.ForeignKey(
        "verification.Delivery", models.PROTECT, null=True, related_name="answers", verbose_name="送达数据"
    )
    as_of = models.DateField("数据截止日期", null=True)
    expires_on = models.DateField("有效期至", null=True)
    file = models.CharField("送达文件", max_length=12, blank=True)
    why = models.CharField("未核到原因", max_length=12, choices=Unchecked.choices, blank=True)
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
    reason_code = models.CharField("理由代码", max_length=20, blank=True)
    reason = models.CharField("理由", max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "核对结果"
        constraints = [
            models.UniqueConstraint(
                name="one_answer_per_person_and_source", fields=["case", "person", "source", "province"]
            ),
            models.CheckConstraint(
                name="a_disposition_has_a_reason",
                condition=Q(disposition="") | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="a_disposition_has_a_code",
                condition=Q(disposition="", reason_code="") | (~Q(disposition="") & ~Q(reason_code="")),
            ),
            models.CheckConstraint(
                name="matching_begins_after_the_request",
                condition=Q(begun_on__isnull=True) | Q(begun_on__gte=F("requested_on")),
            ),
            models.CheckConstraint(
                name="only_an_answer_says_something",
                condition=Q(outcome="not_checked", answered_on__isnull=True)
                # a missing day would make the comparison unknown, and a check lets the unknown pass
                | (Q(answered_on__isnull=False, answered_on__gte=F("requested_on")) & ~Q(outcome="not_checked")),
            ),
            models.CheckConstraint(name="only_the_unchecked_say_why", condition=Q(why="") | Q(outcome="not_checked")),
            models.CheckConstraint(name="only_a_hit_is_disposed", condition=Q(disposition="") | Q(outcome="hit")),
        ]


class HitLink(models.Model):
    """A row that an answer rests on (核对依据): the answer opens the rows it came from."""

    match = models.ForeignKey(MatchResult, models.PROTECT, related_name="rows", verbose_name="核对结果")
    link = models.ForeignKey("verification.Link", models.PROTECT, related_name="answers", verbose_name="关联")

    class Meta:
        verbose_name = verbose_name_plural = "核对依据"
        constraints = [models.UniqueConstraint(name="a_row_bears_an_answer_once", fields=["match", "link"])]
