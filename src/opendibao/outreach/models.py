"""宣传培训热线: what the public hears and says, and who is trained and in post."""

from django.db import models
from django.db.models import F, Q


class Channel(models.TextChoices):
    """Through what the public is told (渠道)."""

    POSTER = "poster", "张贴海报"
    LEAFLET = "leaflet", "宣传手册"
    TALK = "talk", "政策讲座"
    LOUDSPEAKER = "loudspeaker", "村广播"
    VIDEO = "video", "短视频"


class TargetGroup(models.TextChoices):
    """Whom an action is for (对象)."""

    ALL = "all", "全体群众"
    ELDERLY = "elderly", "老年人"
    REMOTE = "remote", "偏远村组"
    DISABLED = "disabled", "残疾人家庭"
    ILLNESS = "illness", "因病困难家庭"


class PublicityAction(models.Model):
    """One publicity action (宣传活动): where, through which channel, for which group."""

    division = models.CharField("区划", max_length=12, db_index=True)
    held_on = models.DateField("日期")
    channel = models.CharField("渠道", max_length=12, choices=Channel.choices)
    target_group = models.CharField("对象", max_length=12, choices=TargetGroup.choices)
    reached = models.PositiveIntegerField("覆盖人数")

    class Meta:
        verbose_name = verbose_name_plural = "宣传活动"


class TrainingSession(models.Model):
    """One training session of staff (培训); it counts only with its signed sheet."""

    division = models.CharField("区划", max_length=12, db_index=True)
    held_on = models.DateField("日期")
    topic = models.CharField("主题", max_length=80)
    sheet = models.CharField("签到表", max_length=80, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "培训"


class TrainingSignature(models.Model):
    """One line of the signed sheet (培训签到)."""

    session = models.ForeignKey(TrainingSession, models.PROTECT, related_name="signatures", verbose_name="培训")
    division = models.CharField("区划", max_length=12, db_index=True)
    name = models.CharField("姓名", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "培训签到"
        constraints = [
            models.UniqueConstraint(name="one_signature_per_session_and_name", fields=["session", "division", "name"])
        ]


class Post(models.Model):
    """A post of the dibao service (岗位): since when it is needed and when it was filled."""

    division = models.CharField("区划", max_length=12, db_index=True)
    title = models.CharField("岗位名称", max_length=60)
    needed_since = models.DateField("核定日期")
    due_on = models.DateField("应到岗日期")
    filled_on = models.DateField("到岗日期", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "岗位"
        constraints = [models.CheckConstraint(name="post_due_after_need", condition=Q(due_on__gte=F("needed_since")))]


class TicketKind(models.TextChoices):
    """What a caller wants (工单种类)."""

    QUESTION = "question", "咨询"
    COMPLAINT = "complaint", "投诉"
    REPORT = "report", "举报"


class HotlineTicket(models.Model):
    """One call or letter (热线工单); a named report must be answered (57号 第三十七条)."""

    number = models.CharField("工单号", max_length=24, unique=True)
    division = models.CharField("区划", max_length=12, db_index=True)
    kind = models.CharField("种类", max_length=10, choices=TicketKind.choices)
    is_named = models.BooleanField("是否实名")
    received_on = models.DateField("接收日期")
    due_on = models.DateField("期限")
    summary = models.CharField("内容", max_length=200)
    answered_on = models.DateField("答复日期", null=True)
    answer = models.CharField("答复", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "热线工单"
        constraints = [
            models.CheckConstraint(
                name="ticket_answered_after_received",
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("received_on")),
            )
        ]
