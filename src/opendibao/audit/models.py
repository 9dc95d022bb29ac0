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
        indexes = [models.Index(name="event_by_subject", fields=["subject", "id"])]


class Submission(models.Model):
    """A form that was sent and done (提交); its key comes with the form, so that sending it twice does nothing more."""

    key = models.CharField("表单编号", max_length=32)
    officer = models.CharField("经手人", max_length=60)
    division = models.CharField("区划", max_length=12)
    subject = models.CharField("对象", max_length=120, blank=True)
    content = models.CharField("填写内容的哈希", max_length=64)
    at = models.DateTimeField("时间")
    led_to = models.CharField("去向", max_length=200)
    said = models.CharField("回话", max_length=300)

    class Meta:
        verbose_name = verbose_name_plural = "提交"
        constraints = [models.UniqueConstraint(name="a_form_is_done_once", fields=["key"])]


class Viewing(models.Model):
    """One opening of a full record: who looked at what; a chain of its own, so that looking waits for no action."""

    at = models.DateTimeField("时间")
    actor = models.CharField("查阅人", max_length=60)
    division = models.CharField("区划", max_length=12)
    subject = models.CharField("对象", max_length=120)
    page = models.CharField("页面", max_length=60)
    previous_hash = models.CharField("前一哈希", max_length=64, editable=False, default="")
    hash = models.CharField("哈希", max_length=64, editable=False, default="", unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "查阅记录"
        ordering = ("id",)
        indexes = (models.Index(fields=["subject", "at"], name="viewings_of_a_subject"),)
