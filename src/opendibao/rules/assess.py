"""认定: decide one household with its reasons, or many at once; both give the same amounts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from opendibao.formula import columns, scalar
from opendibao.formula.graph import Plan
from opendibao.formula.lazy import LazyHousehold, NoRuleInForce
from opendibao.formula.need import needed
from opendibao.formula.scalar import HouseholdFacts, Key, Values
from opendibao.formula.trace import Reading, steps_of
from opendibao.kernel.month import add_months, last_day, month_of, month_text
from opendibao.policy.pack import InForce, RuleGap
from opendibao.rules.also import ASKED, also_of
from opendibao.rules.answer import Answer, Payment
from opendibao.rules.case import Case, CaseError, parse_case
from opendibao.rules.law import Law, law_of, rule_set_hash
from opendibao.rules.origins import Places
from opendibao.rules.reasons import Findings, gap_reason, reasons_of
from opendibao.rules.vocabulary import OUTCOMES, RULE_GAP, TEKUN, WORDS

__all__ = ["Answer", "assess", "assess_many", "rule_set_hash"]

TARGETS = (
    "outcome", "members", "monthly_benefit", "base_benefit", "supplements", "income_year", "standard", "line_year",
    "gap_before",
)  # fmt: skip
# what a tekun decision does not need, a missing number may not stop
TEKUN_TARGETS = ("outcome", "members", "monthly_benefit", "standard", "line_year")
PAID = ("dibao", "single_person", "grace")
_ASKED = {("household", name) for name in ASKED}


def assess(case: Case, *, trace: bool = True, law: Law | None = None, document: str = "") -> Answer:
    """Decide one household; with `trace` every rule's value comes along. Never raises RuleGap: it is an outcome.

    `law` is the rule set to decide by; without one, today's rules with the numbers of the case's policy.
    `document` names where the facts were written (入户调查表 of a day), for the sources of the trace.
    """
    law = law or law_of(case.policy, case.overrides)
    plan, numbers = law.on(case.decision_date)
    facts, is_whole = case.facts(), _is_whole(plan, numbers)
    try:
        values = (_values if is_whole else _some_values)(plan, facts, numbers)
        recover = _recover(case, law)
    except (RuleGap, NoRuleInForce) as gap:
        return _gap(case, LazyHousehold(plan, facts, numbers), law.rule_set, gap)
    figures = {name: int(values["household"].get(name, 0)) for name in TARGETS}
    answer = _answer(figures, case, numbers, law.rule_set)
    answer.recover_fen = recover
    found = Findings(case, values, numbers, answer.outcome, plan, recover)
    answer.reasons = reasons_of(found)
    answer.also = also_of(found, plan)
    if trace:
        answer.origin = Places(case, document).of
        used = _used(plan, numbers, facts, values) if is_whole else _computed(plan, values)
        answer.trace = steps_of(plan, Reading(facts, values, used, case.names), numbers.rows, WORDS)
    return answer


def _used(plan: Plan, numbers: InForce, facts: HouseholdFacts, values: Values) -> tuple[Key, ...]:
    targets = TEKUN_TARGETS if values["household"]["outcome"] == TEKUN else TARGETS
    return needed(plan, targets, facts, values, numbers.values_by_path)


def _computed(plan: Plan, values: Values) -> tuple[Key, ...]:
    keys = ((rule.entity, rule.name) for rule in plan.order)
    return tuple(key for key in keys if key[1] in values[key[0]] and key not in _ASKED)


def _is_whole(plan: Plan, numbers: InForce) -> bool:
    """Whether every rule and every number of the plan is there, so that all of it can be computed."""
    return not plan.absent and all(map(numbers.values_by_path.__contains__, plan.parameters))


def _values(plan: Plan, facts: HouseholdFacts, numbers: InForce) -> Values:
    return scalar.evaluate(plan, facts, numbers.values_by_path)


def _some_values(plan: Plan, facts: HouseholdFacts, numbers: InForce) -> Values:
    """What can be computed where a rule or number is missing; raises RuleGap or NoRuleInForce where that stops it."""
    household = _lazily(plan, facts, numbers)
    for name in ASKED:
        household.try_value("household", name)
    household.complete()
    return household.values()


def _lazily(plan: Plan, facts: HouseholdFacts, numbers: InForce) -> LazyHousehold:
    household = LazyHousehold(plan, facts, numbers)
    outcome = OUTCOMES[household.value("household", "outcome")]
    for name in TEKUN_TARGETS if outcome == "tekun" else TARGETS:
        household.value("household", name)
    return household


def _gap(case: Case, household: LazyHousehold, rule_set: str, gap: LookupError) -> Answer:
    """No automatic decision: what is missing goes to the rule manager."""
    try:
        members = household.value("household", "members")
    except (RuleGap, NoRuleInForce):
        members = 0
    return Answer(RULE_GAP, members, 0, 0, 0, 0, 0, 0, 0, None, [], 0, rule_set, [gap_reason(case, gap)])


def _answer(found: Mapping[str, int], case: Case, numbers: InForce, rule_set: str) -> Answer:
    outcome = OUTCOMES[found["outcome"]]
    first, payments = None, []
    if outcome in PAID:
        month = add_months(month_of(case.decision_date), 1)
        first = month_text(month)
        last = month_text(add_months(month, numbers["grace.months"] - 1)) if outcome == "grace" else None
        payments = [Payment(first, last, found["monthly_benefit"])]
    return Answer(
        outcome, found["members"], found["monthly_benefit"], found["base_benefit"], found["supplements"],
        found["income_year"], found["standard"], found["line_year"], found["gap_before"],
        first, payments, 0, rule_set,
    )  # fmt: skip


def _recover(case: Case, law: Law) -> int:
    """What was paid above what was due, month by month; a month paid short does not set off another."""
    return sum(max(0, paid - _due(case, law, month)) for month, paid in case.paid.items())


def _due(case: Case, law: Law, month: date) -> int:
    """What the facts give for a month's money under the law of that month."""
    on = min(case.decision_date, last_day(month))
    (plan, numbers), facts = law.on(on), case.facts(month)
    values_of = _values if _is_whole(plan, numbers) else _some_values
    return int(values_of(plan, facts, numbers)["household"].get("monthly_benefit", 0))


def assess_many(cases: Sequence[Mapping[str, Any] | Case]) -> list[Answer]:
    """Decide many households at once, in order; amounts as by `assess`, without sentences and steps.

    A case that was read before need not be read again. Raises CaseError of the first case that is refused, its key
    led by the case's place.
    """
    parsed = [_parsed(place, given) for place, given in enumerate(cases)]
    groups: dict[tuple[int, int], list[int]] = {}
    context: dict[tuple[int, int], tuple[Plan, InForce, str]] = {}
    for place, case in enumerate(parsed):
        key, found = _context(case)
        context[key] = found
        groups.setdefault(key, []).append(place)
    answers: dict[int, Answer] = {}
    for key, places in groups.items():
        chosen = [parsed[place] for place in places]
        answers.update(zip(places, _together(chosen, *context[key]), strict=True))
    return [answers[place] for place in range(len(parsed))]


def _parsed(place: int, given: Mapping[str, Any] | Case) -> Case:
    if isinstance(given, Case):
        return given
    try:
        return parse_case(given)
    except CaseError as fault:
        raise CaseError(f"[{place}].{fault.key}", fault.reason) from None


def _context(case: Case) -> tuple[tuple[int, int], tuple[Plan, InForce, str]]:
    law = law_of(case.policy, case.overrides)
    plan, numbers = law.on(case.decision_date)
    return (id(plan), id(numbers.rows)), (plan, numbers, law.rule_set)


def _together(cases: Sequence[Case], plan: Plan, numbers: InForce, rule_set: str) -> list[Answer]:
    if plan.absent or not numbers.has(plan.parameters):
        return [replace(assess(case, trace=False), reasons=[]) for case in cases]
    found = columns.evaluate(plan, columns.table_of(plan, [case.facts() for case in cases]), numbers)
    lists = [found[name].tolist() for name in TARGETS]
    answers = []
    for case, row in zip(cases, zip(*lists, strict=True), strict=True):
        answer = _answer(dict(zip(TARGETS, row, strict=True)), case, numbers, rule_set)
        if case.paid:
            answer = replace(assess(case, trace=False), reasons=[])
        answers.append(answer)
    return answers
