"""随附资料: what a year's documents print beside figures and conclusion, locked with them as plain data.

Money by month, people by township, the budget by area, the plan of the evaluation and its documents. A snapshot from
before these were kept has none of them: its documents then leave out what rests on them.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from opendibao.audit.sql_rows import read_whole
from opendibao.budget.cash import year_use
from opendibao.budget.queries import budget
from opendibao.evaluation import sql
from opendibao.evaluation.attachment import (
    AreaFunds,
    Attached,
    CarriedSaid,
    FundSources,
    MaterialSaid,
    MonthPaid,
    PlannedStep,
    PlanSaid,
    TownStock,
)
from opendibao.evaluation.figure import Period, without_order
from opendibao.evaluation.materials import KINDS, materials
from opendibao.evaluation.models import EvaluationPlan, Snapshot
from opendibao.evaluation.planning import plan, steps_of
from opendibao.evaluation.rectifications import carried_over
from opendibao.payment.coverage import COUNTY_TIME

__all__ = ["KEY", "Snapshot", "attached", "attached_of"]
KEY = "attached"
"""Where a snapshot's content keeps it."""
MONTHS = """
SELECT extract(month FROM leg.booked_on)::int AS month, leg.area, sum(leg.fen)::bigint AS fen
FROM payment_ledgerleg leg
WHERE leg.account = 'paid' AND leg.booked_on BETWEEN %(first)s AND %(last)s GROUP BY 1, 2 ORDER BY 1, 2
"""
IN_FORCE = sql.on_day("%(last)s")
TOWNS = f"""
WITH stock AS (
  SELECT town, 1 AS households, 0 AS persons FROM ({without_order(sql.households(IN_FORCE))}) AS h UNION ALL
  SELECT town, 0, 1 FROM ({without_order(sql.persons(IN_FORCE))}) AS p),
towns AS (SELECT code, name FROM registry_division WHERE parent_id = %(division)s)
SELECT coalesce(towns.code, '') AS code, coalesce(towns.name, '没有乡镇') AS name,
  coalesce(sum(stock.households), 0)::bigint AS households, coalesce(sum(stock.persons), 0)::bigint AS persons
FROM towns FULL JOIN stock ON stock.town = towns.name GROUP BY 1, 2, towns.code ORDER BY towns.code NULLS LAST
"""


def attached(asked: Period) -> Attached:
    """What stands beside the figures of a year, as known when they were measured."""
    parameters = {**asked.parameters(), "division": asked.division}
    found = plan(asked.year, asked.division)
    return Attached(
        tuple(read_whole(MonthPaid, MONTHS, parameters)), tuple(read_whole(TownStock, TOWNS, parameters)),
        tuple(AreaFunds(one.area, one.zh, one.proposed_fen, one.approved_fen) for one in budget(asked.year)),
        _plan(found) if found else None, tuple(_materials(asked.year, asked.division)), tuple(_carried(asked)),
        _sources(asked),
    )  # fmt: skip


def _sources(asked: Period) -> FundSources | None:
    """What the entries of arrivals say of the year's money; None where the county enters none for it."""
    used = year_use(asked.year, asked.as_of)
    if not any(row.arrived_fen or row.carried_fen for row in used):
        return None
    return FundSources(
        sum(row.arrived_fen for row in used), sum(row.carried_fen for row in used),
        sum(row.committed_fen for row in used), sum(row.left_fen for row in used),
    )  # fmt: skip


def _plan(found: EvaluationPlan) -> PlanSaid:
    return PlanSaid(
        found.version, found.purpose, found.scope, found.method,
        tuple((one["name"], one["unit"], one["role"]) for one in found.team),
        tuple(PlannedStep(one.step, _iso(one.first), _iso(one.last), one.owner, _iso(one.done_on))
              for one in steps_of(found)),
    )  # fmt: skip


def _materials(year: int, division: str) -> Iterable[MaterialSaid]:
    for one in materials(year, division):
        if not one.is_withdrawn:
            yield MaterialSaid(
                KINDS[one.kind], one.title, one.document_number, _iso(one.issued_on), one.provider,
                _iso(one.received_on),
            )  # fmt: skip


def _carried(asked: Period) -> Iterable[CarriedSaid]:
    on = asked.known_at.astimezone(COUNTY_TIME).date()
    for one in carried_over(asked.year, asked.division, on):
        yield CarriedSaid(
            one.number, one.problem, one.measure, one.owner, _iso(one.due_on), one.standing.zh, _iso(one.closed_on),
            one.outcome,
        )  # fmt: skip


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def attached_of(snapshot: Snapshot) -> Attached:
    """What a snapshot locked of it; everything empty in one from before it was kept."""
    kept: Mapping[str, Any] = snapshot.content.get(KEY, {})
    said = kept.get("plan")
    return Attached(
        tuple(MonthPaid(**one) for one in kept.get("months", ())),
        tuple(TownStock(**one) for one in kept.get("towns", ())),
        tuple(AreaFunds(**one) for one in kept.get("funds", ())),
        _plan_of(said) if said else None,
        tuple(MaterialSaid(**one) for one in kept.get("materials", ())),
        tuple(CarriedSaid(**one) for one in kept.get("carried", ())),
        FundSources(**kept["sources"]) if kept.get("sources") else None,
    )


def _plan_of(kept: Mapping[str, Any]) -> PlanSaid:
    return PlanSaid(
        kept["version"], kept["purpose"], kept["scope"], kept["method"], tuple(tuple(one) for one in kept["team"]),
        tuple(PlannedStep(**one) for one in kept["steps"]),
    )  # fmt: skip
