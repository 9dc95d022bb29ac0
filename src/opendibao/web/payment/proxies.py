"""代领人: the list of each township, one proxy with its reviews, and the forms about it."""

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
from opendibao.kernel.ids import mask_id_number
from opendibao.registry.actions import end_proxy, file_proxy, register_proxy, review_proxy
from opendibao.registry.checking import NAME_LENGTH, PHONE_LENGTH
from opendibao.registry.custody_queries import ProxyRow, proxies, proxy, proxy_reviews, remind_days
from opendibao.registry.entries import ProxyEntry
from opendibao.registry.keepers import needs_explaining
from opendibao.registry.queries import account_on
from opendibao.reporting.account_papers import proxy_agreement_pdf
from opendibao.web.access import CONFIRMERS, FILES, may, takes_a_form
from opendibao.web.act_fields import ActForm, Day, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.clock import now_in_county
from opendibao.web.context import today_in_county
from opendibao.web.labels import PROXY_REASONS, PROXY_RELATIONS, REVIEW_WAYS
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
from opendibao.web.places import places
from opendibao.web.plan_fields import AnyDay
from opendibao.web.tables import Cell, Crumb, ListPage, Table, heads, household, text
from opendibao.web.uploads import Paper

YES_NO = {"yes": gettext_lazy("是"), "no": gettext_lazy("否")}


class ProxyForm(ActForm):
    """Who collects for the family, as it was agreed."""

    name = Words(gettext_lazy("代领人"), NAME_LENGTH)
    id_number = Words(gettext_lazy("身份证号"), 18)
    phone = Words(gettext_lazy("电话"), PHONE_LENGTH)
    relation = Pick(gettext_lazy("与家庭关系"), PROXY_RELATIONS)
    reason = Pick(gettext_lazy("代领原因"), PROXY_REASONS)
    reason_note = Words(gettext_lazy("原因说明"), NOTE_LENGTH, needed=False, hint=gettext_lazy("选“其他”的必填"))
    takes_account = Pick(
        gettext_lazy("低保金打入代领人的账户"), YES_NO,
        hint=gettext_lazy("原则上发到家庭的账户；监护人等确需打入代领人账户的选“是”，备案后发放前核对不再提示户名不符"),
    )  # fmt: skip
    agreed_by = Words(
        gettext_lazy("签字的家庭成员"), NAME_LENGTH, hint=gettext_lazy("监护人代签的，填他代谁签的那位家庭成员")
    )
    agreed_on = Day(gettext_lazy("协议日期"))
    since = AnyDay(gettext_lazy("开始日期"), hint=gettext_lazy("空着就从协议日期起"))
    until = AnyDay(gettext_lazy("截止日期"), hint=gettext_lazy("没有约定的空着"))
    paper = Paper(gettext_lazy("书面协议"))


class ReviewForm(ActForm):
    """The yearly look."""

    way = Pick(gettext_lazy("核查方式"), REVIEW_WAYS)
    spoken_with = Words(gettext_lazy("询问的家庭成员"), NAME_LENGTH)
    goes_on = Pick(gettext_lazy("继续代领"), YES_NO, hint=gettext_lazy("选“否”，代领止于今天"))
    findings = Words(gettext_lazy("复核情况"), NOTE_LENGTH, rows=2, hint=gettext_lazy("钱是否按月交到家庭手里"))


class EndForm(ActForm):
    """When and why it ends."""

    last_day = Day(gettext_lazy("最后一天"))
    reason = Words(gettext_lazy("终止原因"), NOTE_LENGTH, rows=2)


def proxies_page(request: HttpRequest) -> HttpResponse:
    """The list, of the townships in the viewer's sight: those of today, who collects for many, or all."""
    asked, every, many = asked_list(request), proxies(today_in_county()), homes_by_hand()
    found = chosen(every, asked, many, attrgetter("name"))
    paged = pager(request, len(found))
    page = ListPage(
        _("代领人"), _lead(found), proxies_table(found[paged.offset : paged.offset + ROWS_A_PAGE], many),
        [Crumb(_("发放批次"), reverse("pay-runs")), Crumb(_("代领人"))],
        choices=[views(asked)], breakdown=villages(every, asked),
        acts=[Crumb(_("下载表格"), reverse("proxies-file") + asked.to()),
              Crumb(_("账户变更"), reverse("account-changes")), Crumb(_("代管银行卡"), reverse("custodies"))],
    )  # fmt: skip
    return render(request, "web/rows.html", {"page": page, "pager": paged})


def proxies_file(request: HttpRequest) -> HttpResponse:
    """The list as a workbook."""
    asked, many = asked_list(request), homes_by_hand()
    found = chosen(proxies(today_in_county()), asked, many, attrgetter("name"))
    return kept_file(request, _("代领人"), proxies_table(found, many))


def _lead(found: list[ProxyRow]) -> str:
    now = [row for row in found if row.due_on]
    overdue = sum(row.due_on < today_in_county() for row in now if row.due_on)
    told = {"n": f"{len(now):,}", "due": f"{overdue:,}", "open": f"{sum(not row.filed_by for row in now):,}"}
    return _("正在代领 %(n)s 人，未备案 %(open)s 人，复核逾期 %(due)s 人。") % told if found else ""


def proxies_table(found: list[ProxyRow], many: dict[tuple[str, str], int]) -> Table:
    """The rows; the name leads to the agreement."""
    names, homes = places(), heads_by_home([row.household_id for row in found])
    rows = [
        [household(row.household), text(homes.get(row.household_id)), text(names.full(row.division)),
         hand_cell(row.name, row.division, reverse("proxy", args=[row.id]),
                   many if row.due_on and row.relation != "member" else {}),
         text(PROXY_RELATIONS[row.relation]), text(PROXY_REASONS[row.reason]),
         _term_cell(row), filed_cell(row.filed_by, row.filed_on), due_cell(row.due_on)]
        for row in found
    ]  # fmt: skip
    return Table(
        heads(_("户编号"), "!" + _("户主"), _("村社区"), _("代领人"), _("与家庭关系"), _("代领原因"), _("期限"),
              _("备案"), "!" + _("下次复核")),
        rows, caption=_("代领人"), nothing=_("还没有登记代领人"),
        empty=_("在家庭页面上按“登记代领人”，附上家庭签字的书面协议。"),
    )  # fmt: skip


def _term_cell(row: ProxyRow) -> Cell:
    """From when to when, marked where it ends soon or has ended without anybody's word."""
    if row.until is None or row.ended_by:
        return text(_term(row))
    left = (row.until - today_in_county()).days
    tone = "bad" if left < 0 else "warn" if left <= remind_days(today_in_county()) else ""
    return Cell(_term(row), tone=tone)


def _term(row: ProxyRow) -> str:
    return _("%(since)s 至 %(until)s") % {"since": row.since, "until": row.until or _("长期")}


def _asked(proxy_id: int) -> ProxyRow:
    found = proxy(proxy_id, today_in_county())
    if found is None:
        raise Http404(f"没有代领人“{proxy_id}”")
    return found


def _facts(row: ProxyRow) -> list[tuple[str, str]]:
    return [
        (_("代领人"), f"{row.name} {mask_id_number(row.id_number)} {row.phone}"),
        (_("与家庭关系"), PROXY_RELATIONS[row.relation]),
        (_("代领原因"), f"{PROXY_REASONS[row.reason]} {row.reason_note}".strip()),
        (_("打入代领人账户"), _("是") if row.takes_account else _("否")),
        (_("签字的家庭成员"), f"{row.agreed_by} {row.agreed_on}"), (_("期限"), _term(row)),
        (_("经办人"), row.made_by),
        filed_fact(row),
        (_("下次复核"), str(row.due_on or "")), (_("终止"), f"{row.ended_by} {row.end_reason}".strip()),
    ]  # fmt: skip


def _way(row: ProxyRow) -> list[Crumb]:
    return [Crumb(_("代领人"), reverse("proxies")), Crumb(row.name, reverse("proxy", args=[row.id]))]


def proxy_page(request: HttpRequest, proxy_id: int) -> HttpResponse:
    """One proxy: what was agreed, and the reviews."""
    row = _asked(proxy_id)
    record_view(row.household, row.division, "代领人", at=now_in_county())
    crumbs = [Crumb(_("代领人"), reverse("proxies")), home_crumb(row.household), Crumb(row.name)]
    return agreement_page(
        request, _("代领人 %(name)s") % {"name": row.name}, _facts(row), row.paper_id, proxy_reviews(row.id),
        _acts(request, row), crumbs,
    )  # fmt: skip


def _acts(request: HttpRequest, row: ProxyRow) -> list[Crumb]:
    """What can be done with a proxy as he stands; one whose time is over is agreed anew."""
    acts, is_now = [], row.due_on is not None and not row.ended_by
    if is_now and not row.filed_by and may(request, CONFIRMERS):
        acts.append(Crumb(_("备案"), reverse("file-proxy", args=[row.id])))
    if may(request, FILES):
        if is_now:
            acts.append(Crumb(_("年度复核"), reverse("review-proxy", args=[row.id])))
        if not row.ended_by:
            acts.append(Crumb(_("终止代领"), reverse("end-proxy", args=[row.id])))
        if row.until:
            acts.append(Crumb(_("续签，重新登记"), reverse("new-proxy", args=[row.household])))
        acts.append(Crumb(_("打印协议"), reverse("proxy-agreement", args=[row.id])))
    return acts


def blank_proxy_agreement(request: HttpRequest, number: str) -> HttpResponse:
    """The agreement with the household's particulars, to be filled in by pen and signed."""
    found = known(number)
    data = proxy_agreement_pdf(found, on=today_in_county())
    return attached(found.division, _("%(number)s代领协议.pdf") % {"number": number}, data, "代领协议")


def proxy_agreement(request: HttpRequest, proxy_id: int) -> HttpResponse:
    """The agreement as it was entered, to be signed; with the proxy's whole number, so who took it is on record."""
    row = _asked(proxy_id)
    data = proxy_agreement_pdf(known(row.household), on=today_in_county(), row=row)
    return attached(row.division, _("%(number)s代领协议.pdf") % {"number": row.household}, data, "代领协议")


@takes_a_form
def new_proxy(request: HttpRequest, number: str) -> HttpResponse:
    """登记代领人."""
    found = known(number)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        names = ("name", "id_number", "phone", "relation", "reason", "reason_note", "agreed_by", "agreed_on", "until")
        entry = ProxyEntry(
            **{name: given[name] for name in names}, since=given["since"] or given["agreed_on"],
            takes_account=given["takes_account"] == "yes", paper=paper_entry(given["paper"]),
        )  # fmt: skip
        made = register_proxy(found.id, entry, on=today_in_county(), at=at)
        said = _("已登记代领人 %(name)s，县民政局备案后生效。") % {"name": made.name}
        return Done(reverse("proxy", args=[made.pk]), said)

    return answer(
        request,
        Act(
            title=_("登记代领人"), button=_("登记代领人"), form=ProxyForm, do=do, way=[home_crumb(number)],
            subject=f"家庭 {number}", initial={"agreed_on": today_in_county(), "takes_account": "no"},
            facts=[print_fact("blank-proxy-agreement", number)],
            notes=[_("协议要由家庭成员签字。备案以前不算数；每年复核一次。")],
        ),
    )  # fmt: skip


def _closed(row: ProxyRow) -> str:
    told = {"who": row.ended_by, "until": row.until}
    if row.ended_by:
        return _("代领已由%(who)s终止，止于%(until)s。") % told
    return "" if row.due_on else _("代领已在%(until)s到期；还要他代领的，请重新签协议、重新登记。") % told


def _still_to_him(row: ProxyRow) -> str:
    """What is to be done where the money goes on to the account of one who collects no more."""
    account = account_on(row.household_id, today_in_county())
    said = _("低保金现在还发到%(name)s的账户，请马上请家庭带存折来变更账户。")
    return said % {"name": row.name} if account and account.holder == row.name and row.takes_account else ""


@takes_a_form
def filed_proxy(request: HttpRequest, proxy_id: int) -> HttpResponse:
    """代领备案."""
    row = _asked(proxy_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        file_proxy(proxy_id, remark=given["remark"], on=today_in_county(), at=at)
        return Done(reverse("proxy", args=[proxy_id]), _("已备案，今天起算数。"))

    closed = _("这份协议已备案。") if row.filed_by else ""
    if viewer_name(request) in (row.made_by, row.name):
        closed = closed or _("登记的人和代领人不能自己备案，请换人备案。")
    return answer(
        request,
        Act(
            title=_("代领备案"), button=_("看过协议，备案"), form=FileForm, do=do, way=_way(row),
            subject=f"家庭 {row.household}", facts=told(_facts(row)), closed=_closed(row) or closed,
            notes=many_note(row.name, _homes(row)),
        ),
    )  # fmt: skip


def _homes(row: ProxyRow) -> int:
    """For how many households he collects and keeps, where they are many."""
    return 0 if row.relation == "member" else needs_explaining(row.name, row.division, today_in_county())


@takes_a_form
def reviewed_proxy(request: HttpRequest, proxy_id: int) -> HttpResponse:
    """代领年度复核."""
    row = _asked(proxy_id)
    closed = _("您是代领人，要由别人复核。") if viewer_name(request) == row.name else ""

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        review_proxy(
            proxy_id, way=given["way"], spoken_with=given["spoken_with"], goes_on=given["goes_on"] == "yes",
            findings=given["findings"], on=today_in_county(), at=at,
        )  # fmt: skip
        more = "" if given["goes_on"] == "yes" else _still_to_him(row)
        return Done(reverse("proxy", args=[proxy_id]), _("已登记复核。") + more)

    return answer(
        request,
        Act(
            title=_("代领年度复核"), button=_("登记复核"), form=ReviewForm, do=do, way=_way(row),
            subject=f"家庭 {row.household}", facts=told(_facts(row)), closed=_closed(row) or closed,
        ),
    )  # fmt: skip


@takes_a_form
def ended_proxy(request: HttpRequest, proxy_id: int) -> HttpResponse:
    """终止代领."""
    row, today = _asked(proxy_id), today_in_county()

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        end_proxy(proxy_id, reason=given["reason"], last_day=given["last_day"], on=today, at=at)
        said = _("代领止于 %(day)s。") % {"day": given["last_day"]}
        return Done(reverse("proxy", args=[proxy_id]), said + _still_to_him(row))

    return answer(
        request,
        Act(
            title=_("终止代领"), button=_("终止代领"), form=EndForm, do=do, way=_way(row),
            subject=f"家庭 {row.household}", facts=told(_facts(row)), closed=_closed(row) if row.ended_by else "",
            initial={"last_day": min(today, row.until or today)},
        ),
    )  # fmt: skip
