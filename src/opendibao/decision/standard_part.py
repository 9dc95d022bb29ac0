"""标准带来的部分: what the numbers of an uprating give a family whose facts were looked at again since."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import timedelta

from opendibao.audit.sql_rows import read
from opendibao.decision.assessing import GRANTED
from opendibao.decision.standard_change import former_numbers
from opendibao.decision.uprating_preview import read_case
from opendibao.decision.uprating_queries import UpratingRow
from opendibao.rulemaking.queries import policy_in_force
from opendibao.rules.assess import assess_many
from opendibao.rules.case import Case

FACTS = "SELECT id, facts::text FROM decision_decision WHERE id = ANY(%(ids)s) ORDER BY id"


@dataclass(frozen=True)
class _Facts:
    pk: int
    text: str


def standard_part(row: UpratingRow, decision_ids: Collection[int]) -> dict[int, int]:
    """Fen a month by decision: its facts by the uprating's numbers, less by the former ones, on the day that counts.

    A decision whose facts cannot be read, or that grants nothing by either, is absent.
    """
    if not decision_ids:
        return {}
    policy = policy_in_force()
    kept = [
        (one.pk, read_case(one.text, row.reckoned_on, policy))
        for one in read(_Facts, FACTS, {"ids": sorted(decision_ids)})
    ]
    cases = [(pk, case) for pk, case in kept if isinstance(case, Case)]
    earlier = former_numbers(row.changes, row.reckoned_on - timedelta(days=1))
    new = assess_many([case for _pk, case in cases])
    held = assess_many([replace(case, overrides=earlier) for _pk, case in cases])
    return {
        pk: after.monthly_benefit_fen - before.monthly_benefit_fen
        for (pk, _case_), after, before in zip(cases, new, held, strict=True)
        if after.outcome in GRANTED and before.outcome in GRANTED
    }
