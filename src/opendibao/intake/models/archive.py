"""一户一档: the paper file of a household, what lies in it, where it stands and who has it."""

from django.db import models
from django.db.models import F, Q

from opendibao.intake.models.cases import Case


class ArchiveFile(models.Model):
    """The file of one household (档案), volume by volume; `pages` is what was counted when it was last checked.

    It is closed and numbered at the end of a year; papers that come later lie in the next volume.
    """

    household = models.ForeignKey("registry.Household", models.PROTECT, related_name="archive", verbose_name="家庭")
    volume = models.PositiveSmallIntegerField("卷号")
    number = models.CharField("档号", max_length=40, null=True)
    division = models.CharField("区划", max_length=12, db_index=True)
    opened_on = models.DateField("立档日期")
    opened_by = models.CharField("立卷人", max_length=60)
    location = models.CharField("存放位置", max_length=60, blank=True)
    pages = models.PositiveIntegerField("页数", default=0)
    checked_on = models.DateField("核对日期", null=True)
    checked_by = models.CharField("核对人", max_length=60, blank=True)
    closed_on = models.DateField("归档日期", null=True)
    keep_until = models.DateField("保管期至", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "档案"
        constraints = [
            models.UniqueConstraint(name="one_volume_of_a_number", fields=["household", "volume"]),
            models.UniqueConstraint(name="one_archive_of_a_number", fields=["number"]),
            models.UniqueConstraint(
                name="one_open_archive_per_household", fields=["household"], condition=Q(closed_on__isnull=True)
            ),
            models.CheckConstraint(
                name="archive_is_kept_after_closing",
                condition=Q(closed_on__isnull=True, keep_until__isnull=True, number__isnull=True)
                | Q(closed_on__isnull=False, keep_until__isnull=False, number__isnull=False)
                & Q(closed_on__gte=F("opened_on"), keep_until__gt=F("closed_on"))
                & ~Q(location="")
                & Q(checked_on__isnull=False),
            ),
            models.CheckConstraint(
                name="archive_checked_by_somebody",
                condition=Q(checked_on__isnull=True, checked_by="") | (Q(checked_on__isnull=False) & ~Q(checked_by="")),
            ),
        ]


class ArchiveItem(models.Model):
    """One paper of a file (卷内材料), in its order; one that was taken out keeps its place and its reason."""

    file = models.ForeignKey(ArchiveFile, models.PROTECT, related_name="items", verbose_name="档案")
    division = models.CharField("区划", max_length=12, db_index=True)
    sequence = models.PositiveSmallIntegerField("序号")
    title = models.CharField("题名", max_length=120)
    dated_on = models.DateField("材料日期")
    pages = models.PositiveSmallIntegerField("页数")
    form = models.CharField(
        "形式", max_length=8, choices=[("original", "原件"), ("copy", "复印件"), ("scan", "扫描件")]
    )
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="archive_items", verbose_name="案件")
    source = models.CharField("材料来源", max_length=60, blank=True)
    entered_on = models.DateField("入卷日期")
    entered_by = models.CharField("立卷人", max_length=60)
    withdrawn_on = models.DateField("抽出日期", null=True)
    withdrawn_reason = models.CharField("抽出理由", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "卷内材料"
        constraints = [
            models.UniqueConstraint(name="archive_items_count_up", fields=["file", "sequence"]),
            models.UniqueConstraint(
                name="one_paper_of_a_source",
                fields=["file", "source"],
                condition=~Q(source="") & Q(withdrawn_on__isnull=True),
            ),
            models.CheckConstraint(name="archive_item_has_pages", condition=Q(pages__gt=0) & ~Q(title="")),
            models.CheckConstraint(
                name="withdrawn_for_a_reason",
                condition=Q(withdrawn_on__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_on__isnull=False, withdrawn_on__gte=F("entered_on")) & ~Q(withdrawn_reason="")),
            ),
        ]


class ArchiveLoan(models.Model):
    """A file is lent (借阅): to whom, what for, until when, back when."""

    file = models.ForeignKey(ArchiveFile, models.PROTECT, related_name="loans", verbose_name="档案")
    division = models.CharField("区划", max_length=12, db_index=True)
    borrower = models.CharField("借阅人", max_length=60)
    unit = models.CharField("借阅单位", max_length=60)
    purpose = models.CharField("借阅用途", max_length=200)
    lent_on = models.DateField("借出日期")
    lent_by = models.CharField("经办人", max_length=60)
    due_on = models.DateField("应还日期")
    returned_on = models.DateField("归还日期", null=True)
    returned_to = models.CharField("收回人", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "借阅"
        constraints = [
            models.UniqueConstraint(
                name="one_open_loan_per_file", fields=["file"], condition=Q(returned_on__isnull=True)
            ),
            models.CheckConstraint(
                name="loan_days_in_order",
                condition=Q(due_on__gte=F("lent_on"))
                & (
                    Q(returned_on__isnull=True, returned_to="")
                    | (Q(returned_on__isnull=False, returned_on__gte=F("lent_on")) & ~Q(returned_to=""))
                ),
            ),
            models.CheckConstraint(
                name="loan_names_who_and_why", condition=~Q(borrower="") & ~Q(purpose="") & ~Q(unit="")
            ),
        ]
