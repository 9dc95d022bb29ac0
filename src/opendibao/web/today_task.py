"""待办事项: one thing to do: what, by when, whose turn it is, and the next act in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from opendibao.kernel.duties import READ_ONLY, Duty
from opendibao.web.viewing import Viewer


class Group(StrEnum):
    """Where a thing to do stands: too late, to be done now, with somebody else, or not open yet."""

    OVERDUE = "overdue"
    WINDOW = "window"
    WAITING = "waiting"
    SOON = "soon"


@dataclass(frozen=True)
class Task:
    """A thing to do about a household, or about `subject`; `duty` says whose turn it is, within `division`.

    `href` is where it stands ("" the household's page), `form` where it is done: an address, or the name of a form of
    the household ("" there is none). `waits_for` names somebody outside who holds it up, `stuck`
    the day since when whoever has it has it.
    """

    what: str
    act: str
    duty: Duty
    division: str
    href: str = ""
    subject: str = ""
    household_id: int = 0
    opens: date | None = None
    due: date | None = None
    since: date | None = None
    waits_for: str = ""
    tag: str = ""
    form: str = ""
    stuck: date | None = None

    def group(self, viewer: Viewer, today: date) -> Group:
        """Where it stands for one who looks at it on a day."""
        if self.due and self.due < today:
            return Group.OVERDUE
        if self.opens and self.opens > today:
            return Group.SOON
        return Group.WINDOW if self.is_turn_of(viewer) and not self.waits_for else Group.WAITING

    def is_turn_of(self, viewer: Viewer) -> bool:
        """Whether the viewer may take the next step; one who only reads looks at everything as it lies."""
        return self.duty in viewer.duties or viewer.duties <= READ_ONLY


@dataclass(frozen=True)
class Work:
    """All that is to do as one viewer sees it on a day, most urgent first."""

    viewer: Viewer
    today: date
    tasks: tuple[tuple[Group, Task], ...]

    def of(self, group: Group) -> list[Task]:
        """The tasks that stand so."""
        return [task for where, task in self.tasks if where == group]

    def within(self, reach: str) -> "Work":
        """What lies in a division and below it (code prefix, see kernel.ids.reach_of)."""
        return Work(self.viewer, self.today, tuple(each for each in self.tasks if each[1].division.startswith(reach)))

    @property
    def next(self) -> Task | None:
        """The most urgent thing that the viewer himself can do; None where there is none, or he only reads."""
        if not self.viewer.may_write:
            return None
        open_now = (task for group, task in self.tasks if group in (Group.OVERDUE, Group.WINDOW))
        return next((task for task in open_now if task.is_turn_of(self.viewer) and not task.waits_for), None)


def work_of(tasks: Iterable[Task], viewer: Viewer, today: date) -> Work:
    """Sort what there is to do: overdue before open before waiting before later, each by the day it is due."""
    places = {group: place for place, group in enumerate(Group)}
    grouped = [(task.group(viewer, today), task) for task in tasks]
    grouped.sort(key=lambda each: (places[each[0]], *_urgency(each[1])))
    return Work(viewer, today, tuple(grouped))


def _urgency(task: Task) -> tuple[date, date, str, int]:
    return task.due or date.max, task.since or date.max, task.division, task.household_id
