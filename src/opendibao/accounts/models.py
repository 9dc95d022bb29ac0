"""经办人员: officers, their duties and the division they work for."""

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models

from opendibao.kernel.duties import Duty


class Officer(AbstractUser):
    """A named person who acts; `division` is the place all of whose parts he sees."""

    name = models.CharField("姓名", max_length=60)
    division = models.CharField("区划", max_length=12)
    duties = ArrayField(
        models.CharField("职责", max_length=20, choices=[(duty.value, duty.zh) for duty in Duty]),
        default=list,
        verbose_name="职责",
    )

    has_totp = False  # told by accounts.sign_in for the officer of a session

    class Meta:
        verbose_name = verbose_name_plural = "经办人员"
