"""多挣一百元留下多少: what a member keeps of more pay, and where the money would stop at once."""

from collections.abc import Iterator
from dataclasses import dataclass

from opendibao.formula.lazy import NoRuleInForce
from opendibao.formula.scalar import HouseholdFacts
from opendibao.kernel.money import yuan_said, yuan_text
from opendibao.policy.pack import RuleGap
from opendibao.rules.case import Case
from opendibao.rules.law import Law
from opendibao.rules.thresholds import MONTHS, MOST_A_MONTH, effect
from opendibao.rules.trials import Trial, Turn, added, changed
from opendibao.rules.vocabulary import OUTCOME_ZH

MORE = 10_000
"""One hundred yuan a month."""
_PAID = ("dibao", "single_person")


@dataclass(frozen=True, slots=True)
class Keeping:
    """A hundred yuan more of pay: how the benefit moves, what is kept, and the nearest cliff; fen a month."""

    name: str
    more_fen: int
    benefit_change_fen: int
    kept_fen: int
    zh: str
    cliff_zh: str
    clause: str

    def as_json(self) -> dict[str, object]:
        """Money as text in yuan."""
        return {
            "name": self.name,
            "more": yuan_text(self.more_fen),
            "benefit_change": yuan_text(self.benefit_change_fen),
            "kept": yuan_text(self.kept_fen),
            "zh": self.zh,
            "cliff": self.cliff_zh,
            "clause": self.clause,
        }


def keepings(case: Case, law: Law | None = None) -> list[Keeping]:
    """For each member who works or could; empty where the household has no monthly money to lose or no decision."""
    trial = Trial(case, law)
    try:
        return list(_all(trial)) if trial.base.outcome in _PAID else []
    except (RuleGap, NoRuleInForce):
        return []


def _all(trial: Trial) -> Iterator[Keeping]:
    counted, able = trial.of_members("is_counted"), _able(trial)
    for place, is_in in enumerate(counted):
        if is_in and (able[place] or place in trial.facts.parent["job"]):
            yield _keeping(trial, place)


def _able(trial: Trial) -> list[int]:
    return trial.of_members("is_able_to_work") or [0] * len(trial.case.members)


def _keeping(trial: Trial, place: int) -> Keeping:
    name = trial.case.members[place].name
    then = trial.result(_earning(trial, place, MORE))
    change = then.amount_fen - trial.base.amount_fen
    words = "不变" if not change else f"{'少' if change < 0 else '多'}{yuan_said(abs(change))}元"
    kept = MORE + change
    zh = f"{name}每月多挣{yuan_said(MORE)}元，月保障金{words}，{_kept(kept)}"
    turn = trial.turn(lambda by: _earning(trial, place, by), MOST_A_MONTH, kind_only=True)
    clause = trial.clause(turn) if turn else ""
    return Keeping(name, MORE, change, kept, zh, _cliff(trial, place, turn), clause)


def _kept(fen: int) -> str:
    if not fen:
        return "全家到手一样多"
    return f"全家多得{yuan_said(fen)}元" if fen > 0 else f"全家反而少{yuan_said(-fen)}元"


def _earning(trial: Trial, place: int, by: int) -> HouseholdFacts:
    """More pay a month on the average of the year: in the job a member has, else in a new one for the whole year."""
    jobs = trial.facts.parent["job"]
    if place not in jobs:
        return added(trial.facts, "job", (by * MONTHS, MONTHS), place)
    row = list(jobs).index(place)
    pay = trial.facts.rows["job"][row][0]
    return changed(trial.facts, "job", row, pay=pay + by * MONTHS)


def _cliff(trial: Trial, place: int, turn: Turn | None) -> str:
    if turn is None:
        return ""
    name = trial.case.members[place].name
    then = trial.result(turn.after)
    return f"{name}每月再多挣{yuan_said(turn.by)}元，{effect(trial.base, then)}{_eased(trial, place, turn)}"


def _eased(trial: Trial, place: int, turn: Turn) -> str:
    """The grace period, where it softens the cliff: it needs income above the line, so one fen a month is added."""
    leaving = {"left_by_employment": 1, "current_benefit": trial.base.amount_fen}
    then = trial.result(changed(_earning(trial, place, turn.by + 1), "household", 0, **leaving))
    if then.outcome != "grace":
        return ""
    return f"；因就业超过标准的，可以办{OUTCOME_ZH['grace']}，期内每月仍发{yuan_said(then.amount_fen)}元"
