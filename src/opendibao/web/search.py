"""找家庭: one box for name, pinyin initials, end of the id number, phone, household number or village."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.decision.standing import COVERED, NONE, REFUSED, STOPPED, Standing, standings
from opendibao.kernel.ids import mask_id_number
from opendibao.registry.queries import FoundRow
from opendibao.registry.queries import household as household_of
from opendibao.registry.queries import search as find
from opendibao.web.access import CASES, may
from opendibao.web.asking import BadQuestion
from opendibao.web.context import today_in_county
from opendibao.web.intake.case_tabs import case_tabs
from opendibao.web.intake.drafts import WRITERS
from opendibao.web.paging import ROWS_A_PAGE, pager
from opendibao.web.parts import wants_part
from opendibao.web.tables import Cell, Crumb, ListPage, Table, count, heads, household, money, text

LONGEST, AT_ONCE = 60, 8
HINT = gettext_lazy("可以输入姓名（王秀英）、拼音首字母（wxy）、身份证后四位、电话、户编号，或者村社区名。")
STATES = {
    COVERED: (gettext_lazy("在保"), "ok"),
    STOPPED: (gettext_lazy("停发"), ""),
    REFUSED: (gettext_lazy("不予确认"), ""),
    NONE: (gettext_lazy("未保"), ""),
}


@dataclass(frozen=True)
class Found:
    """A household as the list under the box shows it; `matched` is "" where the head himself was found."""

    row: FoundRow
    matched: str
    masked_id: str
    state: str
    tone: str
    amount_fen: int
    has_open_case: bool

    @property
    def href(self) -> str:
        """The household's page."""
        return reverse("household", args=[self.row.household])


def search(request: HttpRequest) -> HttpResponse:
    """Households that fit; while one types the first few, on Enter a whole number goes straight to its page."""
    asked = request.GET.get("q", "").strip()
    if len(asked) > LONGEST:
        raise BadQuestion(_("要找的字太多，最多 %(most)s 个") % {"most": LONGEST})
    return _at_once(request, asked) if wants_part(request) else _listed(request, asked)


def _at_once(request: HttpRequest, asked: str) -> HttpResponse:
    rows, total = find(asked, limit=AT_ONCE)
    shown = {"asked": asked, "found": _with_standing(rows), "total": total, "rest": total - len(rows), "hint": HINT}
    return render(request, "web/_found.html", shown)


def _listed(request: HttpRequest, asked: str) -> HttpResponse:
    if asked and household_of(asked):
        return redirect("household", asked)
    number = request.GET.get("page", "1")
    offset = (int(number) - 1) * ROWS_A_PAGE if number.isascii() and number.isdigit() and len(number) < 7 else 0
    rows, total = find(asked, limit=ROWS_A_PAGE, offset=max(offset, 0))
    title = _("找“%(text)s”") % {"text": asked} if asked else _("找家庭")
    choices = [case_tabs("search")] if may(request, CASES) else []
    table = _table(asked, _with_standing(rows))
    page = ListPage(title, _lead(asked, total), table, choices=choices, acts=_begin(request))
    return render(request, "web/rows.html", {"page": page, "pager": pager(request, total), "seek": asked})


def _begin(request: HttpRequest) -> list[Crumb]:
    """For whoever takes applications: a family that is not here yet, and what is begun."""
    if not may(request, WRITERS):
        return []
    return [Crumb(_("新申请"), reverse("new-application")), Crumb(_("申请草稿"), reverse("drafts"))]


def _with_standing(rows: Sequence[FoundRow]) -> list[Found]:
    """The rows with status and amount of today, asked once for all."""
    known = standings([row.id for row in rows], today_in_county()) if rows else {}
    return [_found(row, known[row.id]) for row in rows]


def _found(row: FoundRow, standing: Standing) -> Found:
    words, tone = STATES[standing.state]
    return Found(
        row,
        row.matched if row.matched not in (row.head, row.household, row.village) else "",
        mask_id_number(row.id_number) if row.id_number else "",
        str(words),
        tone,
        standing.amount_fen,
        standing.has_open_case,
    )


def _lead(asked: str, total: int) -> str:
    return _("找到 %(n)s 户。") % {"n": f"{total:,}"} if asked and total else ("" if asked else str(HINT))


def _table(asked: str, found: Sequence[Found]) -> Table:
    cells = [
        [household(one.row.household), text(one.row.head), text(one.matched), text(one.masked_id),
         text(one.row.town + one.row.village), _state(one), money(one.amount_fen) if one.amount_fen else text(""),
         count(one.row.members)]
        for one in found
    ]  # fmt: skip
    nothing, empty = (_("没有找到"), str(HINT)) if asked else (_("找谁家？"), _("在上面的框里输入，按回车。"))
    named = (
        _("户编号"), _("户主"), _("找到的人"), "!" + _("身份证号"), _("村社区"), "!" + _("状态"),
        "#" + _("月保障金（元）"), "#" + _("人"),
    )  # fmt: skip
    return Table(heads(*named), cells, empty=empty, caption=_("找到的家庭"), nothing=nothing)


def _state(one: Found) -> Cell:
    words = _("%(state)s，在办") % {"state": one.state} if one.has_open_case else one.state
    return Cell(words, tone=one.tone or ("warn" if one.has_open_case else ""))
