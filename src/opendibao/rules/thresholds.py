"""差多少就变化: for each thing about a household, the nearest value at which the result changes, and what then."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from opendibao.formula.lazy import NoRuleInForce
from opendibao.formula.scalar import HouseholdFacts
from opendibao.kernel.money import yuan_said, yuan_text
from opendibao.policy.pack import RuleGap
from opendibao.rules.case import Case
from opendibao.rules.facts import COLUMNS
from opendibao.rules.law import Law
from opendibao.rules.trials import Change, Result, Trial, Turn, added, changed
from opendibao.rules.vocabulary import CHILD, NEVER, OUTCOME_ZH

MOST_A_MONTH = 2_000_000
"""Twenty thousand yuan a month: further off nobody asks."""
MOST_SAVED = 1_000_000_000
MOST_MEDICAL = 100_000_000
YEARS_AHEAD = 10
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Threshold:
    """One change that matters: which, how far it is, what then, by which clause; `zh` says `cause` and effect."""

    code: str
    cause: str
    change: int
    unit: str
    outcome: str
    amount_fen: int
    clause: str
    zh: str

    def as_json(self) -> dict[str, object]:
        """Money as text in yuan."""
        said = yuan_text(self.change) if self.unit == "fen" else self.change
        amount = yuan_text(self.amount_fen)
        return {"code": self.code, "change": said, "unit": self.unit, "outcome": self.outcome,
                "monthly_benefit": amount, "clause": self.clause, "zh": self.zh}  # fmt: skip


def thresholds(case: Case, law: Law | None = None) -> list[Threshold]:
    """All that would change the result, thing by thing; empty where the case cannot be decided at all.

    Everything else stays as it is, the law too. Exact to the fen, to the piece, to the day.
    """
    trial = Trial(case, law)
    try:
        # a 特困 person's money is another aid's: what would move him into dibao is no advice to give
        return [] if trial.base.outcome == "tekun" else list(_all(trial))
    except (RuleGap, NoRuleInForce):
        return []


def effect(before: Result, after: Result) -> str:
    """What a change does, in words."""
    amounts = f"月保障金由{yuan_said(before.amount_fen)}元变为{yuan_said(after.amount_fen)}元"
    if before.outcome == after.outcome:
        return amounts
    kinds = f"结果由“{OUTCOME_ZH[before.outcome]}”变为“{OUTCOME_ZH[after.outcome]}”"
    return f"{kinds}，{amounts}" if before.amount_fen != after.amount_fen else kinds


def _all(trial: Trial) -> Iterator[Threshold]:
    yield from _income(trial)
    yield from _assets(trial)
    for name, zh, piece in _COUNTED:
        yield from _pieces(trial, name, zh, piece)
    yield from _medical(trial)
    for place in range(len(trial.case.members)):
        yield from _person(trial, place)
    yield from _newborn(trial)
    yield from _jobs(trial)
    yield from _supporters(trial)


_COUNTED = (("dwellings", "住房", "套"), ("cars", "未豁免的机动车辆", "辆"), ("companies", "名下经营主体", "个"))


def _said(trial: Trial, code: str, turn: Turn | None, unit: str, cause: Callable[[int], str]) -> Iterator[Threshold]:
    if turn:
        then = trial.result(turn.after)
        why = cause(turn.by)
        said = f"{why}，{effect(trial.base, then)}"
        yield Threshold(code, why, turn.by, unit, then.outcome, then.amount_fen, trial.clause(turn), said)


def _first_counted(trial: Trial) -> int:
    """The member on whose account the household's money is tried; the first listed where none is counted."""
    counted = trial.of_members("is_counted")
    return counted.index(1) if 1 in counted else 0


def _fact(trial: Trial, entity: str, row: int, name: str) -> int:
    return trial.facts.rows[entity][row][COLUMNS[entity][name]]


def _income(trial: Trial) -> Iterator[Threshold]:
    place = _first_counted(trial)
    has = _fact(trial, "member", place, "other_income")
    earned = trial.values(trial.facts)["household"]["income_year"] // MONTHS

    def more(by: int) -> HouseholdFacts:
        return changed(trial.facts, "member", place, other_income=has + by * MONTHS)

    for turn in trial.turns(more, MOST_A_MONTH):
        yield from _said(trial, "income_up", turn, "fen", lambda by: f"全家月收入再多{yuan_said(by)}元")
    for turn in trial.turns(lambda by: more(-by), int(earned)):
        yield from _said(trial, "income_down", turn, "fen", lambda by: f"全家月收入减少{yuan_said(by)}元")


def _assets(trial: Trial) -> Iterator[Threshold]:
    has = trial.of_household("financial_assets")

    def saved(by: int) -> HouseholdFacts:
        return changed(trial.facts, "household", 0, financial_assets=has + by)

    for turn in trial.turns(saved, MOST_SAVED):
        yield from _said(trial, "assets_up", turn, "fen", lambda by: f"金融资产超过{yuan_said(has + by - 1)}元")
    for turn in trial.turns(lambda by: saved(-by), has):
        yield from _said(trial, "assets_down", turn, "fen", lambda by: f"金融资产减到{yuan_said(has - by)}元")


def _pieces(trial: Trial, name: str, zh: str, piece: str) -> Iterator[Threshold]:
    has = trial.of_household(name)

    def owned(by: int) -> HouseholdFacts:
        return changed(trial.facts, "household", 0, **{name: has + by})

    more = trial.first(owned, range(1, 4))
    yield from _said(trial, f"{name}_up", more, "count", lambda by: f"{zh}增到{has + by}{piece}")
    fewer = trial.first(lambda by: owned(-by), range(1, has + 1))
    yield from _said(trial, f"{name}_down", fewer, "count", lambda by: f"{zh}减到{has - by}{piece}")


def _medical(trial: Trial) -> Iterator[Threshold]:
    place = _first_counted(trial)
    has = _fact(trial, "member", place, "medical")

    def spent(by: int) -> HouseholdFacts:
        return changed(trial.facts, "member", place, medical=has + by)

    for turn in trial.turns(spent, MOST_MEDICAL):
        yield from _said(trial, "medical_up", turn, "fen", lambda by: f"全家一年自付医疗费再多{yuan_said(by)}元")


def _person(trial: Trial, place: int) -> Iterator[Threshold]:
    person, is_in = trial.case.members[place], trial.of_members("is_counted")[place]

    def having(name: str) -> Change:
        has = _fact(trial, "member", place, name)
        return lambda by: changed(trial.facts, "member", place, **{name: has + by})

    aged = trial.first(having("age"), range(1, YEARS_AHEAD + 1))
    age = _fact(trial, "member", place, "age")
    yield from _said(trial, "birthday", aged, "years", lambda by: _birthday(person.name, person.born, age + by))
    if not is_in:
        return
    refused = trial.first(having("work_refusals"), range(1, 6))
    refusals = _fact(trial, "member", place, "work_refusals")
    yield from _said(trial, "refusals", refused, "count",
                     lambda by: f"{person.name}无正当理由连续拒绝介绍的工作满{refusals + by}次")  # fmt: skip
    if _fact(trial, "member", place, "study"):
        left = trial.first(lambda _: changed(trial.facts, "member", place, study=0), range(1, 2))
        yield from _said(trial, "study_ends", left, "count", lambda _: f"{person.name}毕业或不再在读")
    gone = trial.first(lambda _: changed(trial.facts, "member", place, death_month=0), range(1, 2))
    yield from _said(trial, "member_leaves", gone, "count", lambda _: f"{person.name}去世或不再共同生活")


def _birthday(name: str, born: date | None, age: int) -> str:
    if born is None:
        return f"{name}满{age}周岁"
    is_leap_day = (born.month, born.day) == (2, 29)
    day = date(born.year + age, 3, 1) if is_leap_day else born.replace(year=born.year + age)
    return f"{name}满{age}周岁（{day}）"


def _newborn(trial: Trial) -> Iterator[Threshold]:
    child = dict.fromkeys(COLUMNS["member"], 0) | {"relation": CHILD, "lives_together": 1, "death_month": NEVER}
    more = added(trial.facts, "member", tuple(child.values()))
    listed = changed(more, "household", 0, listed=len(trial.case.members) + 1)
    born = trial.first(lambda _: listed, range(1, 2))
    yield from _said(trial, "member_joins", born, "count", lambda _: "家里添一个孩子")


def _jobs(trial: Trial) -> Iterator[Threshold]:
    names = trial.case.names()["job"]
    for row in range(len(trial.facts.rows["job"])):
        pay, months = (_fact(trial, "job", row, name) for name in ("pay", "months"))

        def worked(by: int, row: int = row, pay: int = pay, months: int = months) -> HouseholdFacts:
            return changed(trial.facts, "job", row, pay=pay * (months + by) // months, months=months + by)

        more = trial.first(worked, range(1, MONTHS - months + 1))
        yield from _said(trial, "work_more", more, "months", _worked(names[row], months))
        less = trial.first(lambda by, worked=worked: worked(-by), range(1, months + 1))  # type: ignore[misc]
        yield from _said(trial, "work_less", less, "months", _worked(names[row], months, -1))


def _worked(name: str, months: int, sign: int = 1) -> Callable[[int], str]:
    return lambda by: f"{name}一年做工{months + sign * by}个月（月工资不变）"


def _supporters(trial: Trial) -> Iterator[Threshold]:
    for row, person in enumerate(trial.case.supporters):
        has = _fact(trial, "supporter", row, "supporter_income")

        def earning(by: int, row: int = row, has: int = has) -> HouseholdFacts:
            return changed(trial.facts, "supporter", row, supporter_income=has + by * MONTHS)

        for turn in trial.turns(earning, MOST_A_MONTH):
            yield from _said(trial, "supporter_up", turn, "fen", _earning(person.name, "再多"))
        for turn in trial.turns(lambda by, earning=earning: earning(-by), has // MONTHS):  # type: ignore[misc]
            yield from _said(trial, "supporter_down", turn, "fen", _earning(person.name, "减少"))


def _earning(name: str, how: str) -> Callable[[int], str]:
    return lambda by: f"{name}（义务人）的家庭月收入{how}{yuan_said(by)}元"
