"""核对影响: what a department's answer would change of a family's money, by the rules, beside declared and surveyed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from opendibao.decision.clean import Ruled, ruled
from opendibao.intake.queries import declared
from opendibao.kernel.money import NotMoney
from opendibao.rulemaking.queries import policy_in_force
from opendibao.verification.match_queries import HitRow, hit_rows
from opendibao.verification.merging import Said, merged
from opendibao.verification.queries import MatchRow, matches_of, survey_of

Facts = dict[str, Any]
REFUTED = "keep_declaration"
WHOLLY_SURE = 100
SURENESS = {"confirmed": 100, "repaired": 80, "review": 70}
"""How much an effect weighs in the order of the list by how its row was linked; nothing else rests on it."""
NOBODY = Ruled("none", 0, 0, 0, 0, 0, "", ())


@dataclass(frozen=True)
class HitEffect:
    """A hit with what the rules give without and with it; None where its content or the facts cannot be computed.

    It is held against what the family declared; where that cannot be computed, against what was surveyed. `sureness`:
    how sure it is that the rows are this person's, in hundredths.
    """

    match: MatchRow
    said: str
    before: Ruled | None
    after: Ruled | None
    sureness: int = WHOLLY_SURE

    @property
    def difference_fen(self) -> int:
        """By how much the monthly money would change, fen; negative where it is less."""
        return self.after.monthly_fen - self.before.monthly_fen if self.before and self.after else 0

    @property
    def is_harmless(self) -> bool:
        """Whether the rules give the same with it: money, persons and outcome; what cannot be computed is not."""
        if self.before is None or self.after is None:
            return False
        had, has = self.before, self.after
        return (had.outcome, had.persons, had.monthly_fen) == (has.outcome, has.persons, has.monthly_fen)


@dataclass(frozen=True)
class CaseHits:
    """The hits of a case, the largest effect of the surest first; what the rules give on declared and surveyed facts.

    `together`: on what was declared with all hits that nobody refuted, the members' deposits added up.
    """

    hits: list[HitEffect]
    declared: Ruled | None
    surveyed: Ruled | None
    answers: int
    unanswered: int
    together: Ruled | None = None


def case_hits(case_id: int, on: date) -> CaseHits:
    """What departments said of a case and what it would change on a day."""
    told, survey, answers = declared(case_id), survey_of(case_id), matches_of(case_id)
    policy, rows = policy_in_force(), hit_rows(case_id)
    own = _ruled(told, on, policy)
    held = survey.found if own is None and survey else told
    before = own or _ruled(held, on, policy)
    said = {row.id: _said(row, rows.get(row.id, ())) for row in answers if row.outcome == "hit"}
    hits = [
        HitEffect(row, _words(row), before, _with([said[row.id]], held, on, policy), _sureness(rows.get(row.id, ())))
        for row in answers
        if row.id in said
    ]
    standing = [said[hit.match.id] for hit in hits if hit.match.disposition != REFUTED]
    return CaseHits(
        sorted(hits, key=lambda hit: (-abs(hit.difference_fen) * hit.sureness, hit.is_harmless, hit.match.id)), own,
        _ruled(survey.found, on, policy) if survey else None, len(answers),
        sum(row.outcome == "not_checked" for row in answers), _with(standing, held, on, policy),
    )  # fmt: skip


def _said(row: MatchRow, rows: Sequence[HitRow]) -> Said:
    facts = {name: one for name, one in json.loads(row.detail).items() if name != "found"}
    return Said(row.person, row.source, facts, frozenset(one.row_key for one in rows if one.state != "not_same"))


def _words(row: MatchRow) -> str:
    detail = json.loads(row.detail)
    return str(detail.get("found", "")) or "、".join(f"{key} {value}" for key, value in detail.items())


def _sureness(rows: Sequence[HitRow]) -> int:
    """The least sure row counts; what an officer entered from paper names the person itself."""
    return min((SURENESS.get(row.tier, WHOLLY_SURE) for row in rows), default=WHOLLY_SURE)


def _with(said: Sequence[Said], held: Facts, on: date, policy: str) -> Ruled | None:
    """What the rules give with these answers; None where none of them says anything computable."""
    telling = [one for one in said if one.is_computable]
    if not telling:
        return None
    try:
        facts = merged(held, telling)
    except NotMoney:
        return None
    return _ruled(facts, min([on, *(_day_of(one.facts, on) for one in telling)]), policy)


def _day_of(detail: Mapping[str, Any], on: date) -> date:
    """A death changes the money as of its day; everything else as of today."""
    return date.fromisoformat(detail["died"]) if "died" in detail else on


def _ruled(facts: Facts, on: date, policy: str) -> Ruled | None:
    if facts.get("members") == []:  # nobody is left to be paid for
        return NOBODY
    return ruled(json.dumps(facts, ensure_ascii=False, sort_keys=True), on, policy)
