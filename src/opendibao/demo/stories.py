"""案件的故事: what happens to whom on the way to a decision: a paper is missing, somebody objects, a vote is contested.

Drawn from the plan without touching it: days move to the front only, facts and the day of the decision stay.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from opendibao.demo.days import NOTICE, OPINION, workdays_before
from opendibao.demo.example_family import STEPS
from opendibao.demo.plan import CountyPlan, PlannedEntry
from opendibao.kernel.workdays import add_workdays, on_or_after, workdays_between

ONE_DAY = timedelta(days=1)
LIMIT = 30
"""Working days from acceptance to the decision (57号 第二十二条)."""
CONTESTED_DAYS, REVIEWED_AGAIN_DAYS = 6, 9
"""Working days that a second survey, or a second review and notice, take."""
PER_SUPPLEMENT, PER_RELATIVE, MOST_RELATIVES, MOST_GROUNDLESS = 4, 100, 4, 2
FIRST_MONTH, LAST_MONTH = 3, 10
LACKING = (
    "最低生活保障申请书：申请人没有签字", "刚性支出票据（医疗、护理）", "收款银行账户：开户行没有写明",
    "信息真实完整承诺书：有一名成年成员没有签字",
)  # fmt: skip


@dataclass(frozen=True)
class Story:
    """The days of an application and what is special about it; days that do not come are None."""

    entry: PlannedEntry
    applied_on: date
    accepted_on: date
    matched_on: date
    surveyed_on: date
    reviewed_on: date
    posted_on: date
    turn: int = 0
    lacking: str = ""
    is_relative: bool = False
    surveyed_again_on: date | None = None
    reviewed_again_on: date | None = None
    objected_on: date | None = None
    settled_on: date | None = None
    posted_again_on: date | None = None

    @property
    def decided_on(self) -> date:
        """As the plan has it."""
        return self.entry.decided_on

    @property
    def reported_on(self) -> date:
        """The first working day after the notice; a refusal is not posted, so the county is asked in time to decide."""
        if not self.entry.is_granted:
            return max(self.posted_on, workdays_before(self.decided_on, OPINION))
        last = (self.posted_again_on or self.posted_on) + NOTICE
        return min(on_or_after(last + ONE_DAY), self.decided_on)


def stories(plan: CountyPlan) -> dict[str, Story]:
    """The story of every application, by household number."""
    plain = {e.household.number: _plain(e, turn) for turn, e in enumerate(plan.entries)}
    chosen = iter(_chosen(plan))
    _tell(plain, chosen, _contested, 1)
    _tell(plain, chosen, _reviewed_again, 1)
    _tell(plain, chosen, _groundless, MOST_GROUNDLESS)
    wanted = min(MOST_RELATIVES, -(-len(plan.entries) // PER_RELATIVE))
    _tell(plain, chosen, lambda story: replace(story, is_relative=True), wanted)
    return plain


def _plain(entry: PlannedEntry, turn: int) -> Story:
    e = entry
    story = Story(e, e.applied_on, e.accepted_on, e.matched_on, e.surveyed_on, e.reviewed_on, e.posted_on, turn)
    has_time = e.applied_on < e.accepted_on
    return replace(story, lacking=LACKING[turn % len(LACKING)]) if has_time and turn % PER_SUPPLEMENT == 0 else story


def _chosen(plan: CountyPlan) -> Iterator[str]:
    """Granted applications of the middle of the year with time to spare, spread over it."""
    room = LIMIT - REVIEWED_AGAIN_DAYS
    fit = [
        e.household.number for e in plan.entries
        if e.is_granted and not e.match_hits and FIRST_MONTH <= e.decided_on.month <= LAST_MONTH
        and e.accepted_on != STEPS.accepted_on and workdays_between(e.accepted_on, e.decided_on) <= room
    ]  # fmt: skip
    step = 7 if len(fit) > 70 else 1
    return iter([fit[place] for start in range(step) for place in range(start, len(fit), step)])


def _tell(found: dict[str, Story], chosen: Iterator[str], change: Callable[[Story], Story], count: int) -> None:
    for _ in range(count):
        if number := next(chosen, ""):
            found[number] = change(found[number])


def _earlier(story: Story, workdays: int) -> Story:
    """Everything up to the review so many working days earlier."""
    return replace(
        story,
        applied_on=workdays_before(story.applied_on, workdays),
        accepted_on=workdays_before(story.accepted_on, workdays),
        matched_on=workdays_before(story.matched_on, workdays),
        surveyed_on=workdays_before(story.surveyed_on, workdays),
        reviewed_on=workdays_before(story.reviewed_on, workdays),
    )


def _contested(story: Story) -> Story:
    moved = _earlier(story, CONTESTED_DAYS)
    return replace(moved, surveyed_again_on=workdays_before(story.reviewed_on, 3), reviewed_again_on=story.reviewed_on)


def _reviewed_again(story: Story) -> Story:
    """Objected to in the second half of the first notice; the village votes again, the opinion hangs again."""
    moved = _earlier(story, REVIEWED_AGAIN_DAYS)
    first = workdays_before(story.posted_on, REVIEWED_AGAIN_DAYS)
    return replace(
        moved, posted_on=first, objected_on=add_workdays(first, 3), settled_on=add_workdays(first, 6),
        reviewed_again_on=workdays_before(story.posted_on, 1), posted_again_on=story.posted_on,
    )  # fmt: skip


def _groundless(story: Story) -> Story:
    """Answered while the notice still hangs, or on the day on which it is taken down."""
    objected = add_workdays(story.posted_on, 1)
    return replace(story, objected_on=objected, settled_on=add_workdays(objected, 2))


def by_village(
    found: Mapping[str, Story], day_of: Callable[[Story], date | None]
) -> dict[tuple[date, str], list[Story]]:
    """Stories by the day of a step and the village, so that a meeting or a sheet takes all of a day together."""
    grouped: dict[tuple[date, str], list[Story]] = {}
    for story in found.values():
        if day := day_of(story):
            grouped.setdefault((day, story.entry.household.division), []).append(story)
    return grouped
