"""待办清单: the lines of a page of things to do, with household, place, working days left and who holds it up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.kernel.duties import Duty
from opendibao.kernel.ids import township_of
from opendibao.kernel.workdays import workdays_between
from opendibao.registry.queries import Card, cards
from opendibao.web.places import Places
from opendibao.web.today_task import Group, Task, Work
from opendibao.web.viewing import Viewer

BANDS = {
    Group.OVERDUE: (gettext_lazy("逾期"), gettext_lazy("先办")),
    Group.WINDOW: (gettext_lazy("窗口内"), gettext_lazy("按最早到期")),
    Group.WAITING: (gettext_lazy("等别人"), gettext_lazy("到期日照样走")),
    Group.SOON: (gettext_lazy("接下来"), gettext_lazy("还没到时候，可以先约")),
}
# whose turn it is, where it is not a township's
OFFICES = {
    Duty.CONFIRM: gettext_lazy("县局审核"), Duty.PAY: gettext_lazy("县局发放"), Duty.FINANCE: gettext_lazy("财政"),
    Duty.EVALUATE: gettext_lazy("绩效评价"), Duty.OPERATE: gettext_lazy("系统运行"),
    Duty.AUDIT: gettext_lazy("审计监督"),
}  # fmt: skip
NOBODY = Card("", "", "", 0)


@dataclass(frozen=True)
class Line:
    """A thing to do as a row: every cell in words, `href` where it stands, `does` where it is done ("" nowhere)."""

    task: Task
    name: str
    href: str
    does: str
    members: int
    place: str
    window: str
    days: str
    is_late: bool
    who: str
    stuck: str
    act: str
    is_next: bool


@dataclass(frozen=True)
class Band:
    """Lines that stand alike, under their name and the number of all that do."""

    key: str
    words: str
    said: str
    total: int
    lines: list[Line]


def cards_of(tasks: Iterable[Task | None]) -> dict[int, Card]:
    """What a list says of the households of these tasks, by id."""
    return cards(list(dict.fromkeys(task.household_id for task in tasks if task and task.household_id)))


def bands(work: Work, page: Sequence[tuple[Group, Task]], known: Mapping[int, Card], names: Places) -> list[Band]:
    """The page's lines by where they stand."""
    found: dict[Group, list[Line]] = {}
    for group, task in page:
        found.setdefault(group, []).append(_line(work, group, task, known.get(task.household_id, NOBODY), names))
    return [
        Band(group.value, str(BANDS[group][0]), str(BANDS[group][1]), len(work.of(group)), lines)
        for group, lines in found.items()
    ]


def _line(work: Work, group: Group, task: Task, card: Card, names: Places) -> Line:
    return Line(
        task, name(task, card), link(task, card), act_link(work.viewer, task, card, work.today), card.members,
        _place(task, names, work), _window(task, work.today), days(task, group, work.today),
        group is Group.OVERDUE, _who(task, work, names), _stuck(task, work.today),
        task.act if may_act(work.viewer, task, work.today) else _("查看"),
        task is work.next,
    )  # fmt: skip


def name(task: Task, card: Card) -> str:
    """What a thing is about: the head of the household, its number where it has none, or the subject."""
    return card.head or card.number or task.subject


def link(task: Task, card: Card) -> str:
    """Where a thing is done: its own page, else the household's; "" where there is none."""
    return task.href or (reverse("household", args=[card.number]) if card.number else "")


def may_act(viewer: Viewer, task: Task, today: date) -> bool:
    """Whether it is the viewer's to do, and its window is open."""
    return viewer.may_write and task.is_turn_of(viewer) and not (task.opens and task.opens > today)


def act_link(viewer: Viewer, task: Task, card: Card, today: date) -> str:
    """Where the viewer does it: its form where it is his turn, else the page where it stands."""
    if not task.form or not may_act(viewer, task, today):
        return link(task, card)
    return task.form if task.form.startswith("/") else reverse(task.form, args=[card.number])


def _place(task: Task, names: Places, work: Work) -> str:
    """The village alone where the viewer's own township is all he sees."""
    is_county = work.viewer.sees_county
    return names.full(task.division) if is_county else names.names.get(task.division, task.division)


def _window(task: Task, today: date) -> str:
    if task.opens and task.due:
        return _("%(first)s 至 %(last)s") % {"first": _day(task.opens, today), "last": _day(task.due, today)}
    if task.due:
        return _("%(last)s 前") % {"last": _day(task.due, today)}
    return _("%(first)s 起") % {"first": _day(task.since, today)} if task.since else ""


def _day(day: date, today: date) -> str:
    return f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}"


def days(task: Task, group: Group, today: date) -> str:
    """How many working days are left or over; without a day it is due, how long it has waited; "" where unknown."""
    if task.due and group is Group.OVERDUE:
        return _("过 %(n)s 天") % {"n": _workdays(task.due, today)}
    if task.due:
        left = _workdays(today, task.due)
        return _("剩 %(n)s 天") % {"n": left} if left else _("今天到期")
    return _("已等 %(n)s 天") % {"n": _workdays(task.since, today)} if task.since else ""


@lru_cache(maxsize=4096)
def _workdays(first: date, last: date) -> int:
    return workdays_between(first, last)


def _stuck(task: Task, today: date) -> str:
    """How long whoever holds a thing has held it, in working days; "" where that is not known, or begins today."""
    held = _workdays(task.stuck, today) if task.stuck else 0
    return _("已 %(n)s 天") % {"n": held} if held else ""


def _who(task: Task, work: Work, names: Places) -> str:
    """Who holds it up; "" where it is the viewer's own turn."""
    if task.waits_for:
        return task.waits_for
    if task.duty in work.viewer.duties:
        return ""
    town = township_of(task.division)
    return str(OFFICES[task.duty]) if task.duty in OFFICES else names.names.get(town, town)
