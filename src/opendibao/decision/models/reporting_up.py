"""上报: events due for entry in the superior system and what it answered."""

from django.db import models
from django.db.models import Q

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
