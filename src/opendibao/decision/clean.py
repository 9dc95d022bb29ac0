"""干净和需看: which reported cases may be confirmed in one go, and why the others want a closer look."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from opendibao.decision.assessing import GRANTED, case_of, persons_of
from opendibao.decision.county_queries import Reported
from opendibao.rulemaking.queries import policy_in_force
from opendibao.rules.answer import Reason
from opendibao.rules.assess import assess
from opendibao.rules.case import CaseError, parse_case
from opendibao.rules.deadlines import counted

DOUBTS = {
    "refusal": "初审拟不同意",
    "open_hit": "有核对信息没有处置",
    "hit_against": "采信了核对信息或建议终止",
    "unanswered": "有部门没有答复核对",
    "unmatched": "没有做信息核对",
    "undeclared": "申报不全，不能和调查比较",
    "difference": "申报和查明的情况不同",
    "contested": "评议结果有争议",
    "negative_vote": "评议多数不同意",
    "objection": "公示有异议",
    "relative": "近亲属备案，县里还没有入户",
    "complaint": "有投诉举报，县里还没有入户",
    "sampled": "抽中县级核查，还没有入户",
    "visit_differs": "县级入户与乡镇调查不一致",
    "rules_differ": "初审意见和今天按规则算的不同",
    "overdue": "已经逾期",
}
"""Why a case wants a closer look, by code, in the order in which it is said."""
MOST_READ = 16_384


@dataclass(frozen=True)
class Ruled:
    """What the rules say of stored facts on a day; money is fen, `monthly_fen` 0 where they grant nothing."""

    outcome: str
    persons: int
    monthly_fen: int
    supplement_fen: int
    gap_fen: int
    income_year_fen: int
    rule_set: str
    reasons: tuple[Reason, ...]

    @property
    def is_granted(self) -> bool:
        """Whether the rules grant."""
        return self.outcome in GRANTED


@dataclass(frozen=True)
class Judged:
    """A reported case with the day its decision is due and the codes of its doubts; clean where there are none.

    `difference_fen` is a year's income found above (or below) the declared one.
    """

    case: Reported
    due_on: date
    ruled: Ruled | None
    doubts: tuple[str, ...]
    difference_fen: int

    @property
    def is_clean(self) -> bool:
        """Whether it may be confirmed with others."""
        return not self.doubts


def judged(cases: Sequence[Reported], today: date) -> list[Judged]:
    """Each case with its doubts on a day; the rules are asked once for the same facts on the same day."""
    policy = policy_in_force() if cases else ""
    return [_judge(case, today, policy) for case in cases]


def _judge(case: Reported, today: date, policy: str) -> Judged:
    found, declared = ruled(case.facts, today, policy), ruled(case.declared, today, policy)
    difference = found.income_year_fen - declared.income_year_fen if found and declared else 0
    due = due_of(case, today)
    said = {
        **_of_papers(case),
        "undeclared": declared is None,
        "difference": difference != 0 or (declared is not None and _owned(case.facts) != _owned(case.declared)),
        "rules_differ": _differs(case, found),
        "overdue": due < today,
    }
    return Judged(case, due, found, tuple(code for code in DOUBTS if said[code]), difference)


def _of_papers(case: Reported) -> dict[str, bool]:
    """What departments, village, neighbours and the county's own visit say."""
    is_unvisited = not case.visits
    return {
        "refusal": case.view != "grant",
        "open_hit": case.open_hits > 0,
        "hit_against": case.hits_against > 0,
        "unanswered": case.unanswered > 0,
        "unmatched": case.answers == 0,
        "contested": case.is_contested,
        "negative_vote": case.votes_against > case.votes_for,
        "objection": case.objections > 0,
        "relative": case.relatives > 0 and is_unvisited,
        "complaint": case.complaints > 0 and is_unvisited,
        "sampled": is_unvisited and is_sampled(case.number, case.sample_percent),
        "visit_differs": case.visits_differing > 0,
    }


def _differs(case: Reported, found: Ruled | None) -> bool:
    """Whether the township proposed something else than the rules give on this day."""
    if found is None:
        return True
    given = (found.persons, found.monthly_fen) if found.is_granted else (0, 0)
    return given != ((case.persons, case.proposed_fen) if case.view == "grant" else (0, 0))


def due_of(case: Reported, today: date) -> date:
    """By which day the county decides: working days from the report, and within the whole term (57号 第二十、二十二条).

    While the clock stands still the day moves on with every day.
    """
    paused = case.paused(today)
    by_report = counted(case.reported_on, case.opinion_days, paused)
    return min(by_report, counted(case.accepted_on, case.decide_days, paused))


def is_sampled(number: str, percent: int) -> bool:
    """Whether a case is drawn for the county's own visit: always the same cases, whoever asks and how often."""
    return int(hashlib.sha256(number.encode()).hexdigest(), 16) % 100 < percent


@lru_cache(maxsize=MOST_READ)
def ruled(facts: str, today: date, policy: str) -> Ruled | None:
    """What the rules say of facts as the database keeps them; None where they cannot be read."""
    try:
        answer = assess(parse_case(case_of(json.loads(facts), today, policy)), trace=False)
    except CaseError:
        return None
    is_granted = answer.outcome in GRANTED
    return Ruled(
        answer.outcome, persons_of(answer), answer.monthly_benefit_fen if is_granted else 0, answer.supplement_fen,
        answer.gap_before_fen, answer.income_year_fen, answer.rule_set, tuple(answer.reasons),
    )  # fmt: skip


def _owned(facts: str) -> Any:
    """What a family owns, as it stands in facts; amounts alike whether written as number or text."""
    return json.loads(json.dumps(json.loads(facts).get("property", {}), sort_keys=True), parse_int=str, parse_float=str)
