"""逾期案件: by township how many cases are past their day, how long, at which step, with whom; each number its rows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.decision.open_cases import OpenCase, open_cases
from opendibao.decision.waiting import NextStep, next_step
from opendibao.kernel.duties import READ_ONLY, Duty
from opendibao.kernel.ids import is_division, reach_of, township_of
from opendibao.kernel.workdays import workdays_between
from opendibao.registry.queries import cards
from opendibao.web.asking import BadQuestion
from opendibao.web.context import today_in_county
from opendibao.web.paging import ROWS_A_PAGE, pager
from opendibao.web.places import Places, places
from opendibao.web.tables import Cell, Crumb, ListPage, Table, count, day, heads, text
from opendibao.web.today_lines import NOBODY, OFFICES
from opendibao.web.today_sources import STEPS, holder

OVERSEERS = READ_ONLY | {Duty.CONFIRM}
"""Who looks at every township's delays."""


@dataclass(frozen=True)
class Late:
    """A case past its day: by how many working days, and how many whoever has it has had it."""

    case: OpenCase
    step: NextStep
    days: int
    held: int


def overdue_cases(request: HttpRequest) -> HttpResponse:
    """By township; or the cases of one, or at one step."""
    now, names = today_in_county(), places()
    place, step = _asked(request)
    late = late_cases(now)
    if place or step:
        reach = reach_of(place) if place else ""
        chosen = [one for one in late if one.case.division.startswith(reach) and step in ("", one.step.key)]
        return _listed(request, chosen, names, place, step)
    page = ListPage(
        _("各乡镇逾期案件"), _lead(late), _townships(late, names), _way(),
        breakdown=_steps(late) if late else None,
        notes=[_("天数都是工作日。期限按每件受理时的程序算，工作日按国家放假安排（含调休上班日），暂停计时的日子不算；延长过的按延长后的期限。")],
    )  # fmt: skip
    return render(request, "web/rows.html", {"page": page, "pager": pager(request, 0)})


def late_cases(today: date) -> list[Late]:
    """Cases whose next step is past its day, the longest first. Raises RuleGap where a clock has no number."""
    steps = ((case, next_step(case, today)) for case in open_cases())
    found = [
        Late(case, step, workdays_between(step.due, today), workdays_between(step.since, today))
        for case, step in steps
        if step.due and step.due < today
    ]
    return sorted(found, key=lambda one: (-one.days, one.case.number))


def _asked(request: HttpRequest) -> tuple[str, str]:
    """Which division and which step are wanted. Raises BadQuestion."""
    place, step = request.GET.get("place", ""), request.GET.get("step", "")
    if place and not is_division(place):
        raise BadQuestion(_("“%(place)s”不是区划代码，应为 12 位数字") % {"place": place})
    if step and step not in STEPS:
        raise BadQuestion(_("没有“%(step)s”这一步，请从页面上的数字点开") % {"step": step})
    return place, step


def _lead(late: Sequence[Late]) -> str:
    if not late:
        return _("现在没有逾期的案件。")
    said = {"n": f"{len(late):,}", "most": late[0].days}
    return _("%(n)s 件过了期限还没有办到下一步，最久的过了 %(most)s 个工作日。") % said


def _way(*more: Crumb) -> list[Crumb]:
    first = Crumb(_("今日工作"), reverse("today"))
    here = Crumb(_("各乡镇逾期案件"), reverse("overdue-cases") if more else "")
    return [first, here, *more]


def _townships(late: Sequence[Late], names: Places) -> Table:
    towns: dict[str, list[Late]] = {}
    for one in late:
        towns.setdefault(township_of(one.case.division), []).append(one)
    rows = [
        [Cell(names.names.get(town, town), _href(place=town)), *_numbers(those, _href(place=town)), _held(those)]
        for town, those in sorted(towns.items(), key=lambda each: (-len(each[1]), each[0]))
    ]
    total = [Cell(_("全县")), *_numbers(late, ""), Cell("")] if late else []
    return Table(
        heads(
            _("乡镇"), "#" + _("逾期（件）"), "#" + _("最久（天）"), "#" + _("中位数（天）"), _("多在谁手上"),
        ),
        rows, total, _("期限都在以后；有过期的，这里按乡镇列出来。"), _("各乡镇逾期案件"), _("没有逾期的案件"),
    )  # fmt: skip


def _numbers(late: Sequence[Late], href: str) -> list[Cell]:
    return [count(len(late), href), count(late[0].days, href), Cell(f"{median(one.days for one in late):g}", href)]


def _held(late: Sequence[Late]) -> Cell:
    """At which step, or with whom outside, most of them are."""
    (most, n), *_others = Counter(_whose(one) for one in late).most_common()
    return Cell(f"{most} {n}")


def _whose(one: Late) -> str:
    return holder(one.case, one.step) or str(STEPS[one.step.key][0])


def _whom(one: Late, names: Places) -> str:
    """Whoever outside it waits for, the county's office, or the township."""
    town = township_of(one.case.division)
    duty = STEPS[one.step.key][2]
    return holder(one.case, one.step) or str(OFFICES.get(duty, names.names.get(town, town)))


def _steps(late: Sequence[Late]) -> Table:
    counted = Counter(one.step.key for one in late).most_common()
    rows = [[Cell(str(STEPS[key][0]), _href(step=key)), count(n, _href(step=key))] for key, n in counted]
    return Table(heads(_("事项"), "#" + _("件")), rows, caption=_("卡在哪一步"))


def _href(**asked: str) -> str:
    return f"{reverse('overdue-cases')}?{urlencode(asked)}"


def _listed(request: HttpRequest, late: Sequence[Late], names: Places, place: str, step: str) -> HttpResponse:
    found = pager(request, len(late))
    shown = late[found.offset : found.offset + ROWS_A_PAGE]
    known = cards([one.case.household_id for one in shown])
    rows = [
        [
            Cell(one.case.number, reverse("case", args=[one.case.id])),
            text(known.get(one.case.household_id, NOBODY).head), text(names.full(one.case.division)),
            text(str(STEPS[one.step.key][0])), day(one.step.due), count(one.days), text(_whom(one, names)),
            count(one.held),
        ]
        for one in shown
    ]  # fmt: skip
    title = names.full(place) if place else str(STEPS[step][0])
    table = Table(
        heads(
            _("案号"), _("户主"), _("村社区"), _("事项"), "!" + _("期限"), "#" + _("过工作日"), _("在谁手上"),
            "#" + _("已经几天"),
        ),
        rows, empty=_("这里没有逾期的案件。"), caption=_("逾期案件"),
    )  # fmt: skip
    page = ListPage(_("%(place)s逾期案件") % {"place": title}, _lead(late), table, _way(Crumb(title)))
    return render(request, "web/rows.html", {"page": page, "pager": found})
