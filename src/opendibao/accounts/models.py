"""经办人员: officers, their duties and the division they work for."""

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models


class Duty(models.TextChoices):
    """What an officer may do (职责)."""

    ACCEPT = "accept", "受理"
    SURVEY = "survey", "入户调查"
    REVIEW = "review", "初审公示"
    CONFIRM = "confirm", "审核确认"
    PAY = "pay", "发放编制"
    FINANCE = "finance", "财政审核"
    EVALUATE = "evaluate", "绩效评价"
    AUDIT = "audit", "审计监督"
    OPERATE = "operate", "系统运行"


class Officer(AbstractUser):
    """A named person who acts; `division` is the place all of whose parts he sees."""

    name = models.CharField("姓名", max_length=60)
    division = models.CharField("区划", max_length=12)
    duties = ArrayField(
        models.CharField("职责", max_length=20, choices=Duty.choices), default=list, verbose_name="职责"
    )

    class Meta:
        verbose_name = verbose_name_plural = "经办人员"
