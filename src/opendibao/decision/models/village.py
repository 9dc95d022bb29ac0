"""村里的事: the review meeting and its ballots, the public notice, objections to it, the standing publication."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Value


class ReviewMeeting(models.Model):
    """A village's review meeting (民主评议会): villagers', party members' representatives, cadres, township staff."""

    division = models.CharField("区划", max_length=12, db_index=True)
    held_on = models.DateField("日期")
    place = models.CharField("地点", max_length=60, blank=True)
    chair = models.CharField("主持人", max_length=60)
    recorder = models.CharField("记录人", max_length=60)
    villagers = models.PositiveSmallIntegerField("村居民代表")
    party_members = models.PositiveSmallIntegerField("党员代表")
    cadres = models.PositiveSmallIntegerField("村社区干部")
    township = models.PositiveSmallIntegerField("乡镇工作人员", default=0)
    entitled = models.PositiveSmallIntegerField("应到村居民代表", null=True)
    minutes = models.TextField("会议记录", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "民主评议会"
        constraints = [
            models.CheckConstraint(
                name="not_more_representatives_than_entitled",
                condition=Q(entitled__isnull=True) | Q(villagers__lte=F("entitled")),
            ),
        ]


class MeetingMember(models.Model):
    """Somebody who sat in a review meeting (评议人员), by his class."""

    meeting = models.ForeignKey(ReviewMeeting, models.PROTECT, related_name="members", verbose_name="民主评议会")
    division = models.CharField("区划", max_length=12, db_index=True)
    name = models.CharField("姓名", max_length=60)
    part = models.CharField(
        "身份",
        max_length=10,
        choices=[
            ("villager", "村居民代表"), ("party", "党员代表"), ("cadre", "村社区干部"), ("township", "乡镇工作人员"),
        ],
    )  # fmt: skip
    is_signed = models.BooleanField("已签字", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "评议人员"
        constraints = [models.UniqueConstraint(name="one_seat_per_name", fields=["meeting", "name"])]


class ReviewVote(models.Model):
    """The secret ballots on one case (表决结果): issued = for + against + spoiled + not returned; advice only."""

    meeting = models.ForeignKey(ReviewMeeting, models.PROTECT, related_name="votes", verbose_name="民主评议会")
    case = models.ForeignKey("intake.Case", models.PROTECT, related_name="votes", verbose_name="案件")
    division = models.CharField("区划", max_length=12, db_index=True)
    recused = ArrayField(models.CharField("回避人", max_length=60), default=list, verbose_name="回避人")
    facts_read = models.BooleanField("已宣读核对调查情况", default=True)
    issued = models.PositiveSmallIntegerField("发出票")
    votes_for = models.PositiveSmallIntegerField("同意票")
    votes_against = models.PositiveSmallIntegerField("不同意票")
    spoiled = models.PositiveSmallIntegerField("废票")
    not_returned = models.PositiveSmallIntegerField("未交回")
    opinions = models.CharField("评议意见", max_length=300, blank=True)
    is_contested = models.BooleanField("结果有争议", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "表决结果"
        constraints = [
            models.CheckConstraint(
                name="ballots_add_up",
                condition=Q(issued=F("votes_for") + F("votes_against") + F("spoiled") + F("not_returned")),
            ),
            models.UniqueConstraint(name="one_vote_per_meeting_and_case", fields=["meeting", "case"]),
        ]


class PublicNotice(models.Model):
    """The public notice of a first opinion (公示, 57号 第十九条: 7 days, the first and last counted).

    After a changed opinion a case is posted again with the next `sequence`; the last notice counts.
    """

    case = models.ForeignKey("intake.Case", models.PROTECT, related_name="notices", verbose_name="案件")
    sequence = models.PositiveSmallIntegerField("第几次", default=1)
    division = models.CharField("区划", max_length=12, db_index=True)
    posted_on = models.DateField("张贴日期")
    ends_on = models.DateField("截止日期")
    places = ArrayField(models.CharField("张贴地点", max_length=60), default=list, verbose_name="张贴地点")
    persons = models.PositiveSmallIntegerField("人数")
    proposed_fen = models.BigIntegerField("拟保障金额（分）")
    posted_photo = models.ForeignKey(
        "intake.Attachment", models.PROTECT, null=True, related_name="+", verbose_name="张贴照片"
    )
    taken_down_on = models.DateField("撤下日期", null=True)
    taken_down_photo = models.ForeignKey(
        "intake.Attachment", models.PROTECT, null=True, related_name="+", verbose_name="撤下照片"
    )

    class Meta:
        verbose_name = verbose_name_plural = "公示"
        constraints = [
            models.UniqueConstraint(name="one_notice_a_turn", fields=["case", "sequence"]),
            models.CheckConstraint(
                name="notice_runs_seven_days",
                condition=Q(
                    ends_on__gte=models.ExpressionWrapper(F("posted_on") + Value(6), output_field=models.DateField())
                ),
            ),
            models.CheckConstraint(
                name="taken_down_after_its_days",
                condition=Q(taken_down_on__isnull=True) | Q(taken_down_on__gt=F("ends_on")),
            ),
        ]


class ObjectionOutcome(models.TextChoices):
    """What came of an objection (异议结果)."""

    GROUNDLESS = "groundless", "异议不成立"
    SURVEY = "survey", "重新调查"
    REVIEW = "review", "重新评议"


class Objection(models.Model):
    """Somebody objects to a public notice (公示异议, 57号 第十九条); `person` is empty where he gives no name."""

    notice = models.ForeignKey(PublicNotice, models.PROTECT, related_name="objections", verbose_name="公示")
    case = models.ForeignKey("intake.Case", models.PROTECT, related_name="objections", verbose_name="案件")
    division = models.CharField("区划", max_length=12, db_index=True)
    received_on = models.DateField("收到日期")
    person = models.CharField("异议人", max_length=60, blank=True)
    contact = models.CharField("联系方式", max_length=60, blank=True)
    words = models.CharField("异议内容", max_length=300)
    due_on = models.DateField("答复期限")
    taken_by = models.CharField("登记人", max_length=60)
    settled_on = models.DateField("办结日期", null=True)
    outcome = models.CharField("异议结果", max_length=12, blank=True, choices=ObjectionOutcome.choices)
    answer = models.CharField("答复", max_length=300, blank=True)
    settled_by = models.CharField("办结人", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "公示异议"
        constraints = [
            models.CheckConstraint(
                name="settled_with_an_answer",
                condition=Q(settled_on__isnull=True, outcome="", answer="", settled_by="")
                | (
                    Q(settled_on__isnull=False, settled_on__gte=F("received_on"))
                    & ~Q(outcome="")
                    & ~Q(answer="")
                    & ~Q(settled_by="")
                ),
            ),
            models.CheckConstraint(name="an_objection_has_words", condition=~Q(words="")),
        ]


class Publication(models.Model):
    """A village's standing list of covered households of a month, posted (长期公布, 57号 第二十四条)."""

    division = models.CharField("区划", max_length=12, db_index=True)
    month = models.DateField("月份")
    posted_on = models.DateField("张贴日期")
    posted_by = models.CharField("张贴人", max_length=60)
    households = models.PositiveIntegerField("户数")
    persons = models.PositiveIntegerField("人数")
    monthly_fen = models.BigIntegerField("月保障金合计（分）")

    class Meta:
        verbose_name = verbose_name_plural = "长期公布"
        constraints = [
            models.UniqueConstraint(name="one_publication_per_village_and_month", fields=["division", "month"]),
            models.CheckConstraint(name="publication_month_is_a_first_day", condition=Q(month__day=1)),
        ]
