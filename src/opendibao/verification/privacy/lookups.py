"""登记查询: whoever asks about a person says in which case or on which ground; without a right nothing is asked."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.bulk import copy_rows
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.kernel.duties import Duty
from opendibao.verification.models import LookupGround, Purpose
from opendibao.verification.privacy.rights import NoAuthorisation, Right, rights
from opendibao.verification.sources import SOURCES

COLUMNS = [
    "person_id", "division", "sources", "purpose", "case_id", "consent_id", "ground", "officer", "asked_on", "at",
    "about",
]  # fmt: skip


@dataclass(frozen=True)
class Question:
    """What is asked: whom about, of which source, why, and in which case (None: as a family in force)."""

    person_id: int
    source: str
    purpose: str
    case_id: int | None = None
    about: str = ""

    @property
    def whom(self) -> tuple[int | None, int]:
        """The case and the person, by which the right is looked for."""
        return self.case_id, self.person_id


@needs(Duty.ACCEPT, Duty.SURVEY, Duty.REVIEW, Duty.CONFIRM, Duty.PAY, Duty.OPERATE)
@transaction.atomic
def log_lookups(questions: Sequence[Question], *, on: date, at: datetime) -> int:
    """登记查询: note each question with the right it rests on, one row per person and purpose; returns the rows.

    In a case the right is the authorisation in force that day (57号 第九条; a minor's is that of an adult of his
    family), without a case that the family is in force (57号 第三十一条). Raises NoAuthorisation naming who lacks one.
    """
    found = rights({question.whom for question in questions if _asks(question)}, on)
    opened = rights({question.whom for question in questions if not _asks(question)}, on, asks=False)
    lacking = {q.person_id for q in questions if q.whom not in (found if _asks(q) else opened)}
    if lacking:
        raise NoAuthorisation.of(lacking, on)
    return copy_rows("verification_lookup", COLUMNS, _rows(questions, found, opened, on, at))


def _asks(question: Question) -> bool:
    """Whether a department's data are asked, and not only looked at what it has answered."""
    return question.purpose != Purpose.OPENING


def _rows(
    questions: Iterable[Question],
    found: Mapping[tuple[int | None, int], Right],
    opened: Mapping[tuple[int | None, int], Right],
    on: date,
    at: datetime,
) -> Iterator[tuple[object, ...]]:
    """One row per person, case, purpose and matter, with all sources that were asked."""
    asked = defaultdict[tuple[int, str, int | None, str], list[str]](list)
    for q in questions:
        asked[q.person_id, q.purpose, q.case_id, q.about].append(q.source)
    officer = officer_name()
    for (person, purpose, case, about), sources in asked.items():
        right = (opened if purpose == Purpose.OPENING else found)[case, person]
        ground = "" if case else LookupGround.REVIEW
        yield (person, right.division, _known(sources), purpose, case, right.consent_id, ground, officer, on, at, about)


def _known(sources: Collection[str]) -> list[str]:
    """The sources in the order of the departments; whoever asks a source that does not exist made a mistake."""
    if strange := set(sources) - set(SOURCES):
        raise KeyError(f"没有来源“{'、'.join(sorted(strange))}”")
    return [source for source in SOURCES if source in set(sources)]
