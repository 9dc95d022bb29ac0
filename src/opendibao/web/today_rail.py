"""旁栏: the steps of the next pay run up to the day its money must be there, and where the work lies."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from opendibao.kernel.ids import township_of
from opendibao.kernel.month import add_months, month_of
from opendibao.kernel.workdays import workdays_between
from opendibao.policy.reader import pack_of_division
from opendibao.rules.deadlines import pay_by
from opendibao.web.counted import run_of
from opendibao.web.places import Places
from opendibao.web.today_task import Group, Work

PLACES_SHOWN = 8


@dataclass(frozen=True)
class Step:
    """A day or step of the pay calendar; `state` is done, next, warn (the due day) or empty."""

    when: date | None
    words: str
    said: str
    state: str


@dataclass(frozen=True)
class Calendar:
    """The run of a month: its steps, and how many working days are left to the day it must be there."""

    month: date
    due: date
    steps: list[Step]
    days_left: int
    is_over: bool


@dataclass(frozen=True)
class Load:
    """How much lies in a place, how much of it is overdue, and its share of the largest in percent."""

    code: str
    name: str
    count: int
    overdue: int
    share: int


def calendar(today: date) -> Calendar:
    """This month's run; once it is closed, the next month's."""
    month = month_of(today)
    run = run_of(month)
    if run and run.state == "closed":
        month, run = add_months(month, 1), None
    officers = [run.maker, run.checker, "" if run.state == "reviewed" else run.finance] if run else ["", "", ""]
    due = run.due_on if run else pay_by(month, pack_of_division(settings.OPENDIBAO_COUNTY))
    said = list(zip((_("编制"), pgettext("发放", "复核"), _("财政审核")), officers, strict=True))
    steps = list(_steps(said, run.sent_on if run else None))
    steps.append(Step(due, _("到账期限"), _moved(due), "warn"))
    return Calendar(month, due, steps, workdays_between(today, due), today > due)


def _steps(officers: list[tuple[str, str]], sent_on: date | None) -> Iterator[Step]:
    said = [*((words, who, None) for words, who in officers), (_("出盘"), _("已送银行") if sent_on else "", sent_on)]
    first_open = next((place for place, (_words, who, _on) in enumerate(said) if not who), len(said))
    for place, (words, who, on) in enumerate(said):
        state = "done" if place < first_open else "next" if place == first_open else ""
        yield Step(on, words, who or (_("轮到这一步") if state == "next" else _("还没到")), state)


def _moved(due: date) -> str:
    meant = pack_of_division(settings.OPENDIBAO_COUNTY).value("clock.pay_day", due)
    return _("%(day)s 日放假，提前到工作日") % {"day": meant} if due.day != meant else ""


def workload(work: Work, names: Places) -> list[Load]:
    """What is to do by village, or by township for one who sees the county, the most first."""
    place_of = township_of if work.viewer.sees_county else str
    counted = Counter(place_of(task.division) for group, task in work.tasks)
    late = Counter(place_of(task.division) for group, task in work.tasks if group is Group.OVERDUE)
    most = counted.most_common(PLACES_SHOWN)
    return [Load(code, names.names.get(code, code), n, late[code], n * 100 // most[0][1]) for code, n in most]
