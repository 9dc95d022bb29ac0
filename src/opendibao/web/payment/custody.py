"""代管银行卡: the list of each township, one kept card with its checks, and the forms (57号 第二十六条)."""

from collections.abc import Mapping
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.audit.actions import record_view
from opendibao.registry.actions import check_custody, file_custody, hand_over_card, return_card
from opendibao.registry.checking import NAME_LENGTH
from opendibao.registry.custody_queries import CustodyRow, custodies, custody, custody_checks
from opendibao.registry.entries import CustodyEntry
from opendibao.registry.keepers import needs_explaining
from opendibao.reporting.account_papers import custody_agreement_pdf
from opendibao.web.access import CONFIRMERS, FILES, may, takes_a_form
from opendibao.web.act_fields import ActForm, Day, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.clock import now_in_county
from opendibao.web.context import today_in_county
from opendibao.web.labels import CUSTODIANS, HANDED, REVIEW_WAYS
from opendibao.web.paging import ROWS_A_PAGE, pager
from opendibao.web.payment.agreements import (
    NOTE_LENGTH,
    FileForm,
    agreement_page,
    asked_list,
    chosen,
    due_cell,
    filed_cell,
    filed_fact,
    hand_cell,
    heads_by_home,
    home_crumb,
    homes_by_hand,
    kept_file,
    known,
    many_note,
    print_fact,
    told,
    viewer_name,
    views,
    villages,
)
from opendibao.web.payment.files import attached
from opendibao.web.payment.household_papers import paper_entry
from opendibao.web.payment.proxies import YES_NO
from opendibao.web.places import places
from opendibao.web.tables import Cell, Crumb, ListPage, Table, day, heads, household, text
from opendibao.web.uploads import Paper


class CustodyForm(ActForm):
    """Who keeps what, as it was agreed and handed over."""

    custodian = Words(gettext_lazy("代管人"), NAME_LENGTH)
    custodian_is = Pick(
        gettext_lazy("代管人身份"), CUSTODIANS, hint=gettext_lazy("57 号第二十六条只许这两种工作人员代管")
    )
    post = Words(gettext_lazy("单位和职务"), NAME_LENGTH)
    reason = Words(gettext_lazy("代管原因"), NOTE_LENGTH, rows=2)
    handed = Pick(gettext_lazy("交付物品"), HANDED, hint=gettext_lazy("密码由家庭自己掌握，不交给代管人"))
    handed_on = Day(gettext_lazy("交付日期"))
    agreed_by = Words(
        gettext_lazy("签字的家庭成员"), NAME_LENGTH, hint=gettext_lazy("监护人代签的，填他代谁签的那位家庭成员")
    )
    agreed_on = Day(gettext_lazy("协议日期"))
    paper = Paper(gettext_lazy("书面协议"))


class CheckForm(ActForm):
    """The yearly look."""

    way = Pick(gettext_lazy("核查方式"), REVIEW_WAYS)
    is_there = Pick(gettext_lazy("卡或存折还在"), YES_NO, hint=gettext_lazy("请代管人拿出来看，对照账号后四位"))
    spoken_with = Words(gettext_lazy("询问的家庭成员"), NAME_LENGTH)
    is_paid_out = Pick(gettext_lazy("支取与家庭说的相符"), YES_NO, hint=gettext_lazy("对照存折流水和领款签字"))
    findings = Words(gettext_lazy("核查情况"), NOTE_LENGTH, rows=2)


class ReturnForm(ActForm):
    """To whom it was given back."""

    returned_to = Words(
        gettext_lazy("接收的家庭成员"), NAME_LENGTH,
        hint=gettext_lazy("家中已没有在世的成员的，填实际接收的人，并在归还说明里写清他是谁"),
    )  # fmt: skip
    on = Day(gettext_lazy("归还日期"))
    remark = Words(gettext_lazy("归还说明"), NOTE_LENGTH, rows=2, needed=False)


def custodies_page(request: HttpRequest) -> HttpResponse:
    """The list, of the townships in the viewer's sight: what is kept now, what one keeps for many, or all."""
    asked, every, many = asked_list(request), custodies(today_in_county()), homes_by_hand()
    found = chosen(every, asked, many, attrgetter("custodian"))
    paged = pager(request, len(found))
    page = ListPage(
        _("代管银行卡"), _lead(found), custodies_table(found[paged.offset : paged.offset + ROWS_A_PAGE], many),
        [Crumb(_("发放批次"), reverse("pay-runs")), Crumb(_("代管银行卡"))],
        choices=[views(asked)], breakdown=villages(every, asked),
        acts=[Crumb(_("下载表格"), reverse("custodies-file") + asked.to()),
              Crumb(_("账户变更"), reverse("account-changes")), Crumb(_("代领人"), reverse("proxies"))],
    )  # fmt: skip
    return render(request, "web/rows.html", {"page": page, "pager": paged})


def custodies_file(request: HttpRequest) -> HttpResponse:
    """The list as a workbook, village by village, with what was agreed and found."""
    asked, many = asked_list(request), homes_by_hand()
    found = chosen(custodies(today_in_county()), asked, many, attrgetter("custodian"))
    return kept_file(request, _("代管银行卡"), _whole_table(found))


def _lead(found: list[CustodyRow]) -> str:
    now = [row for row in found if row.due_on]
    overdue = sum(row.due_on < today_in_county() for row in now if row.due_on)
    told = {"n": f"{len(now):,}", "due": f"{overdue:,}", "open": f"{sum(not row.filed_by for row in now):,}",
            "bad": f"{sum(not row.fits for row in now):,}"}  # fmt: skip
    said = _("正在代管 %(n)s 户，未备案 %(open)s 户，核查逾期 %(due)s 户，上次核查不相符 %(bad)s 户。")
    return said % told if found else ""


def custodies_table(found: list[CustodyRow], many: dict[tuple[str, str], int]) -> Table:
    """The rows; the custodian leads to the agreement."""
    names, homes = places(), heads_by_home([row.household_id for row in found])
    rows = [
        [household(row.household), text(homes.get(row.household_id)), text(names.full(row.division)),
         hand_cell(row.custodian, row.division, reverse("custody", args=[row.id]), many if row.due_on else {}),
         text(row.post), _card(row), filed_cell(row.filed_by, row.filed_on), _next_look(row)]
        for row in found
    ]  # fmt: skip
    return Table(
        heads(_("户编号"), "!" + _("户主"), _("村社区"), _("代管人"), _("单位和职务"), _("交付物品"), "!" + _("备案"),
              "!" + _("下次核查")),
        rows, caption=_("代管银行卡"), nothing=_("没有代管的银行卡"),
        empty=_("乡镇或村里的工作人员代为保管存折、银行卡的，要签书面协议并备案；在家庭页面上按“登记代管”。"),
    )  # fmt: skip


def _whole_table(found: list[CustodyRow]) -> Table:
    """Everything of a kept card but the number of the account."""
    names, homes = places(), heads_by_home([row.household_id for row in found])
    words = (_("村社区"), _("户编号"), _("户主"), _("代管人"), _("代管人身份"), _("单位和职务"), _("代管原因"),
             _("交付物品"), _("账号后四位"), _("交付日期"), _("签字的家庭成员"), _("协议日期"), _("备案"),
             _("备案说明"), _("上次核查"), _("核查相符"), _("下次核查"), _("归还日期"),
             _("接收的家庭成员"))  # fmt: skip
    rows = [
        [text(names.full(row.division)), text(row.household), text(homes.get(row.household_id)), text(row.custodian),
         text(CUSTODIANS[row.custodian_is]), text(row.post), text(row.reason), text(HANDED[row.handed]), text(row.tail),
         day(row.handed_on), text(row.agreed_by), day(row.agreed_on), filed_cell(row.filed_by, row.filed_on),
         text(row.filed_note), day(row.checked_on),
         text((_("是") if row.fits else _("否")) if row.checked_on else ""), day(row.due_on), day(row.returned_on),
         text(row.returned_to)]
        for row in found
    ]  # fmt: skip
    return Table(heads(*words), rows, caption=_("代管银行卡"))


def _card(row: CustodyRow) -> Cell:
    return (
        Cell(_("%(things)s（账户已换，代管的是旧的）") % {"things": _things(row)}, tone="warn")
        if row.is_old
        else text(_things(row))
    )


def _next_look(row: CustodyRow) -> Cell:
    if row.due_on is None:
        return Cell(_("%(day)s 已归还") % {"day": row.returned_on})
    if not row.fits:
        return Cell(_("%(day)s 核查不相符") % {"day": row.checked_on}, tone="bad")
    return due_cell(row.due_on)


def _things(row: CustodyRow) -> str:
    return _("%(things)s，账号尾号 %(tail)s") % {"things": HANDED[row.handed], "tail": row.tail}


def _asked(custody_id: int) -> CustodyRow:
    found = custody(custody_id, today_in_county())
    if found is None:
        raise Http404(f"没有代管“{custody_id}”")
    return found


def _facts(row: CustodyRow) -> list[tuple[str, str]]:
    returned = f"{row.returned_on} {row.returned_to} {row.return_note}".strip() if row.returned_on else ""
    return [
        (_("代管人"), f"{row.custodian}（{CUSTODIANS[row.custodian_is]}）{row.post}"), (_("代管原因"), row.reason),
        (_("交付物品"), _card(row).text), (_("交付日期"), str(row.handed_on)),
        (_("签字的家庭成员"), f"{row.agreed_by} {row.agreed_on}"), (_("经办人"), row.made_by),
        filed_fact(row),
        (_("下次核查"), str(row.due_on or "")), (_("归还"), returned),
    ]  # fmt: skip


def _way(row: CustodyRow) -> list[Crumb]:
    return [Crumb(_("代管银行卡"), reverse("custodies")), Crumb(row.custodian, reverse("custody", args=[row.id]))]


def custody_page(request: HttpRequest, custody_id: int) -> HttpResponse:
    """One kept card: what was agreed and handed over, and the checks."""
    row = _asked(custody_id)
    record_view(row.household, row.division, "代管银行卡", at=now_in_county())
    acts = []
    if not row.returned_on and not row.filed_by and may(request, CONFIRMERS):
        acts.append(Crumb(_("备案"), reverse("file-custody", args=[row.id])))
    if not row.returned_on and may(request, FILES):
        acts += [
            Crumb(_("年度核查"), reverse("check-custody", args=[row.id])),
            Crumb(_("登记归还"), reverse("return-card", args=[row.id])),
        ]
    if may(request, FILES):
        acts.append(Crumb(_("打印协议"), reverse("custody-agreement", args=[row.id])))
    crumbs = [Crumb(_("代管银行卡"), reverse("custodies")), home_crumb(row.household), Crumb(row.custodian)]
    title = _("%(name)s代管的银行卡") % {"name": row.custodian}
    return agreement_page(request, title, _facts(row), row.paper_id, custody_checks(row.id), acts, crumbs)


def blank_custody_agreement(request: HttpRequest, number: str) -> HttpResponse:
    """The agreement with the household's particulars, to be filled in by pen and signed."""
    found = known(number)
    data = custody_agreement_pdf(found, on=today_in_county())
    return attached(found.division, _("%(number)s代管协议.pdf") % {"number": number}, data, "代管协议")


def custody_agreement(request: HttpRequest, custody_id: int) -> HttpResponse:
    """The agreement as it was entered, to be signed."""
    row = _asked(custody_id)
    data = custody_agreement_pdf(known(row.household), on=today_in_county(), row=row)
    return attached(row.division, _("%(number)s代管协议.pdf") % {"number": row.household}, data, "代管协议")


@takes_a_form
def new_custody(request: HttpRequest, number: str) -> HttpResponse:
    """登记代管."""
    found = known(number)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        names = ("custodian", "custodian_is", "post", "reason", "handed", "handed_on", "agreed_by", "agreed_on")
        entry = CustodyEntry(**{name: given[name] for name in names}, paper=paper_entry(given["paper"]))
        made = hand_over_card(found.id, entry, on=today_in_county(), at=at)
        said = _("已登记：%(name)s代管，请县民政局备案。") % {"name": made.custodian}
        return Done(reverse("custody", args=[made.pk]), said)

    today = today_in_county()
    return answer(
        request,
        Act(
            title=_("登记代管"), button=_("登记代管"), form=CustodyForm, do=do, way=[home_crumb(number)],
            subject=f"家庭 {number}", initial={"agreed_on": today, "handed_on": today},
            facts=[print_fact("blank-custody-agreement", number)],
            notes=[_("能自己保管的由家庭自己保管。代管要由家庭成员签书面协议，报县民政局备案，每年核查一次。")],
            closed=_kept(found.id),
        ),
    )  # fmt: skip


def _kept(household_id: int) -> str:
    """Who keeps it already."""
    said = _("%(name)s自 %(day)s 起已代管，请先登记归还。")
    rows = [row for row in custodies(today_in_county(), household_id=household_id) if row.due_on]
    return "".join(said % {"name": row.custodian, "day": row.handed_on} for row in rows)


def _closed(row: CustodyRow) -> str:
    told = {"day": row.returned_on, "who": row.returned_to}
    return _("已在 %(day)s 归还给%(who)s。") % told if row.returned_on else ""


@takes_a_form
def filed_custody(request: HttpRequest, custody_id: int) -> HttpResponse:
    """代管备案."""
    row = _asked(custody_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        file_custody(custody_id, remark=given["remark"], on=today_in_county(), at=at)
        return Done(reverse("custody", args=[custody_id]), _("已备案。"))

    closed = _("这份协议已备案。") if row.filed_by else ""
    if viewer_name(request) in (row.made_by, row.custodian):
        closed = closed or _("登记的人和代管人不能自己备案，请换人备案。")
    return answer(
        request,
        Act(
            title=_("代管备案"), button=_("看过协议，备案"), form=FileForm, do=do, way=_way(row),
            subject=f"家庭 {row.household}", facts=told(_facts(row)), closed=_closed(row) or closed,
            notes=many_note(row.custodian, needs_explaining(row.custodian, row.division, today_in_county())),
        ),
    )  # fmt: skip


@takes_a_form
def checked_custody(request: HttpRequest, custody_id: int) -> HttpResponse:
    """代管年度核查."""
    row = _asked(custody_id)
    closed = _("您代管这张卡，要由别人核查。") if viewer_name(request) == row.custodian else ""

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        check_custody(
            custody_id, way=given["way"], is_there=given["is_there"] == "yes",
            is_paid_out=given["is_paid_out"] == "yes", spoken_with=given["spoken_with"],
            findings=given["findings"], on=today_in_county(), at=at,
        )  # fmt: skip
        is_well = given["is_there"] == given["is_paid_out"] == "yes"
        said = _("已登记核查。") if is_well else _("已登记核查。不相符的，查清以前发放前核对会列出这一户。")
        return Done(reverse("custody", args=[custody_id]), said)

    return answer(
        request,
        Act(
            title=_("代管年度核查"), button=_("登记核查"), form=CheckForm, do=do, way=_way(row),
            subject=f"家庭 {row.household}", facts=told(_facts(row)), closed=_closed(row) or closed,
        ),
    )  # fmt: skip


@takes_a_form
def returned_card(request: HttpRequest, custody_id: int) -> HttpResponse:
    """登记归还."""
    row = _asked(custody_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        return_card(custody_id, returned_to=given["returned_to"], remark=given["remark"], on=given["on"], at=at)
        return Done(reverse("custody", args=[custody_id]), _("已归还给%(who)s。") % {"who": given["returned_to"]})

    return answer(
        request,
        Act(
            title=_("登记归还"), button=_("登记归还"), form=ReturnForm, do=do, way=_way(row),
            subject=f"家庭 {row.household}", facts=told(_facts(row)), closed=_closed(row),
            initial={"on": today_in_county()},
        ),
    )  # fmt: skip
