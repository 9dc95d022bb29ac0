"""报告: snapshots, drafts and chained finals; signed notes, words of officers, reports as once filed."""

from django.db import models
from django.db.models import Q


class Snapshot(models.Model):
    """The figures of a year as they stood (快照): a draft, or final with its report's text; no later fact changes it.

    A final one carries the chain value of the final before it (`previous`, empty of the first) and its own.
    """

    year = models.PositiveSmallIntegerField("年度")
    version = models.PositiveSmallIntegerField("版本")
    division = models.CharField("区划", max_length=12)
    as_of = models.DateField("截至日期")
    known_at = models.DateTimeField("所知时间")
    content = models.JSONField("内容")
    sha256 = models.CharField("SHA-256", max_length=64)
    previous = models.CharField("上一版的链值", max_length=64, blank=True)
    chain = models.CharField("链值", max_length=64, blank=True)
    is_final = models.BooleanField("定稿", default=False)
    officer = models.CharField("锁定人", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "快照"
        constraints = [
            models.UniqueConstraint(name="one_snapshot_version", fields=["year", "division", "version"]),
            models.UniqueConstraint(
                name="one_final_after_another", fields=["division", "previous"], condition=Q(is_final=True)
            ),
            models.CheckConstraint(
                name="only_a_final_is_chained", condition=Q(is_final=True) | Q(previous="", chain="")
            ),
        ]


class FindingNote(models.Model):
    """A signed note that closes a finding of the check-up at its place; the report prints it (体检说明)."""

    year = models.PositiveSmallIntegerField("年度")
    division = models.CharField("区划", max_length=12)
    finding = models.CharField("问题编号", max_length=8)
    where = models.CharField("问题位置", max_length=200, blank=True)
    note = models.CharField("说明", max_length=300)
    officer = models.CharField("签署人", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "体检说明"
        constraints = [
            models.UniqueConstraint(name="one_note_per_finding", fields=["year", "division", "finding", "where"]),
            models.CheckConstraint(name="note_is_signed", condition=~Q(note="") & ~Q(officer="")),
        ]


class ReportText(models.Model):
    """A paragraph of the report in an officer's words (报告文字); figures in it are marks, the newest number counts."""

    year = models.PositiveSmallIntegerField("年度")
    division = models.CharField("区划", max_length=12)
    report = models.CharField("报告", max_length=40)
    place = models.CharField("位置", max_length=60)
    number = models.PositiveSmallIntegerField("序号")
    text = models.TextField("文字", blank=True)
    officer = models.CharField("撰写人", max_length=60)
    written_at = models.DateTimeField("撰写时间")

    class Meta:
        verbose_name = verbose_name_plural = "报告文字"
        constraints = [
            models.UniqueConstraint(name="one_text_a_number", fields=["year", "division", "report", "place", "number"]),
            models.CheckConstraint(name="text_has_an_author", condition=~Q(officer="")),
        ]


class FiledReport(models.Model):
    """A report as it was once filed (原报送稿): its text as read and what the check-up found, beside ours."""

    year = models.PositiveSmallIntegerField("年度")
    division = models.CharField("区划", max_length=12)
    name = models.CharField("文件名", max_length=120)
    sha256 = models.CharField("SHA-256", max_length=64)
    document = models.JSONField("文稿")
    filed_on = models.DateField("登记日期")
    officer = models.CharField("登记人", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "原报送稿"
        constraints = [
            models.UniqueConstraint(name="one_filed_report", fields=["year", "division", "sha256"]),
            models.CheckConstraint(name="filed_report_has_an_officer", condition=~Q(officer="") & ~Q(name="")),
        ]
