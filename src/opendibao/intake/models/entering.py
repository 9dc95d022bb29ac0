"""进件: what is typed and not yet an application, whose relatives officials are, and pauses of the clock."""

from django.db import models
from django.db.models import F, Q

from opendibao.intake.models.cases import Case


class Draft(models.Model):
    """What an officer has typed of an application so far (草稿); dropped ones come back for thirty days."""

    key = models.CharField("草稿号", max_length=32, primary_key=True)
    division = models.CharField("区划", max_length=12, db_index=True)
    officer = models.CharField("经办人", max_length=60)
    title = models.CharField("申请人", max_length=60, blank=True)
    content = models.JSONField("内容", default=dict)
    revision = models.PositiveIntegerField("第几稿", default=1)
    saved_at = models.DateTimeField("保存时间")
    dropped_at = models.DateTimeField("丢弃时间", null=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, verbose_name="案件")

    class Meta:
        verbose_name = verbose_name_plural = "草稿"
        constraints = [
            models.CheckConstraint(
                name="a_filed_draft_is_not_dropped", condition=Q(case__isnull=True) | Q(dropped_at__isnull=True)
            ),
        ]


class OnlineApplication(models.Model):
    """An application that a family sent by itself (网上申请, 57号 第四条); a clerk takes it over or answers why not."""

    number = models.CharField("回执号", max_length=24, unique=True)
    division = models.CharField("区划", max_length=12, db_index=True)
    received_at = models.DateTimeField("收到时间")
    applicant = models.CharField("申请人", max_length=60)
    id_number = models.CharField("身份证号", max_length=18)
    phone = models.CharField("电话", max_length=20)
    content = models.JSONField("内容", default=dict)
    case = models.OneToOneField(Case, models.PROTECT, null=True, verbose_name="案件")
    answered_on = models.DateField("答复日期", null=True)
    answer = models.CharField("答复", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "网上申请"
        constraints = [
            models.CheckConstraint(
                name="taken_over_or_answered",
                condition=Q(answered_on__isnull=True, answer="", case__isnull=True)
                | (Q(answered_on__isnull=False) & (Q(case__isnull=False) | ~Q(answer=""))),
            ),
        ]


class OfficialRelative(models.Model):
    """A member who is a near relative of dibao staff or a village cadre (近亲属备案, 57号 第十一条)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="official_relatives", verbose_name="案件")
    division = models.CharField("区划", max_length=12, db_index=True)
    member = models.CharField("家庭成员", max_length=60)
    official = models.CharField("工作人员", max_length=60)
    post = models.CharField("职务", max_length=60)
    relation = models.CharField("亲属关系", max_length=30)
    registered_on = models.DateField("备案日期")
    registered_by = models.CharField("备案人", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "近亲属备案"
        constraints = [
            models.UniqueConstraint(name="one_entry_per_member_and_official", fields=["case", "member", "official"]),
        ]


class ClockPause(models.Model):
    """Days that do not count in a case's clock (暂停计时), on a ground that the procedure names."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="pauses", verbose_name="案件")
    division = models.CharField("区划", max_length=12, db_index=True)
    ground = models.CharField("暂停事由", max_length=30)
    reason = models.CharField("理由", max_length=200)
    paused_on = models.DateField("暂停日期")
    resumed_on = models.DateField("恢复日期", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "暂停计时"
        constraints = [
            models.UniqueConstraint(name="one_open_pause", fields=["case"], condition=Q(resumed_on__isnull=True)),
            models.CheckConstraint(
                name="resumed_after_paused", condition=Q(resumed_on__isnull=True) | Q(resumed_on__gte=F("paused_on"))
            ),
        ]
