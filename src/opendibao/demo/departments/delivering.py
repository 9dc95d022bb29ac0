"""送达和比对: departments hand in their files on their days; the county files them and links them to its people."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, partial
from itertools import groupby
from pathlib import Path

from opendibao.demo.departments.calendar import Handed, calendar
from opendibao.demo.departments.found import FOUND, by_row, facts, told
from opendibao.demo.departments.handing import Made, hand_in
from opendibao.demo.departments.homes import Home, homes
from opendibao.demo.officers import COUNTY_MAKER, Step, by
from opendibao.demo.old_stock import Say
from opendibao.demo.plan import CountyPlan
from opendibao.kernel.workdays import on_or_after
from opendibao.verification.deliveries.filing import file_delivery
from opendibao.verification.link_queries import linked_rows, registered_numbers
from opendibao.verification.linking import link_deliveries

FOLDER, TOLD = "departments", "核到与埋设.md"
TOLD_ON, AFTER_ALL = 3, 95
"""The day of January on which it is told what was found, after everything else of the day."""
AT_THE_DOOR = -1
"""What comes on a day is filed before anything else is done."""


@dataclass
class Departments:
    """What departments handed in; `made` by the delivery that a file became, `last` by source.

    `registered`: who was on the register when the last files were linked.
    """

    plan: CountyPlan
    out: Path
    say: Say = print
    made: dict[int, Made] = field(default_factory=dict)
    last: dict[str, Made] = field(default_factory=dict)
    registered: frozenset[str] = frozenset()

    @cached_property
    def homes(self) -> list[Home]:
        """Whom departments know."""
        return homes(self.plan)

    @property
    def days(self) -> list[date]:
        """The days on which files come."""
        return sorted({one.received_on for one in calendar(self.plan)})

    def steps(self) -> Iterator[Step]:
        """Day, order within the day, act: all files of a day are filed together."""
        for day, files in groupby(calendar(self.plan), key=lambda one: one.received_on):
            yield day, AT_THE_DOOR, by(COUNTY_MAKER, self.plan.county_code, partial(self._take, list(files)))
        day = on_or_after(date(self.plan.year + 1, 1, TOLD_ON))
        yield day, AFTER_ALL, by(COUNTY_MAKER, self.plan.county_code, self._tell)

    def _take(self, files: list[Handed], at: datetime) -> None:
        ids: list[int] = []
        for handed in files:
            made = hand_in(handed, self.homes)
            self._keep(made)
            filed = file_delivery(made.data, made.name, made.manifest, on=at.date(), at=at)
            ids.append(filed.delivery_id)
            self.made[filed.delivery_id] = self.last[handed.source] = made
        link_deliveries(ids, at=at)
        self.registered = registered_numbers()

    def is_about(self, source: str, row_no: int, id_number: str) -> bool:
        """Whether a row of the last file of a source truly is somebody's: what his papers would show."""
        made = self.last[source]
        return made.subjects[row_no - made.first_row] == id_number

    def _tell(self, at: datetime) -> None:
        """What was planted against what was found, beside the files."""
        newest = {id(made) for made in self.last.values()}
        last = {delivery: made for delivery, made in self.made.items() if id(made) in newest}
        links = by_row(linked_rows(self.made))
        text = told(self.made, last, links, self.registered)
        (self.out / FOLDER / TOLD).write_text(text, "utf-8")
        found = facts(self.made, links)
        seen = sum(one.became == FOUND for one in found)
        self.say(f"部门送达 {len(self.made)} 份数据；埋设的情况 {len(found)} 件，核到 {seen} 件")

    def _keep(self, made: Made) -> None:
        """The file as it came, for whoever wants to see what departments send."""
        folder = self.out / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        (folder / made.name).write_bytes(made.data)
