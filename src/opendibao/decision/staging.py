"""存量待建账: checks a roster against what is known already, lets the rules recompute it, and keeps the good rows."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from django.utils.timezone import localdate

from opendibao.audit.bulk import copy_rows
from opendibao.audit.duties import needs
from opendibao.audit.sql_rows import read
from opendibao.decision.models import RosterFile
from opendibao.decision.roster_checks import OLD_DAY, OLD_NUMBER, RosterHousehold, number_of, orphan_faults
from opendibao.decision.roster_columns import ID_NUMBER, NUMBER
from opendibao.decision.roster_reader import SheetRow
from opendibao.kernel.duties import Duty
from opendibao.registry import queries as registry
from opendibao.registry.entries import HouseholdEntry
from opendibao.rulemaking.actions import keep_rule_set
from opendibao.rulemaking.queries import policy_in_force
from opendibao.rules.answer import Answer
from opendibao.rules.assess import assess_many
from opendibao.rules.case import CaseError, parse_case
from opendibao.rules.law import law_of
from opendibao.rules.vocabulary import RULE_GAP

STAGED = [
    "file_id", "number", "division", "area", "old_number", "decided_on", "first_month", "persons", "amount_fen",
    "supplement_fen", "review_class", "entry", "facts", "lacks", "recomputed_fen", "gap_fen", "rule_set",
]  # fmt: skip
TAKEN = """
SELECT 'number', number FROM decision_stagedhousehold WHERE number = ANY(%(numbers)s)
UNION ALL SELECT 'old', old_number FROM decision_stagedhousehold WHERE old_number = ANY(%(old)s)
UNION ALL SELECT 'old', number FROM decision_decision WHERE number = ANY(%(old)s)
"""
STAGED_PERSONS = """
SELECT member ->> 'id_number', s.number
FROM decision_stagedhousehold s, jsonb_array_elements(s.entry -> 'members') member
WHERE member ->> 'id_number' = ANY(%(ids)s)
"""


class Pair(NamedTuple):
    """Two texts of a row."""

    key: str
    text: str


def check_against_known(households: Sequence[RosterHousehold]) -> None:
    """Note what stands in the registry or waits already: household numbers, old decisions, persons."""
    numbers, old = [h.number for h in households], [h.old_number for h in households]
    taken = set(read(Pair, TAKEN, {"numbers": numbers, "old": old}))
    opened = registry.ids_by_number(numbers)
    for household in households:
        if household.number in opened:
            household.refuse(NUMBER, "这一户已经建档，请从名册中删去")
        elif ("number", household.number) in taken:
            household.refuse(NUMBER, "这一户已在先前的名册中接收，请从名册中删去")
        elif ("old", household.old_number) in taken:
            household.refuse(OLD_NUMBER, "这个原决定文号已用于另一户，请对照原决定改正")
    _check_persons_known(households)


def _check_persons_known(households: Sequence[RosterHousehold]) -> None:
    owners = {person: household for household in households for person in household.places}
    homes = dict(read(Pair, STAGED_PERSONS, {"ids": list(owners)}))
    since = [(person, h.decided_on) for person, h in owners.items() if h.decided_on]
    homes |= {found.id_number: found.household for found in registry.belongings(since)}
    for person, number in homes.items():
        household = owners[person]
        if number != household.number:
            reason = f"此人已在户{number}，一人不能同时在两户，请先在该户减员或从本户删去"
            household.refuse(ID_NUMBER, reason, household.places[person])
    known = registry.known_persons(list(owners))
    for person, found in known.items():
        household, name = owners[person], owners[person].places[person].cells["姓名"]
        if found.name != "".join(name.split()):
            reason = f"身份证号已登记为“{found.name}”，姓名不同，请对照证件改正"
            household.refuse("姓名", reason, household.places[person])


def recompute(households: Sequence[RosterHousehold]) -> dict[str, Answer]:
    """What the rules give on the day of the old decision, by household number; a roster's silence is not judged.

    A household whose facts the rules refuse gets a fault and no answer.
    """
    policy = policy_in_force()
    asked = [h for h in households if not h.lacks and not h.faults]
    try:
        answers = assess_many([_case(h, policy) for h in asked])
    except CaseError:
        asked = [h for h in asked if _is_readable(h, policy)]
        answers = assess_many([_case(h, policy) for h in asked])
    found = {}
    for household, answer in zip(asked, answers, strict=True):
        if answer.outcome == RULE_GAP:
            household.lacks = ["原决定日有效的规则数值"]
        else:
            found[household.number] = answer
    return found


def _case(household: RosterHousehold, policy: str) -> dict[str, object]:
    decided_on = household.decided_on.isoformat() if household.decided_on else None
    return {**household.facts, "policy": policy, "decision_date": decided_on}


def _is_readable(household: RosterHousehold, policy: str) -> bool:
    try:
        parse_case(_case(household, policy))
    except CaseError as fault:
        household.refuse(OLD_DAY, f"按原决定日不能读出这一户的情况：{fault}，请改正对应的格")
    return not household.faults


@needs(Duty.CONFIRM)
def keep_staged(file: RosterFile, households: Sequence[RosterHousehold], answers: dict[str, Answer]) -> int:
    """Keep the accepted households until the act is signed; returns how many."""
    law = law_of(policy_in_force())
    keep_rule_set(law, on=localdate(file.received_at))
    staged = (_staged(file, h, answers.get(h.number), law.rule_set) for h in households)
    return copy_rows("decision_stagedhousehold", STAGED, staged)


def _staged(file: RosterFile, h: RosterHousehold, answer: Answer | None, rule_set: str) -> tuple[object, ...]:
    assert h.entry is not None
    facts = {**h.facts, "lacks": h.lacks} if h.lacks else h.facts
    recomputed, gap = (None, h.amount_fen - h.supplement_fen)
    if answer:
        recomputed, gap = answer.monthly_benefit_fen, answer.gap_before_fen
    return (
        file.pk, h.number, h.entry.division, h.entry.area, h.old_number, h.decided_on, h.first_month,
        len(h.entry.members), h.amount_fen, h.supplement_fen, h.review_class, _json(entry_json(h.entry)), _json(facts),
        "、".join(h.lacks), recomputed, gap, rule_set,
    )  # fmt: skip


@needs(Duty.CONFIRM)
def keep_rejects(file: RosterFile, households: Sequence[RosterHousehold], orphans: Sequence[SheetRow]) -> None:
    """Keep what goes back: every refused cell with its reason, and the whole households as they were written."""
    faults = [fault for h in households for fault in h.faults] + list(orphan_faults(orphans))
    copy_rows(
        "decision_rosterreject", ["file_id", "division", "sheet", "row", "field", "value", "reason"],
        ((file.pk, file.division, *fault.as_row()) for fault in faults),
    )  # fmt: skip
    rows = [row for h in households for row in (h.row, *h.members)] + list(orphans)
    copy_rows(
        "decision_rejectedrow", ["file_id", "division", "household", "sheet", "row", "cells"],
        ((file.pk, file.division, number_of(r)[:200], r.sheet, r.number, _json(r.cells)) for r in rows),
    )  # fmt: skip


def entry_json(entry: HouseholdEntry) -> dict[str, object]:
    """A registry entry as JSON keeps it (dataclasses.asdict takes eight times as long over a county)."""
    members = [dict(vars(member)) for member in entry.members]
    return {**vars(entry), "members": members, "account": dict(vars(entry.account)) if entry.account else None}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
