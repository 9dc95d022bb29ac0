"""审计: every action leaves an event in a hash chain; the database computes the chain and refuses changes."""

from django.db import models


class Event(models.Model):
    """One thing done: who, when, what, to whom; `hash` covers the content and the event before it."""

    at = models.DateTimeField("时间")
    actor = models.CharField("经手人", max_length=60)
    action = models.CharField("动作", max_length=60)
    subject = models.CharField("对象", max_length=120)
    division = models.CharField("区划", max_length=12)
    payload = models.JSONField("内容", default=dict)
    previous_hash = models.CharField("前一哈希", max_length=64, editable=False, default="")
    hash = models.CharField("哈希", max_length=64, editable=False, default="", unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "审计事件"
        ordering = ("id",)
