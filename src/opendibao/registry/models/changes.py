"""账户变更: who asked for another account, on what evidence, who else looked, and what came of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from opendibao.registry.models.papers import HouseholdPaper
from opendibao.registry.models.register import BankAccount, Household


class Asker(models.TextChoices):
    """Whose wish it is (提出人身份)."""

    MEMBER = "member", "家庭成员"
    PROXY = "proxy", "登记的代领人"
    BANK = "bank", "代发银行"


class Channel(models.TextChoices):
    """How it was asked (提出渠道)."""

    WINDOW = "window", "窗口"
    VISIT = "visit", "入户"
    VILLAGE = "village", "村（居）委会转来"
    BANK = "bank", "银行来函"


class Cause(models.TextChoices):
    """Why (变更原因)."""

    FIRST = "first", "初次登记账户"
    RETURNED = "returned", "低保金被退回"
    LOST = "lost", "挂失换卡"
    CLOSED = "closed", "原账户已销户"
    HOLDER = "holder", "户名换人"
    BANK = "bank", "换代发银行"
    MISTAKE = "mistake", "更正登记错误"


class Evidence(models.TextChoices):
    """What was shown (凭据)."""

    BOOK = "book", "存折或银行卡原件"
    COPY = "copy", "存折或银行卡复印件"
    LETTER = "letter", "书面申请"
    SLIP = "slip", "银行开户回单"


class ChangeState(models.TextChoices):
    """How far it is (状态); the account changes with `confirmed` alone."""

    WAITING = "waiting", "待核实"
    CONFIRMED = "confirmed", "已核实生效"
    REFUSED = "refused", "不予变更"
    WITHDRAWN = "withdrawn", "已撤回"


class Looked(models.TextChoices):
    """How another officer made sure (核实方式)."""

    TELEPHONE = "telephone", "打登记电话核实"
    BOOK = "book", "当面看存折或银行卡"


class Risk(models.TextChoices):
    """What a second look is for (风险点)."""

    SHARED = "shared", "账号已是别家的"
    NAME = "name", "户名不是家庭成员"
    FREEZE = "freeze", "临近冻结名册"
    SAME_HAND = "same_hand", "经办人也办过这家的案件"
    PHONE_NEW = "phone_new", "登记电话近期改过"
    PHONE_MANY = "phone_many", "登记电话与别家相同"
    PROXY_ONLY = "proxy_only", "只问了代领人"
    KEPT = "kept", "银行卡正由人代管"


_UNSETTLED = Q(state="waiting", settled_by="", settled_on__isnull=True, how="", spoken_with="", note="")


class AccountChange(models.Model):
    """A change of a household's account that was asked for; nothing changes until another officer has looked."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="account_changes", verbose_name="家庭")
    division = models.CharField("区划", max_length=12, db_index=True)
    holder = models.CharField("户名", max_length=60)
    bank = models.CharField("开户银行", max_length=60)
    number = models.CharField("账号", max_length=32)
    cause = models.CharField("变更原因", max_length=10, choices=Cause.choices)
    asker = models.CharField("提出人", max_length=60)
    asker_is = models.CharField("提出人身份", max_length=10, choices=Asker.choices)
    channel = models.CharField("提出渠道", max_length=10, choices=Channel.choices)
    evidence = models.CharField("凭据", max_length=10, choices=Evidence.choices)
    paper = models.ForeignKey(HouseholdPaper, models.PROTECT, null=True, related_name="+", verbose_name="凭据附件")
    asked_on = models.DateField("提出日期")
    made_by = models.CharField("经办人", max_length=60)
    made_on = models.DateField("登记日期")
    state = models.CharField("状态", max_length=10, choices=ChangeState.choices, default=ChangeState.WAITING)
    settled_by = models.CharField("核实人", max_length=60, blank=True)
    settled_on = models.DateField("核实日期", null=True)
    how = models.CharField("核实方式", max_length=10, choices=Looked.choices, blank=True)
    spoken_with = models.CharField("核实对象", max_length=60, blank=True)
    called = models.CharField("拨打电话", max_length=20, blank=True)
    risks = ArrayField(
        models.CharField("风险点", max_length=10, choices=Risk.choices), default=list, verbose_name="风险点"
    )
    note = models.CharField("核实说明", max_length=200, blank=True)
    account = models.OneToOneField(
        BankAccount, models.PROTECT, null=True, related_name="change", verbose_name="银行账户"
    )

    class Meta:
        verbose_name = verbose_name_plural = "账户变更"
        constraints = [
            models.UniqueConstraint(
                name="one_account_change_waiting", fields=["household"], condition=Q(state="waiting")
            ),
            models.CheckConstraint(
                name="account_change_says_who_asked", condition=Q(asker__regex=r"\S", made_by__regex=r"\S")
            ),
            models.CheckConstraint(
                name="account_change_keeps_its_paper", condition=Q(evidence="book") | Q(paper__isnull=False)
            ),
            models.CheckConstraint(
                name="account_change_days_in_order",
                condition=Q(made_on__gte=F("asked_on"))
                & (Q(settled_on__isnull=True) | Q(settled_on__gte=F("made_on"))),
            ),
            models.CheckConstraint(
                name="account_change_needs_two_people",
                condition=~Q(state__in=["confirmed", "refused"])
                | (Q(settled_by__regex=r"\S") & ~Q(settled_by=F("made_by"))),
            ),
            models.CheckConstraint(
                name="account_change_is_settled_whole",
                condition=_UNSETTLED
                | Q(
                    state="confirmed", settled_on__isnull=False, how__in=["telephone", "book"], spoken_with__regex=r"\S"
                )
                & (Q(how="book") | Q(called__regex=r"\S"))
                | Q(
                    state__in=["refused", "withdrawn"],
                    settled_on__isnull=False,
                    note__regex=r"\S",
                    settled_by__regex=r"\S",
                ),
            ),
            models.CheckConstraint(
                name="risky_account_change_has_a_note",
                condition=~Q(state="confirmed") | Q(risks__len=0) | Q(note__regex=r"\S"),
            ),
        ]
