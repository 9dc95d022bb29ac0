"""送达数据: files that departments delivered, their rows sealed, and the rows that could not be taken."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q


class Covers(models.TextChoices):
    """Whom a delivery speaks of (数据范围): without this, no row of a person would prove nothing."""

    REGISTER = "register", "全部登记"
    REQUEST = "request", "按核对名单"


class Layout(models.TextChoices):
    """How a file is written (文件格式)."""

    XLSX = "xlsx", "Excel"
    CSV = "csv", "CSV"
    FIXED = "fixed", "定长文本"
    NDJSON = "ndjson", "NDJSON"


class Delivery(models.Model):
    """A file of one department as of a day (送达数据), with its manifest; the file itself is kept sealed.

    `list_of`: the last day whose requests the department answered, where it answered a list. `remarks`: what was left
    aside while reading, in sentences. `older_because`: why data older than the last of its source were taken all the
    same; they never become the current ones. `purged_on`: when the retention was over and file and rows were emptied;
    the counts and the hash stay.
    """

    source = models.CharField("来源", max_length=30)
    division = models.CharField("区划", max_length=12, db_index=True)
    department = models.CharField("部门", max_length=60)
    legal_basis = models.CharField("法律依据", max_length=200)
    purpose = models.CharField("用途", max_length=200)
    authorisation = models.CharField("授权编号", max_length=60)
    covers = models.CharField("数据范围", max_length=10, choices=Covers.choices)
    list_of = models.DateField("名单日期", null=True)
    as_of = models.DateField("数据截止日期")
    received_on = models.DateField("收到日期")
    received_by = models.CharField("接收人", max_length=60)
    file_name = models.CharField("文件名", max_length=120)
    layout = models.CharField("文件格式", max_length=8, choices=Layout.choices)
    encoding = models.CharField("编码", max_length=12, blank=True)
    size = models.PositiveIntegerField("字节数")
    sha256 = models.CharField("SHA-256", max_length=64)
    rows = models.PositiveIntegerField("行数")
    accepted = models.PositiveIntegerField("入库行数")
    rejected = models.PositiveIntegerField("退回行数")
    sealed_file = models.BinaryField("原文件")
    remarks = models.JSONField("读入说明", default=list)
    older_because = models.CharField("收下旧数据的理由", max_length=200, blank=True)
    linked_at = models.DateTimeField("比对时间", null=True)
    purged_on = models.DateField("清除日期", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "送达数据"
        constraints = [
            # the same bytes as of a later day, or for another list, are an answer of their own: nothing has changed
            models.UniqueConstraint(
                name="one_delivery_of_the_same_bytes",
                fields=["source", "sha256", "as_of", "list_of"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="delivery_counts_agree", condition=Q(rows=F("accepted") + F("rejected"))),
            models.CheckConstraint(name="delivery_came_after_its_day", condition=Q(received_on__gte=F("as_of"))),
            models.CheckConstraint(
                name="delivery_names_its_ground",
                condition=Q(
                    department__regex=r"\S", legal_basis__regex=r"\S", purpose__regex=r"\S", authorisation__regex=r"\S"
                ),
            ),
            models.CheckConstraint(
                name="a_list_has_its_day",
                condition=Q(covers="register", list_of__isnull=True) | Q(covers="request", list_of__isnull=False),
            ),
        ]


class SourceRecord(models.Model):
    """One accepted row of a delivery (来源记录), sealed: whom it is about and what it says.

    `row_key`: blind key of the thing it speaks of, the same in the next delivery. `tokens`: blind keys of the blocks
    it can be found by. `is_keyed`: whether anything but the name tells whom it is about.
    """

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="records", verbose_name="送达数据")
    row_no = models.PositiveIntegerField("行号")
    row_key = models.CharField("记录标识", max_length=32)
    tokens = ArrayField(models.CharField("标识", max_length=32), default=list, verbose_name="分块标识")
    id_flag = models.CharField("证件号状况", max_length=12)
    is_keyed = models.BooleanField("可认人")
    sealed = models.BinaryField("内容")

    class Meta:
        verbose_name = verbose_name_plural = "来源记录"
        constraints = [models.UniqueConstraint(name="one_record_per_row", fields=["delivery", "row_no"])]
        indexes = [GinIndex(name="record_tokens", fields=["tokens"]), models.Index("row_key", name="record_row_key")]


class DeliveryReject(models.Model):
    """A row that could not be taken (退回行): which field, why, what to do; the row itself is kept sealed.

    `tokens`: blind keys of whom it may speak of, so that nobody is held to have no record while his row went back.
    """

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="rejects", verbose_name="送达数据")
    row_no = models.PositiveIntegerField("行号")
    field = models.CharField("字段", max_length=30)
    reason = models.CharField("退回理由", max_length=200)
    tokens = ArrayField(models.CharField("标识", max_length=32), default=list, verbose_name="分块标识")
    sealed = models.BinaryField("原行")

    class Meta:
        verbose_name = verbose_name_plural = "送达数据退回行"
        constraints = [
            models.CheckConstraint(name="a_reject_says_why", condition=Q(field__regex=r"\S", reason__regex=r"\S")),
            models.UniqueConstraint(name="one_reject_per_row", fields=["delivery", "row_no"]),
        ]
        indexes = [GinIndex(name="reject_tokens", fields=["tokens"])]
