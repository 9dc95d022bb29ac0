"""代领和代管的公共部分: one agreement with its facts, the yearly looks at it and what can be done next."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.audit.actions import record_view
from opendibao.kernel.ids import is_division, reach_of, township_of
from opendibao.registry.custody_queries import CustodyRow, LookRow, ProxyRow, remind_days
from opendibao.registry.keepers import keepers
from opendibao.registry.queries import HouseholdRow, cards
from opendibao.registry.queries import household as household_of
from opendibao.web.act_fields import ActForm, Words
from opendibao.web.asking import BadQuestion
from opendibao.web.clock import now_in_county
from opendibao.web.context import today_in_county
from opendibao.web.labels import REVIEW_WAYS
from opendibao.web.places import places
from opendibao.web.table_files import table_file
from opendibao.web.tables import Cell, Choice, Choices, Crumb, Table, count, day, heads, text
from opendibao.web.viewing import Viewer

NOTE_LENGTH = 200
NOW, MANY, ALL = "now", "many", "all"
Facts = list[tuple[str, str]]
Row = TypeVar("Row", CustodyRow, ProxyRow)


class FileForm(ActForm):
    """The agreement was looked at; what is said with it where one person does it for many households."""

    remark = Words(
        gettext_lazy("备案说明"), NOTE_LENGTH, rows=2, needed=False,
        hint=gettext_lazy("一人代管、代领多户的必填：为什么由他一人办、怎样监督"),
    )  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """Which agreements of a list are wanted: of which division ("" all in sight), and which of them."""

    view: str
    place: str

    def to(self, **other: str) -> str:
        """The address of the same list, asked otherwise."""
        wanted = {"view": self.view, "place": self.place, **other}
        return "?" + "&".join(f"{name}={value}" for name, value in wanted.items() if value)


def asked_list(request: HttpRequest) -> Asked:
    """What of a list is wanted. Raises BadQuestion."""
    view, place = request.GET.get("view", NOW), request.GET.get("place", "")
    if view not in (NOW, MANY, ALL):
        raise BadQuestion(_("名单没有“%(view)s”这一组，请从页面上方点开") % {"view": view})
    if place and not is_division(place):
        raise BadQuestion(_("“%(place)s”不是区划代码，应为 12 位数字") % {"place": place})
    return Asked(view, place)


def views(asked: Asked) -> Choices:
    """What is in force, what one person does for many households, and everything."""
    words = {NOW: _("现在的"), MANY: _("一人多户"), ALL: _("全部")}
    return Choices(_("看哪些"), [Choice(said, asked.to(view=view), view == asked.view) for view, said in words.items()])


def homes_by_hand() -> dict[tuple[str, str], int]:
    """For how many households those keep and collect who do it for many, by township and name."""
    return {(row.town, row.name): row.homes for row in keepers(today_in_county())}


def hand_cell(name: str, division: str, href: str, many: dict[tuple[str, str], int]) -> Cell:
    """Who keeps or collects, marked where he does it for many households."""
    homes = many.get((township_of(division), name), 0)
    return Cell(_("%(name)s（共 %(n)s 户）") % {"name": name, "n": homes}, href, "warn") if homes else Cell(name, href)


def villages(rows: Sequence[CustodyRow] | Sequence[ProxyRow], asked: Asked) -> Table | None:
    """How many are in force in each village; None where there is but one."""
    names, counted = places(), Counter(row.division for row in rows if row.due_on)
    lines = [
        [Cell(names.full(code), asked.to(place="" if code == asked.place else code)), count(n)]
        for code, n in sorted(counted.items())
    ]
    if len(lines) < 2 and not asked.place:
        return None
    if asked.place:
        lines.append([Cell(_("看全部村社区"), asked.to(place="")), Cell("")])
    return Table(heads(_("村社区"), "#" + _("户数")), lines, caption=_("各村社区"))


def within(asked: Asked, division: str) -> bool:
    """Whether a household's place is the one that is asked for."""
    return not asked.place or division.startswith(reach_of(asked.place))


def chosen(
    every: Sequence[Row], asked: Asked, many: dict[tuple[str, str], int], hand: Callable[[Row], str]
) -> list[Row]:
    """The agreements that are wanted; `hand` says who keeps or collects, `many` who does it for many households."""
    found = [row for row in every if within(asked, row.division) and (row.due_on or asked.view == ALL)]
    if asked.view == MANY:
        return [row for row in found if (township_of(row.division), hand(row)) in many]
    return found


def filed_fact(row: CustodyRow | ProxyRow) -> tuple[str, str]:
    """Who of the county took note of an agreement, when and with which words."""
    said = f"{row.filed_by} {row.filed_on} {row.filed_note}".strip()
    return _("备案"), said if row.filed_by else _("未备案")


def viewer_name(request: HttpRequest) -> str:
    """Who looks, so that a form that is not for him is not filled in for nothing."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer.name


def heads_by_home(ids: Sequence[int]) -> dict[int, str]:
    """The names of the heads of households, for lists."""
    return {each: card.head for each, card in cards(ids).items()}


def print_fact(page: str, number: str) -> tuple[str, str]:
    """Where the agreement is printed before it is signed, for the head of a form."""
    link = format_html('<a class="tap" href="{}">{}</a>', reverse(page, args=[number]), _("打印协议，家里的情况已填好"))
    return _("先签协议"), link


def many_note(name: str, homes: int) -> list[str]:
    """What whoever files an agreement is told of one who does it for many households."""
    said = _("%(name)s一人已为 %(n)s 户代管、代领。确需由他办的，写明理由和怎样监督；不合适的请乡镇换人，不要备案。")
    return [said % {"name": name, "n": homes}] if homes else []


def kept_file(request: HttpRequest, name: str, table: Table) -> HttpResponse:
    """A list as a workbook; who took it is on record."""
    said = f"{name} {today_in_county()}"
    record_view(said, request.viewer.division, name, at=now_in_county())  # type: ignore[attr-defined]
    return table_file(said, table)


def known(number: str) -> HouseholdRow:
    """A household of the viewer's; raises Http404."""
    found = household_of(number)
    if found is None:
        raise Http404(f"没有家庭“{number}”")
    return found


def home_crumb(number: str) -> Crumb:
    """The way back to the household."""
    return Crumb(_("家庭 %(number)s") % {"number": number}, reverse("household", args=[number]))


def told(facts: Facts) -> Facts:
    """The facts of which there is something to say."""
    return [(words, said) for words, said in facts if said]


def due_cell(due_on: date | None) -> Cell:
    """When to look next, marked where it is overdue or near."""
    if due_on is None:
        return text("")
    left = (due_on - today_in_county()).days
    if left < 0:
        return Cell(_("%(day)s 已逾期") % {"day": due_on}, tone="bad")
    return Cell(str(due_on), tone="warn") if left <= remind_days(today_in_county()) else day(due_on)


def filed_cell(filed_by: str, filed_on: date | None) -> Cell:
    """Whether the county took note of the agreement."""
    return Cell(f"{filed_by} {filed_on}") if filed_by else Cell(_("未备案"), tone="warn")


def agreement_page(
    request: HttpRequest, title: str, facts: Facts, paper_id: int, looks: Sequence[LookRow], acts: Sequence[Crumb],
    crumbs: Sequence[Crumb],
) -> HttpResponse:  # fmt: skip
    """One agreement, its paper, the looks at it."""
    rows = [
        [day(one.on), text(one.officer), text(REVIEW_WAYS[one.way]), text(one.spoken_with),
         Cell(_("是"), tone="ok") if one.is_well else Cell(_("否"), tone="bad"), text(one.note)]
        for one in looks
    ]  # fmt: skip
    table = Table(
        heads("!" + _("日期"), _("核查人"), _("方式"), _("询问了谁"), _("正常"), _("情况")), rows,
        caption=_("历次核查"), nothing=_("还没有核查过"), empty=_("到期以前在名单和今日工作里提醒。"),
    )  # fmt: skip
    shown = {
        "title": title, "facts": facts, "paper": reverse("household-paper", args=[paper_id]), "table": table,
        "acts": acts, "crumbs": crumbs,
    }  # fmt: skip
    return render(request, "web/agreement.html", shown)
