"""存量进来: the county is prepared, its roster comes in, what was returned comes again, two officers sign."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

from opendibao.decision import opening
from opendibao.decision.queries import review_classes
from opendibao.demo import officers
from opendibao.demo.days import opening_days
from opendibao.demo.officers import COUNTY_CHECKER, COUNTY_MAKER, by
from opendibao.demo.plan import CountyPlan
from opendibao.demo.roster_file import RosterFiles, write_roster
from opendibao.registry import actions as registry
from opendibao.registry import queries as registered
from opendibao.reviews import actions as reviews

Say = Callable[[str], None]
SIGN_ORDER = 35  # before the day's freeze


def prepare(plan: CountyPlan, *, at: datetime) -> None:
    """Enter the county's divisions and officers."""
    head = ("county", plan.county_code, plan.county_name, "")
    with officers.acting_as(officers.OPERATOR, plan.county_code):
        registry.load_divisions([head, *plan.divisions], at=at)
        officers.appoint(plan, at=at)


class OpeningWalk:
    """The opening import; `households` learns the ids of the old stock when the act is signed."""

    def __init__(self, plan: CountyPlan, households: dict[str, int], out: Path, say: Say) -> None:
        self.plan, self.households, self.folder, self.say = plan, households, out / "roster", say
        self.files: RosterFiles | None = None

    def steps(self) -> Iterator[tuple[date, int, Callable[[datetime], None]]]:
        """Day, order within the day, act."""
        days = opening_days(self.plan.year)
        for day, order, act in (
            (days.received, 0, self.bring_in),
            (days.corrected, SIGN_ORDER - 1, self.bring_in_corrected),
            (days.signed, SIGN_ORDER, self.sign),
        ):
            yield day, order, by(COUNTY_MAKER, self.plan.county_code, act)

    def bring_in(self, at: datetime) -> None:
        """The roster as the county hands it in; what is faulty goes back as a workbook."""
        self.files = write_roster(self.plan, self.folder)
        found = opening.bring_in_roster(self.files.first, division=self.plan.county_code, at=at)
        opening.write_rejects(found.file_id, self.folder / "退回名册.xlsx")
        self.say(f"存量花名册：读入 {found.households_read} 户，接收 {found.accepted} 户，退回 {found.rejected} 户")

    def bring_in_corrected(self, at: datetime) -> None:
        """The returned households, put right."""
        assert self.files is not None
        if not self.files.faults:
            return
        found = opening.bring_in_roster(self.files.corrected, division=self.plan.county_code, at=at)
        self.say(f"更正后再报：读入 {found.households_read} 户，接收 {found.accepted} 户，退回 {found.rejected} 户")

    def sign(self, at: datetime) -> None:
        """Two officers attest the roster; the year's re-verifications are laid down."""
        plan = self.plan
        opening.sign_opening_act(plan.county_code, on=at.date(), first=COUNTY_MAKER, second=COUNTY_CHECKER, at=at)
        self.households.update(registered.ids_by_number([old.household.number for old in plan.opening]))
        due = [(row.household_id, row.division, row.review_class) for row in review_classes()]
        reviews.schedule_reverifications(due, year=plan.year, at=at)
        self.say(f"存量建账：{len(due)} 户已签署确认书")
