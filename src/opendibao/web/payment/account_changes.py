"""账户变更: what waits for a second look, with its risks; another officer confirms it, or it is dropped."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.audit.actions import record_view
from opendibao.kernel.ids import mask_account
from opendibao.payment.account_risks import RiskyChange, change_with_risks, confirm_account, risky_changes
from opendibao.registry.account_standing import keeps_for
from opendibao.registry.actions import drop_account_change
from opendibao.registry.checking import NAME_LENGTH
from opendibao.registry.entries import Look
from opendibao.registry.queries import account_on
from opendibao.registry.telephones import telephones
from opendibao.web.access import FILES, may, takes_a_form
from opendibao.web.act_fields import ActForm, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.asking import BadQuestion
from opendibao.web.clock import now_in_county
from opendibao.web.context import today_in_county
from opendibao.web.household_papers import account_words
from opendibao.web.labels import ACCOUNT_CAUSES, ACCOUNT_CHANGES, ACCOUNT_RISKS, ASK_CHANNELS, ASKERS, EVIDENCE, LOOKS
from opendibao.web.paging import ROWS_A_PAGE, pager
from opendibao.web.payment.agreements import heads_by_home, kept_file
from opendibao.web.places import Places, places
from opendibao.web.tables import Cell, Choice, Choices, Crumb, ListPage, Table, heads, household, text
from opendibao.web.viewing import Viewer

WAITING, ALL = "waiting", "all"
NOTE_LENGTH, TAIL = 200, 6


class LookForm(ActForm):
    """How the second officer made sure."""

    how = Pick(gettext_lazy("核实方式"), LOOKS, hint=gettext_lazy("打电话只打登记的电话，不打申请时新给的"))
    spoken_with = Words(gettext_lazy("核实对象"), NAME_LENGTH, hint=gettext_lazy("家庭成员或登记的代领人的姓名"))
    tail = Words(
        gettext_lazy("核实到的账号后 6 位"), 12, hint=gettext_lazy("照存折填，或照家庭在电话里念的填；不符就不能生效")
    )
    note = Words(
        gettext_lazy("核实说明"), NOTE_LENGTH, rows=2, needed=False, hint=gettext_lazy("有风险点的必填，写清怎样核实的")
    )


class DropForm(ActForm):
    """Why nothing comes of it."""

    reason = Words(gettext_lazy("理由"), NOTE_LENGTH, rows=2)


def account_changes_page(request: HttpRequest) -> HttpResponse:
    """The list, of the townships in the viewer's sight: what waits, or all."""
    view = _view(request)
    found = risky_changes(today_in_county(), state="waiting" if view == WAITING else "")
    paged = pager(request, len(found))
    page = ListPage(
        _("账户变更"), _lead(found, view), changes_table(request, found[paged.offset : paged.offset + ROWS_A_PAGE]),
        [Crumb(_("发放批次"), reverse("pay-runs")), Crumb(_("账户变更"))],
        choices=[_views(view)],
        acts=[
            Crumb(_("下载表格"), f"{reverse('account-changes-file')}?view={view}"),
            Crumb(_("代领人"), reverse("proxies")), Crumb(_("代管银行卡"), reverse("custodies")),
        ],
        notes=[_("账户变更由一人提出、另一人核实，核实当天起用新账户；变更不久的，发放前核对还要由发放的人再看一遍才发。")],
    )  # fmt: skip
    return render(request, "web/rows.html", {"page": page, "pager": paged})


def _views(view: str) -> Choices:
    options = ((WAITING, _("待核实")), (ALL, _("全部")))
    return Choices(_("看哪些"), [Choice(words, f"?view={code}", view == code) for code, words in options])


def account_changes_file(request: HttpRequest) -> HttpResponse:
    """The list as a workbook, account numbers masked as on the page."""
    found = risky_changes(today_in_county(), state="waiting" if _view(request) == WAITING else "")
    return kept_file(request, _("账户变更"), changes_table(request, found))


def _view(request: HttpRequest) -> str:
    view = request.GET.get("view", WAITING)
    if view not in (WAITING, ALL):
        raise BadQuestion(_("账户变更没有“%(view)s”这一组，请从页面上方点开") % {"view": view})
    return view


def _lead(found: Sequence[RiskyChange], view: str) -> str:
    risky = sum(bool(each.risks) for each in found)
    said = _("%(n)s 户等核实，%(risky)s 户有风险点。") if view == WAITING else _("共 %(n)s 笔，%(risky)s 笔有风险点。")
    return said % {"n": f"{len(found):,}", "risky": f"{risky:,}"} if found else ""


def changes_table(request: HttpRequest, found: Sequence[RiskyChange]) -> Table:
    """The rows of changes; what waits leads to its second look where the viewer may give it."""
    names, may_look = places(), may(request, FILES)
    homes = heads_by_home([each.change.household_id for each in found])
    words = (
        _("户编号"),
        "!" + _("户主"),
        _("村社区"),
        _("新账户"),
        _("原因"),
        _("提出"),
        "!" + _("登记"),
        _("风险点"),
        "!" + _("结果"),
    )
    return Table(
        heads(*words),
        [_cells(each, homes, names, may_look=may_look) for each in found],
        caption=_("账户变更"), nothing=_("没有等核实的账户变更"),
        empty=_("在家庭页面上按“改正账户”提出变更；提出以后列在这里，由另一人核实。"),
    )  # fmt: skip


def _cells(each: RiskyChange, homes: dict[int, str], names: Places, *, may_look: bool) -> list[Cell]:
    row = each.change
    state = ACCOUNT_CHANGES[row.state]
    if row.state == "waiting":
        result = Cell(state, reverse("confirm-account-change", args=[row.id]) if may_look else "", tone="warn")
    else:
        result = Cell(f"{state} {row.settled_by} {row.settled_on}")
    return [
        household(row.household), text(homes.get(row.household_id)), text(names.full(row.division)),
        text(_account_of(each)),
        text(ACCOUNT_CAUSES[row.cause]), text(f"{row.asker}（{ASKERS[row.asker_is]}，{ASK_CHANNELS[row.channel]}）"),
        text(f"{row.made_by} {row.made_on}"), text(_risks(each)), result,
    ]  # fmt: skip


def _account_of(each: RiskyChange) -> str:
    """The new account; while it waits its end is not told to whoever is to check it."""
    row = each.change
    number = _("（号码核实时填）") if row.state == "waiting" else mask_account(row.number)
    return f"{row.bank} {number} {row.holder}"


def _risks(each: RiskyChange) -> str:
    return _("、").join(ACCOUNT_RISKS[code] for code in each.risks)


def _asked(change_id: int) -> RiskyChange:
    found = change_with_risks(change_id, today_in_county())
    if found is None:
        raise Http404(f"没有账户变更“{change_id}”")
    return found


def _facts(each: RiskyChange) -> list[tuple[str, str]]:
    row, today = each.change, today_in_county()
    phone = telephones([row.household_id]).get(row.household_id, "")
    more = [(_("凭据附件"), _link("household-paper", row.paper_id, _("看凭据")))] if row.paper_id else []
    if row.state == "waiting":
        more.append((_("查不实的"), _link("drop-account-change", row.id, _("不予变更或撤回"))))
    return [
        (_("现在的账户"), account_words(account_on(row.household_id, today)) or _("没有登记")),
        (_("新账户"), _account_of(each)), (_("变更原因"), ACCOUNT_CAUSES[row.cause]),
        (_("提出人"), f"{row.asker}（{ASKERS[row.asker_is]}，{ASK_CHANNELS[row.channel]}）"),
        (_("凭据"), EVIDENCE[row.evidence]), (_("提出日期"), str(row.asked_on)),
        (_("经办人"), f"{row.made_by} {row.made_on}"), (_("登记的电话"), phone or _("没有登记")),
        (_("风险点"), _risks(each) or _("没有发现")), *more,
    ]  # fmt: skip


def _link(page: str, row_id: int, words: str) -> str:
    return format_html('<a class="tap" href="{}">{}</a>', reverse(page, args=[row_id]), words)


def _closed(each: RiskyChange) -> str:
    row = each.change
    if row.state == "waiting":
        return ""
    told = {"who": row.settled_by, "on": row.settled_on, "state": ACCOUNT_CHANGES[row.state]}
    return _("%(who)s %(on)s已办结：%(state)s") % told


def _way(each: RiskyChange) -> list[Crumb]:
    number = each.change.household
    return [
        Crumb(_("账户变更"), reverse("account-changes")),
        Crumb(_("家庭 %(number)s") % {"number": number}, reverse("household", args=[number])),
    ]


@takes_a_form
def confirmed_change(request: HttpRequest, change_id: int) -> HttpResponse:
    """核实账户变更."""
    each, viewer = _asked(change_id), request.viewer  # type: ignore[attr-defined]
    number = each.change.household
    record_view(number, each.change.division, "账户变更", at=now_in_county())

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        look = Look(given["how"], given["spoken_with"], given["tail"], given["note"])
        confirm_account(change_id, look, on=today_in_county(), at=at)
        said = _("已核实，今天起用新账户：%(bank)s %(number)s。")
        told = {"bank": each.change.bank, "number": mask_account(each.change.number)}
        return Done(reverse("household", args=[number]), said % told)

    return answer(
        request,
        Act(
            title=_("核实账户变更"), button=_("核实无误，生效"), form=LookForm, do=do, way=_way(each),
            subject=f"家庭 {number}", facts=_facts(each), closed=_closed(each) or _own(each, viewer),
            notes=[
                _("不符的、联系不上的，请不予变更，低保金仍发原账户。"),
                _("登记电话近期改过、与别家相同的，电话那头不一定是这一家，请当面看存折；代领人提出的，请问家庭成员本人。"),
            ],
        ),
    )  # fmt: skip


def _own(each: RiskyChange, viewer: Viewer) -> str:
    if each.change.made_by == viewer.name:
        return _("这个变更是您提出的，要由另一人核实。您可以撤回。")
    if keeps_for(each.change.household_id, viewer.name, today_in_county()):
        return _("您代管这一户的银行卡或者代领，要由别人核实。")
    return ""


@takes_a_form
def dropped_change(request: HttpRequest, change_id: int) -> HttpResponse:
    """撤回或不予变更."""
    each, viewer = _asked(change_id), request.viewer  # type: ignore[attr-defined]
    number, is_own = each.change.household, each.change.made_by == viewer.name

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        drop_account_change(change_id, reason=given["reason"], on=today_in_county(), at=at)
        return Done(reverse("household", args=[number]), _("账户没有变，低保金仍发原账户。"))

    words = _("撤回账户变更") if is_own else _("不予变更账户")
    return answer(
        request,
        Act(
            title=words, button=words, form=DropForm, do=do, way=_way(each), subject=f"家庭 {number}",
            facts=_facts(each), closed=_closed(each),
        ),
    )  # fmt: skip
