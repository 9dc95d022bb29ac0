"""存量建账: the opening act, the rosters it covers and what was refused of them."""

from django.db import models
from django.db.models import F, Q


class OpeningAct(models.Model):
    """The act by which two officers attest the roster of existing households (存量建账确认书)."""

    division = models.CharField("区划", max_length=12)
    signed_on = models.DateField("签署日期")
    first_officer = models.CharField("签署人", max_length=60)
    second_officer = models.CharField("第二签署人", max_length=60)
    households = models.PositiveIntegerField("户数")
    persons = models.PositiveIntegerField("人数")
    monthly_fen = models.BigIntegerField("月保障金合计（分）")

    class Meta:
        verbose_name = verbose_name_plural = "存量建账确认书"
        constraints = [
            models.CheckConstraint(name="opening_act_two_officers", condition=~Q(first_officer=F("second_officer"))),
            models.UniqueConstraint(name="one_opening_act", fields=["division"]),
        ]


class RosterFile(models.Model):
    """One official roster brought in (花名册文件); the same bytes twice change nothing."""

    division = models.CharField("区划", max_length=12)
    name = models.CharField("文件名", max_length=120)
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    received_at = models.DateTimeField("接收时间")
    households_read = models.PositiveIntegerField("读入户数")
    households_accepted = models.PositiveIntegerField("接收户数")
    households_rejected = models.PositiveIntegerField("退回户数")
    act = models.ForeignKey(OpeningAct, models.PROTECT, null=True, verbose_name="存量建账确认书")

    class Meta:
        verbose_name = verbose_name_plural = "花名册文件"


class RosterReject(models.Model):
    """One refused cell of a roster (退回行), with what the sender must do."""

    file = models.ForeignKey(RosterFile, models.CASCADE, related_name="rejects", verbose_name="花名册文件")
    division = models.CharField("区划", max_length=12)
    sheet = models.CharField("工作表", max_length=10)
    row = models.PositiveIntegerField("行号")
    field = models.CharField("字段", max_length=30)
    value = models.CharField("原值", max_length=200, blank=True)
    reason = models.CharField("原因与处理", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "退回行"


class RejectedRow(models.Model):
    """A row of a refused household as the sender wrote it (退回户的原行), so that the whole household goes back."""

    file = models.ForeignKey(RosterFile, models.CASCADE, related_name="rejected_rows", verbose_name="花名册文件")
    division = models.CharField("区划", max_length=12)
    household = models.CharField("户编号", max_length=200, blank=True)
    sheet = models.CharField("工作表", max_length=10)
    row = models.PositiveIntegerField("行号")
    cells = models.JSONField("原行", default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "退回户的原行"


class StagedHousehold(models.Model):
    """An accepted household of a roster (待建账户); it waits until the act over its file is signed, and stays as proof.

    `recomputed_fen` is what the rules give on the day of the old decision, empty where `lacks` says what is missing.
    """

    file = models.ForeignKey(RosterFile, models.PROTECT, related_name="staged", verbose_name="花名册文件")
    number = models.CharField("户编号", max_length=24, unique=True)
    division = models.CharField("区划", max_length=12, db_index=True)
    area = models.CharField("城乡", max_length=5, choices=[("rural", "农村"), ("urban", "城镇")])
    old_number = models.CharField("原决定文号", max_length=40, unique=True)
    decided_on = models.DateField("原决定日期")
    first_month = models.DateField("起发月")
    persons = models.PositiveSmallIntegerField("保障人数")
    amount_fen = models.BigIntegerField("发放合计（分）")
    supplement_fen = models.BigIntegerField("其中分类施保（分）")
    review_class = models.CharField("复核类别", max_length=8, choices=[("yearly", "常保"), ("halfyear", "非常保")])
    entry = models.JSONField("登记内容")
    facts = models.JSONField("核定情况")
    lacks = models.CharField("缺什么", max_length=200, blank=True)
    recomputed_fen = models.BigIntegerField("重算月保障金（分）", null=True)
    gap_fen = models.BigIntegerField("补差前月缺口（分）")
    rule_set = models.CharField("规则版本", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "待建账户"
        constraints = [
            models.CheckConstraint(
                name="staged_amounts_possible",
                condition=Q(amount_fen__gt=0, supplement_fen__gte=0, supplement_fen__lte=F("amount_fen")),
            ),
            models.CheckConstraint(
                name="staged_recomputed_or_lacking",
                condition=Q(recomputed_fen__isnull=False, lacks="") | (Q(recomputed_fen__isnull=True) & ~Q(lacks="")),
            ),
        ]
