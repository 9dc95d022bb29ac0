"""家庭办理: another account is asked for, which a second officer confirms; and where a household lives."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.kernel.ids import mask_account
from opendibao.registry.account_queries import waiting_change
from opendibao.registry.actions import ask_account_change, move_household
from opendibao.registry.checking import ADDRESS_LENGTH, NAME_LENGTH, PHONE_LENGTH
from opendibao.registry.entries import AccountEntry, ChangeEntry
from opendibao.registry.queries import AccountRow, HouseholdRow, account_on, place_on
from opendibao.registry.queries import household as household_of
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Day, Pick, VillagePick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.context import today_in_county
from opendibao.web.household_papers import account_words
from opendibao.web.labels import ACCOUNT_CAUSES, AREAS, ASK_CHANNELS, ASKERS, EVIDENCE
from opendibao.web.payment.household_papers import paper_entry
from opendibao.web.places import own_villages, places
from opendibao.web.tables import Crumb
from opendibao.web.uploads import Paper

ACCOUNT = re.compile(r"[0-9]{8,30}")
PHONE = re.compile(r"[0-9][0-9 -]{5,18}[0-9]")
MOST_TYPED = 60


class AccountForm(ActForm):
    """The account as the family's book or card shows it, its number twice."""

    holder = Words(gettext_lazy("户名"), NAME_LENGTH, hint=gettext_lazy("和存折或银行卡上的姓名一字不差，不符会被退回"))
    bank = Words(gettext_lazy("开户银行"), NAME_LENGTH)
    number = Words(gettext_lazy("账号"), MOST_TYPED, hint=gettext_lazy("8 至 30 位数字，可以带空格"))
    again = Words(gettext_lazy("再填一遍账号"), MOST_TYPED, hint=gettext_lazy("对着存折再抄一遍，两遍相同才保存"))
    cause = Pick(gettext_lazy("变更原因"), ACCOUNT_CAUSES)
    asker = Words(
        gettext_lazy("提出人"), NAME_LENGTH, hint=gettext_lazy("家庭成员或登记的代领人的姓名；银行提出的填银行")
    )
    asker_is = Pick(gettext_lazy("提出人身份"), ASKERS)
    channel = Pick(gettext_lazy("提出渠道"), ASK_CHANNELS)
    evidence = Pick(gettext_lazy("凭据"), EVIDENCE, hint=gettext_lazy("没有看到存折或银行卡原件的，要附照片或扫描件"))
    paper = Paper(gettext_lazy("凭据附件"), needed=False)
    asked_on = Day(gettext_lazy("提出日期"), hint=gettext_lazy("家庭提出的那天；新账户从另一人核实那天起用"))

    def clean_holder(self) -> str:
        """A name that fits into a line of the bank's file."""
        return self._for_the_bank("holder")

    def clean_bank(self) -> str:
        """A name that fits into a line of the bank's file."""
        return self._for_the_bank("bank")

    def _for_the_bank(self, name: str) -> str:
        text = str(self.cleaned_data[name])
        if "|" in text or not text.isprintable():
            said = _("“%(label)s”里有“|”或换行等符号，银行的文件写不下，请删去后重填")
            raise ValidationError(said % {"label": self.fields[name].label})
        return text

    def clean_number(self) -> str:
        """Digits only."""
        number = _digits(self.cleaned_data["number"])
        if not ACCOUNT.fullmatch(number):
            raise ValidationError(_("“账号”应为 8 至 30 位数字，请对照存折或银行卡重填"))
        return number

    def clean_again(self) -> str:
        """The same digits a second time."""
        again = _digits(self.cleaned_data["again"])
        if "number" in self.cleaned_data and again != self.cleaned_data["number"]:
            raise ValidationError(_("两遍账号不一样，请对照存折或银行卡重填"))
        return again


class MoveForm(ActForm):
    """Where a household lives, whose standard applies to it, how to reach it."""

    division = VillagePick(gettext_lazy("村社区"), hint=gettext_lazy("只列您管辖的；迁到别处的由县民政局办理"))
    area = Pick(gettext_lazy("适用标准"), AREAS, hint=gettext_lazy("按农村还是城镇低保标准，以决定为准"))
    address = Words(gettext_lazy("住址"), ADDRESS_LENGTH, needed=False, hint=gettext_lazy("组、门牌号（选填）"))
    phone = Words(gettext_lazy("电话"), PHONE_LENGTH, needed=False, hint=gettext_lazy("手机或带区号的座机（选填）"))
    on = Day(gettext_lazy("从哪天起"), hint=gettext_lazy("这天以前的记录保持不变"))

    def clean_phone(self) -> str:
        """A number that can be dialled, or none."""
        phone = unicodedata.normalize("NFKC", str(self.cleaned_data["phone"])).strip()
        if phone and not PHONE.fullmatch(phone):
            raise ValidationError(_("“电话”应为 7 至 20 位数字，请重填；没有就空着"))
        return phone


def _digits(text: str) -> str:
    """What was typed without the gaps of a card, full-width digits as plain ones."""
    return re.sub(r"[ \t-]", "", unicodedata.normalize("NFKC", text))


def _known(number: str) -> HouseholdRow:
    found = household_of(number)
    if found is None:
        raise Http404(f"没有家庭“{number}”")
    return found


@takes_a_form
def corrected_account(request: HttpRequest, number: str) -> HttpResponse:
    """改正账户: the change is asked for here, and confirmed by somebody else."""
    found, today = _known(number), today_in_county()

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        account = AccountEntry(given["holder"], given["bank"], given["number"])
        names = ("cause", "asker", "asker_is", "channel", "evidence", "asked_on")
        paper = paper_entry(given["paper"]) if given["paper"] else None
        entry = ChangeEntry(account, **{name: given[name] for name in names}, paper=paper)
        ask_account_change(found.id, entry, on=today, at=at)
        said = _("已提出变更：%(bank)s %(number)s，户名 %(holder)s。另一人核实以前，低保金仍发原账户。")
        masked = {"bank": account.bank, "number": mask_account(account.number), "holder": account.holder}
        return Done(reverse("household", args=[number]), said % masked)

    account = account_on(found.id, today)
    return answer(
        request,
        Act(
            title=_("改正账户"), button=_("提出变更，等另一人核实"), form=AccountForm, do=do, way=_way(number),
            subject=f"家庭 {number}", values=lambda: _account_now(found.id, today), closed=_waits(found.id),
            initial={
                "holder": account.holder if account else "", "bank": account.bank if account else "",
                "asked_on": today,
            },
            facts=[(_("现在的账户"), _account_words(account))],
            notes=[
                _("另一人打登记的电话或当面看过存折，新账户才生效。"), _("退回的低保金等账户改正后补发，只补一次。"),
                _("旧账户留在记录里，不会被删掉。"),
            ],
        ),
    )  # fmt: skip


@takes_a_form
def moved_household(request: HttpRequest, number: str) -> HttpResponse:
    """变更住址和电话."""
    found, today = _known(number), today_in_county()

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        move_household(
            found.id, division=given["division"], area=given["area"], address=given["address"], phone=given["phone"],
            on=given["on"], at=at,
        )  # fmt: skip
        said = _("已变更住址和电话：%(place)s。填错了就再改一次，原来的记录都留着。")
        return Done(reverse("household", args=[number]), said % {"place": places().full(given["division"])})

    place = place_on(found.id, today)
    now = (
        {"division": place.division, "area": place.area, "address": place.address, "phone": place.phone}
        if place
        else {}
    )
    return answer(
        request,
        Act(
            title=_("变更住址和电话"), button=_("保存住址和电话"), form=MoveForm, do=do, way=_way(number),
            subject=f"家庭 {number}", values=lambda: _place_now(found.id, today), initial={**now, "on": today},
            villages=own_villages(request), closed="" if place else _("这一户今天没有登记住址，请先建档"),
        ),
    )  # fmt: skip


def _waits(household_id: int) -> str:
    """Why no other change can be asked for now."""
    waiting = waiting_change(household_id)
    if waiting is None:
        return ""
    told = {"who": waiting.made_by, "on": waiting.made_on}
    return _("%(who)s %(on)s提出的账户变更还在等核实，请先核实或撤回。") % told


def _way(number: str) -> list[Crumb]:
    return [Crumb(_("家庭 %(number)s") % {"number": number}, reverse("household", args=[number]))]


def _account_words(account: AccountRow | None) -> str:
    return account_words(account) or _("没有登记")


def _account_now(household_id: int, day: date) -> dict[str, str]:
    row = account_on(household_id, day)
    return {"holder": row.holder, "bank": row.bank, "number": mask_account(row.number)} if row else {
        "holder": "", "bank": "", "number": "",
    }  # fmt: skip


def _place_now(household_id: int, day: date) -> dict[str, str]:
    row = place_on(household_id, day)
    if row is None:
        return {}
    village = places().full(row.division)
    return {"division": village, "area": AREAS[row.area], "address": row.address, "phone": row.phone}
