"""代管: whose card or passbook an officer of township or village keeps, by written agreement (57号 第二十六条)."""

from django.db import models
from django.db.models import F, Q

from opendibao.registry.models.papers import HouseholdPaper
from opendibao.registry.models.proxies import ReviewWay
from opendibao.registry.models.register import Household


class Custodian(models.TextChoices):
    """Who may keep it (代管人身份): the two that 57号 第二十六条 names, and nobody else."""

    TOWN = "town", "乡镇（街道）工作人员"
    VILLAGE = "village", "村（居）委会工作人员"


class Handed(models.TextChoices):
    """What was handed over (交付物品); a password is never handed over."""

    CARD = "card", "银行卡"
    BOOK = "book", "存折"
    BOTH = "both", "银行卡和存折"


class Custody(models.Model):
    """A card or passbook that is kept for a household (代管银行卡), from the day it was handed over until its return.

    `tail`: the last four places of the account. The county takes note of the agreement (报县级民政部门备案).
    """

    household = models.ForeignKey(Household, models.PROTECT, related_name="custodies", verbose_name="家庭")
    division = models.CharField("区划", max_length=12, db_index=True)
    custodian = models.CharField("代管人", max_length=60)
    custodian_is = models.CharField("代管人身份", max_length=10, choices=Custodian.choices)
    post = models.CharField("单位和职务", max_length=60)
    reason = models.CharField("代管原因", max_length=200)
    handed = models.CharField("交付物品", max_length=6, choices=Handed.choices)
    tail = models.CharField("账号后四位", max_length=4)
    handed_on = models.DateField("交付日期")
    agreed_by = models.CharField("签字的家庭成员", max_length=60)
    agreed_on = models.DateField("协议日期")
    paper = models.ForeignKey(HouseholdPaper, models.PROTECT, related_name="+", verbose_name="协议附件")
    made_by = models.CharField("经办人", max_length=60)
    made_on = models.DateField("登记日期")
    filed_by = models.CharField("备案人", max_length=60, blank=True)
    filed_on = models.DateField("备案日期", null=True)
    filed_note = models.CharField("备案说明", max_length=200, blank=True)
    returned_on = models.DateField("归还日期", null=True)
    returned_to = models.CharField("接收的家庭成员", max_length=60, blank=True)
    returned_by = models.CharField("归还经办人", max_length=60, blank=True)
    return_note = models.CharField("归还说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "代管银行卡"
        constraints = [
            models.UniqueConstraint(
                name="one_custody_at_a_time", fields=["household"], condition=Q(returned_on__isnull=True)
            ),
            models.CheckConstraint(
                name="custody_says_who",
                condition=Q(custodian__regex=r"\S", post__regex=r"\S", reason__regex=r"\S", agreed_by__regex=r"\S"),
            ),
            models.CheckConstraint(name="custody_tail_has_four_digits", condition=Q(tail__regex=r"^[0-9]{4}$")),
            models.CheckConstraint(
                name="custody_days_in_order",
                condition=Q(handed_on__gte=F("agreed_on"), made_on__gte=F("handed_on"))
                & (Q(returned_on__isnull=True) | Q(returned_on__gte=F("handed_on"))),
            ),
            models.CheckConstraint(
                name="custody_filed_by_another",
                condition=Q(filed_by="", filed_on__isnull=True, filed_note="")
                | Q(filed_by__regex=r"\S", filed_on__isnull=False, filed_on__gte=F("made_on"))
                & ~Q(filed_by=F("made_by"))
                & ~Q(filed_by=F("custodian")),
            ),
            models.CheckConstraint(
                name="custody_returned_to_somebody",
                condition=Q(returned_on__isnull=True, returned_to="", returned_by="", return_note="")
                | Q(returned_on__isnull=False, returned_to__regex=r"\S", returned_by__regex=r"\S"),
            ),
        ]


class CustodyCheck(models.Model):
    """The yearly look at a kept card (代管年度核查): it is there, and the family got what was drawn."""

    custody = models.ForeignKey(Custody, models.PROTECT, related_name="checks", verbose_name="代管银行卡")
    checked_on = models.DateField("核查日期")
    checked_by = models.CharField("核查人", max_length=60)
    way = models.CharField("核查方式", max_length=10, choices=ReviewWay.choices)
    is_there = models.BooleanField("物品在")
    is_paid_out = models.BooleanField("支取与家庭说的相符")
    spoken_with = models.CharField("询问的家庭成员", max_length=60)
    note = models.CharField("核查情况", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "代管年度核查"
        constraints = [
            models.UniqueConstraint(name="one_custody_check_a_day", fields=["custody", "checked_on"]),
            models.CheckConstraint(
                name="custody_check_says_what", condition=Q(spoken_with__regex=r"\S", note__regex=r"\S")
            ),
        ]
