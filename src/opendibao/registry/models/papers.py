"""书面材料: the signed papers of a household's account: a photograph or PDF that was opened before it was kept."""

from django.db import models
from django.db.models import Q

from opendibao.registry.models.register import Household

PDF, JPEG = "application/pdf", "image/jpeg"


class PaperKind(models.TextChoices):
    """What a paper is (材料种类)."""

    ACCOUNT = "account", "变更账户凭据"
    PROXY = "proxy", "代领协议"
    CUSTODY = "custody", "代管协议"


class HouseholdPaper(models.Model):
    """A paper about a household's account, kept for good; who sees the household sees it."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="papers", verbose_name="家庭")
    kind = models.CharField("材料种类", max_length=12, choices=PaperKind.choices)
    media_type = models.CharField("文件类型", max_length=20, choices=[(JPEG, "照片"), (PDF, "PDF文件")])
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveIntegerField("字节数")
    kept_on = models.DateField("收取日期")
    kept_by = models.CharField("收取人", max_length=60)
    content = models.BinaryField("内容")

    class Meta:
        verbose_name = verbose_name_plural = "家庭书面材料"
        constraints = [
            models.UniqueConstraint(
                name="one_household_paper_of_the_same_bytes", fields=["household", "kind", "sha256"]
            ),
            models.CheckConstraint(name="household_paper_is_not_empty", condition=Q(size__gt=0)),
        ]
