"""核对报告: what departments answered of every member of a case, what differs and what was made of it; read once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from opendibao.audit.queries import events_of
from opendibao.decision.hit_effects import HitEffect, case_hits
from opendibao.intake.case_queries import CaseFile, CaseLetterRow, letters_of
from opendibao.intake.consent_queries import ConsentRow, consents_of
from opendibao.intake.queries import declared
from opendibao.kernel.ids import mask_id_number
from opendibao.policy.reader import RuleGap, value
from opendibao.reporting.case_papers.match_words import declared_words, found_words
from opendibao.verification.match_queries import RecheckRow, rechecks_of
from opendibao.verification.queries import survey_of
from opendibao.verification.report_queries import HIT, NO_HIT, NOT_CHECKED, ReportAnswer, report_answers
from opendibao.verification.requests.provinces import province_zh
from opendibao.verification.requests.queries import unanswered_of
from opendibao.verification.sources import SOURCES

VALID_DAYS = "match.valid_days"
DISPOSED, UNDONE = "处置核对结果", "撤回处置"
LETTERS = ("mismatch", "recheck")
PRINT_PLACES = 8


@dataclass(frozen=True)
class Disposed:
    """Who answered a hit, and when."""

    officer: str
    on: date


@dataclass(frozen=True)
class ReportLine:
    """One member in one source; of a hit also what was declared, what the survey found, and what it changes.

    `effect` is None where the rules cannot compute the hit alone.
    """

    answer: ReportAnswer
    declared: str = ""
    surveyed: str = ""
    effect: HitEffect | None = None
    disposed: Disposed | None = None

    @property
    def province(self) -> str:
        """The name of the province that was asked; "" for the county's own departments."""
        code = self.answer.province
        return province_zh(code) if code else ""

    @property
    def source(self) -> str:
        """The source as it is shown."""
        known = SOURCES.get(self.answer.source)
        return self.province + (known.zh if known else self.answer.source)

    @property
    def is_computed(self) -> bool:
        """Whether the rules give an amount with and without it."""
        return bool(self.effect and self.effect.before and self.effect.after)


@dataclass(frozen=True)
class MatchReport:
    """The report of a case as it stands; `number` changes with whatever it says, so that two prints can be compared.

    `valid_until`: the last day on which the answers may be used; None before the first answer, or where the county
    has no such day.
    """

    case: CaseFile
    lines: Sequence[ReportLine]
    consents: Sequence[ConsentRow] = ()
    letters: Sequence[CaseLetterRow] = ()
    members: Sequence[tuple[str, str]] = ()
    valid_until: date | None = None
    number: str = ""
    on: date = date.min
    objections: Sequence[RecheckRow] = ()
    elsewhere: Sequence[str] = ()

    @property
    def requested_on(self) -> date | None:
        """The day of the first question."""
        return min((line.answer.requested_on for line in self.lines), default=None)

    @property
    def answered_on(self) -> date | None:
        """The day of the last answer; None before the first."""
        return max((line.answer.answered_on for line in self.lines if line.answer.answered_on), default=None)

    @property
    def is_expired(self) -> bool:
        """Whether its last day is over on the day of printing."""
        return self.valid_until is not None and self.valid_until < self.on

    def of(self, outcome: str) -> list[ReportLine]:
        """The lines with an outcome."""
        return [line for line in self.lines if line.answer.outcome == outcome]

    @property
    def hits(self) -> list[ReportLine]:
        """The hits, the largest effect first."""
        return sorted(self.of(HIT), key=lambda line: (-_weight(line), line.answer.id))

    @property
    def unchecked(self) -> list[ReportLine]:
        """Who could not be checked where."""
        return self.of(NOT_CHECKED)

    @property
    def silent_here(self) -> list[ReportLine]:
        """Likewise, without other provinces, of which `elsewhere` speaks."""
        return [line for line in self.unchecked if not line.answer.province]

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Questions, hits, checked without a record, not checked."""
        return len(self.lines), len(self.of(HIT)), len(self.of(NO_HIT)), len(self.of(NOT_CHECKED))


def _weight(line: ReportLine) -> int:
    return abs(line.effect.difference_fen) if line.effect else 0


def match_report(case: CaseFile, *, on: date) -> MatchReport | None:
    """The report of a case on a day of printing; None before anybody was asked."""
    answers = report_answers(case.id)
    if not answers:
        return None
    report = MatchReport(
        case, _lines(case, answers, on), consents_of(case.id),
        [letter for letter in letters_of(case.id) if letter.kind in LETTERS],
        list(dict.fromkeys((one.person, mask_id_number(one.id_number)) for one in answers)),
        _valid_until(case, answers), on=on, objections=rechecks_of(case.id),
        elsewhere=[one.words for one in unanswered_of(case.id)],
    )  # fmt: skip
    return _numbered(report)


def _lines(case: CaseFile, answers: Sequence[ReportAnswer], on: date) -> list[ReportLine]:
    """Effects as of the last answer: a report does not change because it is printed later."""
    has_hits = any(one.outcome == HIT for one in answers)
    day = max((one.answered_on for one in answers if one.answered_on), default=on)
    effects = {hit.match.id: hit for hit in case_hits(case.id, day).hits} if has_hits else {}
    said, survey = declared(case.id), survey_of(case.id)
    by = _disposed(case)
    return [_line(one, effects, said, survey.found if survey else None, by) for one in answers]


def _line(
    answer: ReportAnswer,
    effects: Mapping[int, HitEffect],
    said: Mapping[str, Any],
    found: Mapping[str, Any] | None,
    by: Mapping[int, Disposed],
) -> ReportLine:
    if answer.outcome != HIT:
        return ReportLine(answer)
    return ReportLine(
        answer, declared_words(said, answer), found_words(found, answer) if found is not None else "",
        effects.get(answer.id), by.get(answer.id) if answer.disposition else None,
    )  # fmt: skip


def _disposed(case: CaseFile) -> dict[int, Disposed]:
    """By answer, who disposed of it last; from the record of what was done."""
    found: dict[int, Disposed] = {}
    for event in events_of(f"案件 {case.number}"):
        if event.action == DISPOSED:
            for match in _matches(event.payload):
                found[match] = Disposed(event.actor, event.at.date())
    return found


def _matches(payload: Mapping[str, Any]) -> Iterator[int]:
    """The answers that an event speaks of: one, or several disposed of together."""
    if "match" in payload:
        yield int(payload["match"])
    yield from (int(one) for one in payload.get("matches", ()))


def _valid_until(case: CaseFile, answers: Sequence[ReportAnswer]) -> date | None:
    """So many days from the last answer, and no longer than the first answer that runs out."""
    answered = [one.answered_on for one in answers if one.answered_on]
    if not answered:
        return None
    last = max(answered)
    try:
        days = value(VALID_DAYS, on=last, division=case.division)
    except RuleGap:
        return min((one.expires_on for one in answers if one.expires_on), default=None)
    ends = last + timedelta(days=days)
    return min([ends, *(one.expires_on for one in answers if one.expires_on)])


def _numbered(report: MatchReport) -> MatchReport:
    """The case's number and the first places of the hash of all that is said: the same report, the same number."""
    told = [
        (line.answer.person_id, line.answer.source, line.answer.outcome, line.answer.why, line.answer.detail,
         line.answer.disposition, line.answer.reason, line.answer.file, str(line.answer.answered_on))
        for line in report.lines
    ]  # fmt: skip
    consents = [(one.signer, str(one.signed_on), str(one.revoked_on)) for one in report.consents]
    mark = sha256(repr((told, consents)).encode()).hexdigest()[:PRINT_PLACES].upper()
    return replace(report, number=f"{report.case.number}-{mark}")
