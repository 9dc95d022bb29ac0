"""核对岗: the county looks up whom the townships asked about; the townships answer every hit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from opendibao.demo.applications import Walk
from opendibao.demo.departments.delivering import Departments
from opendibao.demo.officers import COUNTY_MAKER, Step, Windows, by
from opendibao.verification.answering import run_matching
from opendibao.verification.disposing import dispose_matches
from opendibao.verification.match_queries import DoubtfulLink, doubtful_links, rechecks_of
from opendibao.verification.queries import open_hits
from opendibao.verification.rechecking import object_to_match
from opendibao.verification.settling import settle_link

ORDER = 3
CONFIRMED, AGREES = ("accept_record", "admitted"), ("keep_declaration", "as_declared")
OBJECTED, GROUND = "business_registration", "小店前年就转给了亲戚，一直没有去办变更，现在没有经营"
SAME, ANOTHER = "看了身份证和户口簿，是本人", "看了身份证和户口簿，号码和出生日期都不是，不是本人"


@dataclass
class MatchingDesk:
    """The county's desk; `walks` are the applications that come before it."""

    walks: Sequence[Walk]
    departments: Departments
    offices: Windows

    def steps(self) -> Iterator[Step]:
        """Day, order within the day, act: whom the townships asked about, and again when new data have come."""
        days: dict[date, list[Walk]] = {}
        for walk in self.walks:
            days.setdefault(walk.story.matched_on, []).append(walk)
        for day in self.departments.days:
            days.setdefault(day, []).extend(w for w in self.walks if w.story.matched_on < day < w.until)
        county = self.departments.plan.county_code
        for day, walks in days.items():
            yield day, ORDER, by(COUNTY_MAKER, county, partial(self._look_up, walks))

    def _look_up(self, walks: Sequence[Walk], at: datetime) -> None:
        """Look everybody up; whose record it is, is seen from papers where it is in doubt, and then looked up again."""
        cases = [walk.case for walk in walks]
        run_matching(cases, on=at.date(), at=at)
        answered = [walk for walk in walks if walk.disposes]
        if doubts := [doubt for walk in answered for doubt in doubtful_links(walk.case)]:
            for doubt in {doubt.id: doubt for doubt in doubts}.values():
                self._settle(doubt, at)
            run_matching(sorted({doubt.case_id for doubt in doubts}), on=at.date(), at=at)
        for walk in walks:
            if walk.disposes:
                self._answer(walk, at)
            else:
                self._object(walk, at)

    def _settle(self, doubt: DoubtfulLink, at: datetime) -> None:
        is_same = self.departments.is_about(doubt.source, doubt.row_no, doubt.id_number)
        settle_link(doubt.id, is_same=is_same, note=SAME if is_same else ANOTHER, on=at.date(), at=at)

    def _object(self, walk: Walk, at: datetime) -> None:
        """The family whose hits wait says that one of them is not so; the county has to look again."""
        with self.offices.acting_for(walk.home.number):
            objected = {one.match_id for one in rechecks_of(walk.case)}
            for match in open_hits(walk.case):
                if match.source == OBJECTED and match.pk not in objected:
                    head = walk.home.members[0].name
                    object_to_match(match.pk, objector=head, ground=GROUND, on=at.date(), at=at)

    def _answer(self, walk: Walk, at: datetime) -> None:
        """The township answers: what the family kept back is admitted, what it declared stays declared."""
        hidden = {hit.source for hit in walk.story.entry.match_hits if not hit.is_declared}
        hidden |= {"tax"} if "social_insurance" in hidden else set()
        kinds: dict[tuple[str, str], list[int]] = {}
        for match in open_hits(walk.case):
            kinds.setdefault(CONFIRMED if match.source in hidden else AGREES, []).append(match.pk)
        with self.offices.acting_for(walk.home.number):
            for (disposition, code), ids in kinds.items():
                dispose_matches(ids, disposition=disposition, reason="", code=code, at=at)
