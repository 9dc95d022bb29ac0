"""案卷: all that the papers of one case can print, as it was read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from opendibao.decision.hearing import HearingRow
from opendibao.decision.paper_queries import DecisionLetter, OpinionRow, VisitRow
from opendibao.decision.queries import DecisionRow
from opendibao.decision.relatives_register import RelativeRow
from opendibao.decision.village_queries import (
    BallotRow,
    MeetingRow,
    NoObjection,
    NoticeSheet,
    ObjectionRow,
    PostedNotice,
    ReadOut,
    SeatRow,
)
from opendibao.intake.case_queries import CaseFile, CaseLetterRow, MandateRow, SupplementRow
from opendibao.intake.consent_queries import ConsentRow
from opendibao.registry.queries import AccountRow, PlaceRow
from opendibao.reporting.case_papers.match_report import MatchReport
from opendibao.reporting.case_papers.wording import R2, Wording
from opendibao.rules.answer import Answer
from opendibao.verification.queries import MatchRow
from opendibao.verification.survey_queries import EvidenceLetterRow, InterviewRow, OrderRow, RefusedRow, SurveyFile


@dataclass(frozen=True)
class Person:
    """A member of the family as the papers name him; `standing` says why he counts or not, "" where not assessed."""

    name: str
    relation: str
    sex: str
    born: date | None
    age: int | None
    id_number: str
    health: str
    study: str
    standing: str
    is_counted: bool = True
    is_adult: bool = True


@dataclass(frozen=True)
class Places:
    """County, township and village by name, and the codes they stand for."""

    county: str = ""
    town: str = ""
    village: str = ""
    division: str = ""


@dataclass(frozen=True)
class Survey:
    """The last survey of a case with all that belongs to its form; `order` is the one that counts."""

    form: SurveyFile | None = None
    former: Sequence[SurveyFile] = ()
    order: OrderRow | None = None
    refusals: Sequence[RefusedRow] = ()
    interviews: Sequence[InterviewRow] = ()
    letters: Sequence[EvidenceLetterRow] = ()
    matches: Sequence[MatchRow] = ()


@dataclass(frozen=True)
class Village:
    """The village's part: the last meeting with its ballots, the last notice, objections, and that there are none.

    `read_out` is what was read out there, before a meeting what would be on the day of printing.
    """

    meeting: MeetingRow | None = None
    ballot: BallotRow | None = None
    seats: Sequence[SeatRow] = ()
    read_out: ReadOut | None = None
    notice: PostedNotice | None = None
    sheet: NoticeSheet | None = None
    objections: Sequence[ObjectionRow] = ()
    certificate: NoObjection | None = None


@dataclass(frozen=True)
class County:
    """Opinion, the county's visits, hearing, decision with its calculation and letter."""

    opinion: OpinionRow | None = None
    visits: Sequence[VisitRow] = ()
    hearing: HearingRow | None = None
    decision: DecisionRow | None = None
    letters: Sequence[DecisionLetter] = ()
    answer: Answer | None = None
    review_class: str = ""


@dataclass(frozen=True)
class Folder:
    """All that is known of one case; everything is empty for the blank papers.

    `members` are the persons as last found, `applied` as they were declared.
    """

    number: str = ""
    case: CaseFile | None = None
    household: str = ""
    area: str = ""
    applicant: str = ""
    places: Places = Places()
    place: PlaceRow | None = None
    account: AccountRow | None = None
    members: Sequence[Person] = ()
    applied: Sequence[Person] = ()
    declared: Mapping[str, Any] = field(default_factory=dict)
    found: Mapping[str, Any] | None = None
    consents: Sequence[ConsentRow] = ()
    mandate: MandateRow | None = None
    relatives: Sequence[RelativeRow] = ()
    supplements: Sequence[SupplementRow] = ()
    letters: Sequence[CaseLetterRow] = ()
    survey: Survey = Survey()
    village: Village = Village()
    county: County = County()
    words: Wording = R2
    scope: Sequence[str] = ()
    hardship: str = ""
    on: date = date.min
    is_reviewed: bool = False
    matched: MatchReport | None = None

    @property
    def needs_review(self) -> bool:
        """Whether the village votes on it: it did, or its procedure asks for it in every case."""
        return self.is_reviewed or self.village.meeting is not None

    @property
    def is_blank(self) -> bool:
        """Whether this stands for a form to be filled in by pen."""
        return self.case is None and not self.number

    @property
    def facts(self) -> Mapping[str, Any]:
        """What is held to be so: what the survey found, else what was declared."""
        return self.declared if self.found is None else self.found

    @property
    def head(self) -> Person | None:
        """The head of the household."""
        return next((one for one in self.members if one.relation == "户主"), None)
