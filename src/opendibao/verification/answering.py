"""开始核对: questions of many cases are held against what departments delivered; each gets one of three outcomes."""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record_many
from opendibao.audit.duties import needs
from opendibao.audit.sql_rows import execute, read
from opendibao.intake.models import Case
from opendibao.intake.states import CaseState, ForbiddenMove
from opendibao.kernel.duties import Duty
from opendibao.verification.linking import link_people
from opendibao.verification.matching import ANSWERED_IN
from opendibao.verification.models import HitLink, MatchOutcome, MatchResult, Purpose, Unchecked
from opendibao.verification.outcomes import Outcome, known, outcome_of
from opendibao.verification.privacy.lookups import Question, log_lookups
from opendibao.verification.privacy.rights import rights
from opendibao.verification.refusal import VerificationRefused
from opendibao.verification.sources import sources_on

FAMILIES = """
SELECT c.id, p.name FROM intake_case c
JOIN registry_membership m ON m.household_id = c.household_id AND m.valid @> %(on)s::date AND upper_inf(m.recorded)
JOIN registry_person p ON p.id = m.person_id WHERE c.id = ANY(%(cases)s)
"""
# one statement for all: as many single updates take a minute for a county's day
ANSWERED = """
UPDATE verification_matchresult m SET outcome = a.outcome, why = a.why, begun_on = a.begun, answered_on = a.answered,
  as_of = a.as_of, expires_on = a.expires, delivery_id = a.delivery, file = a.file, detail = a.detail::jsonb
FROM unnest(%(ids)s::bigint[], %(outcome)s::text[], %(why)s::text[], %(begun)s::date[], %(answered)s::date[],
  %(as_of)s::date[], %(expires)s::date[], %(delivery)s::bigint[], %(file)s::text[], %(detail)s::text[])
  a (id, outcome, why, begun, answered, as_of, expires, delivery, file, detail)
WHERE m.id = a.id
"""
BEGUN = "开始核对"
FILE_LENGTH = 12


@dataclass(frozen=True)
class MatchCounts:
    """What a run made of the open questions: `unchecked` by reason; questions of nobody else were touched."""

    cases: int = 0
    questions: int = 0
    hits: int = 0
    no_hits: int = 0
    unchecked: Mapping[str, int] = field(default_factory=dict)

    @property
    def not_checked(self) -> int:
        """Questions that stay open."""
        return sum(self.unchecked.values())


@dataclass(frozen=True)
class _Named:
    case_id: int
    name: str


@needs(Duty.CONFIRM)
@transaction.atomic
def run_matching(case_ids: Sequence[int], *, on: date, at: datetime) -> MatchCounts:
    """开始核对: answer what is still open in these cases from the current deliveries; what is answered stays.

    Whoever took his authorisation back is not looked for. Raises ForbiddenMove, VerificationRefused, RuleGap.
    """
    cases = _held(case_ids)
    questions = _questions(cases, on)
    if not questions:
        return MatchCounts(cases=len(cases))
    allowed = [row for row, right in _with_right(questions, on) if right]
    persons = sorted({row.person_id for row in allowed})
    link_people(persons, on=on, at=at)
    facts = known(persons, next(iter(cases.values())).division[:6], on=on)
    families = _families(cases, on)
    said = {row.pk: Outcome(MatchOutcome.NOT_CHECKED, Unchecked.NO_CONSENT) for row in questions} | {
        row.pk: outcome_of(
            row.person_id, row.source, asked_on=row.requested_on, known=facts, family=families.get(row.case_id, ())
        )
        for row in allowed
    }  # fmt: skip
    log_lookups([Question(row.person_id, row.source, Purpose.MATCH, row.case_id) for row in allowed], on=on, at=at)
    _file(questions, said, on)
    _tell(cases, questions, said, on, at)
    return _counts(len(cases), said)


def _held(case_ids: Sequence[int]) -> dict[int, Case]:
    """The cases, held in the order of their ids, so that two runs wait for each other."""
    held = Case.objects.select_for_update(of=("self",)).filter(pk__in=case_ids).order_by("pk")
    cases = {case.pk: case for case in held}
    if len(cases) < len(set(case_ids)):
        raise VerificationRefused("有案件不存在，或不在本人可见的区划内，请刷新后重选")
    for case in cases.values():
        if case.state not in ANSWERED_IN:
            raise ForbiddenMove(
                f"案件{case.number}现在是“{CaseState(case.state).label}”，受理后、办结前才能核对，请去掉这一件"
            )
    return cases


def _questions(cases: Collection[int], on: date) -> list[MatchResult]:
    """What is open of the county's own sources that the law lets be asked on this day."""
    rows = MatchResult.objects.filter(
        case__in=list(cases), outcome=MatchOutcome.NOT_CHECKED, province="", source__in=sources_on(on),
        requested_on__lte=on,
    )  # fmt: skip
    return list(rows.order_by("case_id", "person_id", "source"))


def _with_right(questions: Sequence[MatchResult], on: date) -> Iterator[tuple[MatchResult, bool]]:
    """Each question with whether somebody's authorisation in force lets it be asked (57号 第九条)."""
    found = rights({(row.case_id, row.person_id) for row in questions}, on)
    for row in questions:
        yield row, (row.case_id, row.person_id) in found


def _families(cases: Collection[int], on: date) -> dict[int, frozenset[str]]:
    """The names of the family of each case."""
    names: dict[int, set[str]] = {}
    for row in read(_Named, FAMILIES, {"cases": list(cases), "on": on}):
        names.setdefault(row.case_id, set()).add(row.name)
    return {case: frozenset(several) for case, several in names.items()}


def _file(questions: Sequence[MatchResult], said: Mapping[int, Outcome], on: date) -> None:
    """Write the outcomes, and beside each hit the links it rests on."""
    for row in questions:
        one = said[row.pk]
        row.outcome, row.why, row.begun_on = one.outcome, one.why, row.begun_on or on
        row.as_of, row.file = (one.delivery.as_of, one.delivery.sha256[:FILE_LENGTH]) if one.delivery else (None, "")
        if one.outcome != MatchOutcome.NOT_CHECKED and one.delivery:
            row.answered_on, row.expires_on, row.delivery_id = on, one.expires_on, one.delivery.id
            row.detail = {"found": one.found.words, **one.found.facts} if one.found else {}
    execute(ANSWERED, {
        "ids": [row.pk for row in questions], "outcome": [row.outcome for row in questions],
        "why": [row.why for row in questions], "begun": [row.begun_on for row in questions],
        "answered": [row.answered_on for row in questions], "as_of": [row.as_of for row in questions],
        "expires": [row.expires_on for row in questions], "delivery": [row.delivery_id for row in questions],
        "file": [row.file for row in questions],
        "detail": [json.dumps(row.detail, ensure_ascii=False) for row in questions],
    })  # fmt: skip
    HitLink.objects.bulk_create(
        HitLink(match=row, link_id=link) for row in questions for link in said[row.pk].links
    )  # fmt: skip


def _tell(
    cases: Mapping[int, Case], questions: Sequence[MatchResult], said: Mapping[int, Outcome], on: date, at: datetime
) -> None:
    of_case: dict[int, Counter[str]] = {}
    for row in questions:
        of_case.setdefault(row.case_id, Counter())[said[row.pk].outcome] += 1
    record_many(
        BEGUN,
        (
            (f"案件 {cases[case].number}", cases[case].division,
             {"on": str(on), "hits": n["hit"], "no_hits": n["no_hit"], "not_checked": n["not_checked"]})
            for case, n in of_case.items()
        ),
        at=at,
    )  # fmt: skip


def _counts(cases: int, said: Mapping[int, Outcome]) -> MatchCounts:
    outcomes = Counter(one.outcome for one in said.values())
    unchecked = Counter(one.why for one in said.values() if one.why)
    return MatchCounts(cases, len(said), outcomes["hit"], outcomes["no_hit"], dict(unchecked))
