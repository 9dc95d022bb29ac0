"""上报: events due for entry in the superior system, the files they went up in, and what it answered."""

from django.db import models
from django.db.models import F, Q

from opendibao.decision.models.decisions import Decision


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


class ReportingFile(models.Model):
    """A file that went up (上报文件), kept byte by byte, so that it can be handed over again."""

    name = models.CharField("文件名", max_length=60)
    division = models.CharField("区划", max_length=12, db_index=True)
    layout = models.CharField("版式", max_length=20)
    sent_on = models.DateField("上报日期")
    sent_by = models.CharField("上报人", max_length=60)
    events = models.PositiveIntegerField("事项数")
    sha256 = models.CharField("SHA-256", max_length=64)
    content = models.BinaryField("内容")

    class Meta:
        verbose_name = verbose_name_plural = "上报文件"
        constraints = [
            models.UniqueConstraint(name="one_reporting_file_of_a_name", fields=["division", "name"]),
            models.CheckConstraint(name="reporting_file_holds_events", condition=Q(events__gt=0) & ~Q(layout="")),
        ]


class ReceiptFile(models.Model):
    """A file of receipts that was taken (回执文件); the same file a second time changes nothing."""

    name = models.CharField("文件名", max_length=120)
    division = models.CharField("区划", max_length=12, db_index=True)
    sha256 = models.CharField("SHA-256", max_length=64)
    taken_on = models.DateField("接收日期")
    taken_by = models.CharField("接收人", max_length=60)
    accepted = models.PositiveIntegerField("接收条数")
    returned = models.PositiveIntegerField("退回条数")
    known = models.PositiveIntegerField("已知条数")

    class Meta:
        verbose_name = verbose_name_plural = "回执文件"
        constraints = [models.UniqueConstraint(name="one_receipt_file_once", fields=["division", "sha256"])]


class SentBack(models.Model):
    """An event that the superior system returned (上报退回): why, and what was put right before it goes up again."""

    event = models.ForeignKey(OutboxEvent, models.PROTECT, related_name="returns", verbose_name="上报事件")
    division = models.CharField("区划", max_length=12, db_index=True)
    file = models.CharField("上报文件", max_length=60)
    returned_on = models.DateField("退回日期")
    reason = models.CharField("退回原因", max_length=120)
    corrected_on = models.DateField("改正日期", null=True)
    corrected_by = models.CharField("改正人", max_length=60, blank=True)
    correction = models.CharField("改正情况", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "上报退回"
        constraints = [
            models.UniqueConstraint(
                name="one_open_return_per_event", fields=["event"], condition=Q(corrected_on__isnull=True)
            ),
            models.CheckConstraint(name="returned_for_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="correction_says_what_and_who",
                condition=Q(corrected_on__isnull=True, corrected_by="", correction="")
                | (
                    Q(corrected_on__isnull=False, corrected_on__gte=F("returned_on"))
                    & ~Q(corrected_by="")
                    & ~Q(correction="")
                ),
            ),
        ]
