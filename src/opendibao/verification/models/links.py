"""认人: which row of a department's delivery is held to be about which of our people, and why; a lead, no verdict."""

from django.db import models
from django.db.models import Q

from opendibao.verification.models.deliveries import SourceRecord


class Tier(models.TextChoices):
    """How sure a link is (认人等级)."""

    CONFIRMED = "confirmed", "证件号和姓名相符"
    REPAIRED = "repaired", "证件号有误或没有，其他信息相符"
    REVIEW = "review", "待人工认定"


class LinkState(models.TextChoices):
    """What became of a link (认定): made by the tiers, waiting for a person, or settled by one."""

    AUTOMATIC = "automatic", "自动认定"
    WAITING = "waiting", "待认定"
    SAME = "same", "是同一人"
    NOT_SAME = "not_same", "不是同一人"


class Link(models.Model):
    """A row linked to a person (关联): tier, weight and margin in hundredths, evidence field by field, weights used.

    Source, key and number of the row stand here too: whoever sees the person sees them, and not the row itself.
    """

    record = models.ForeignKey(SourceRecord, models.PROTECT, related_name="links", verbose_name="来源记录")
    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="links", verbose_name="人员")
    division = models.CharField("区划", max_length=12, db_index=True)
    source = models.CharField("来源", max_length=30)
    row_key = models.CharField("记录标识", max_length=32)
    row_no = models.PositiveIntegerField("行号")
    tier = models.CharField("认人等级", max_length=10, choices=Tier.choices)
    score = models.IntegerField("权重（百分之一）")
    margin = models.IntegerField("领先（百分之一）", null=True)
    evidence = models.JSONField("逐项依据", default=list)
    model = models.CharField("权重版本", max_length=40)
    linked_at = models.DateTimeField("关联时间")
    state = models.CharField("认定", max_length=10, choices=LinkState.choices)
    settled_by = models.CharField("认定人", max_length=60, blank=True)
    settled_on = models.DateField("认定日期", null=True)
    note = models.CharField("认定说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "关联"
        constraints = [
            models.UniqueConstraint(name="one_link_per_record_and_person", fields=["record", "person"]),
            models.CheckConstraint(
                name="a_doubtful_link_is_settled_by_somebody",
                condition=Q(state="automatic", settled_by="", settled_on__isnull=True) & ~Q(tier="review")
                | Q(state="waiting", tier="review", settled_by="", settled_on__isnull=True)
                | Q(state__in=["same", "not_same"], settled_on__isnull=False) & ~Q(settled_by="") & ~Q(note=""),
            ),
        ]


class NotSamePerson(models.Model):
    """Somebody found that this thing of this source is not this person's (不是同一人): never raised again.

    `taken_back_on`: when whoever said it took it back.
    """

    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+", verbose_name="人员")
    division = models.CharField("区划", max_length=12, db_index=True)
    source = models.CharField("来源", max_length=30)
    row_key = models.CharField("记录标识", max_length=32)
    said_by = models.CharField("认定人", max_length=60)
    said_on = models.DateField("认定日期")
    reason = models.CharField("理由", max_length=200)
    taken_back_on = models.DateField("撤回日期", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "不是同一人"
        constraints = [
            models.UniqueConstraint(
                name="not_same_is_said_once",
                fields=["person", "source", "row_key"],
                condition=Q(taken_back_on__isnull=True),
            ),
            models.CheckConstraint(
                name="not_same_is_taken_back_later",
                condition=Q(taken_back_on__isnull=True) | Q(taken_back_on__gte=models.F("said_on")),
            ),
            models.CheckConstraint(name="not_same_has_a_reason", condition=Q(reason__regex=r"\S")),
        ]
