"""冻结名册: the lines of a month as decisions, places, members and accounts stand on the freeze day, set by set."""

from dataclasses import asdict, dataclass
from datetime import date
from itertools import pairwise

from django.db import connection

from opendibao.audit.duties import needs
from opendibao.audit.sql_rows import execute, over_whole_tables, read
from opendibao.kernel.duties import Duty
from opendibao.payment.models import PayRun
from opendibao.payment.sparing import sparing_memory

# By what is known now. A household without account or without place in the county stands on the list all the same:
# the checks before payment find it, and the rest of the county is not kept waiting.
LINES = """
INSERT INTO payment_payline (run_id, household_id, decision_id, month, kind, supplement_no, division, area, persons,
  amount_fen, supplement_fen, snapshot)
SELECT %(run)s, d.household_id, d.id, %(month)s::date, 'regular', 0, d.division, d.area, d.persons, d.amount_fen,
  d.supplement_fen, jsonb_build_object(
    'frozen_on', %(on)s::date, 'household', h.number, 'head', coalesce(member.head, a.holder),
    'division', coalesce(p.division, d.division), 'area', coalesce(p.area, d.area), 'address', coalesce(p.address, ''),
    'members', coalesce(member.members, '[]'),
    'account', CASE WHEN a.id IS NOT NULL THEN
      jsonb_build_object('holder', a.holder, 'bank', a.bank, 'number', a.number) END,
    'decision', d.number, 'decided_on', d.decided_on, 'amount_fen', d.amount_fen,
    'supplement_fen', d.supplement_fen, 'rule_set', d.rule_set)
FROM decision_decision d
JOIN registry_household h ON h.id = d.household_id
LEFT JOIN registry_householdplace p
  ON p.household_id = h.id AND p.valid @> %(on)s::date AND upper_inf(p.recorded)
  AND p.household_id > %(after)s AND p.household_id <= %(upto)s
LEFT JOIN registry_bankaccount a
  ON a.household_id = h.id AND a.valid @> %(on)s::date AND upper_inf(a.recorded)
  AND a.household_id > %(after)s AND a.household_id <= %(upto)s
LEFT JOIN (
  SELECT m.household_id, max(person.name) FILTER (WHERE m.relation = 'head') AS head,
    jsonb_agg(jsonb_build_object('name', person.name, 'id_number', person.id_number, 'relation', m.relation)
      ORDER BY m.relation <> 'head', person.born, person.id_number) AS members
  FROM registry_membership m JOIN registry_person person ON person.id = m.person_id
    AND person.id >= %(first)s AND person.id <= %(last)s
  WHERE m.valid @> %(on)s::date AND upper_inf(m.recorded)
    AND m.household_id > %(after)s AND m.household_id <= %(upto)s GROUP BY m.household_id
) AS member ON member.household_id = d.household_id
WHERE d.months @> %(month)s::date AND d.amount_fen > 0 AND d.household_id > %(after)s AND d.household_id <= %(upto)s
  AND h.id > %(after)s AND h.id <= %(upto)s
ORDER BY h.number
"""
# Where a list is cut: a county's is one slice, a province's many, so that the database's memory does not grow with it.
SLICE = 20_000
CUTS = """
SELECT household_id FROM (
  SELECT d.household_id, row_number() OVER (ORDER BY d.household_id) AS place
  FROM decision_decision d WHERE d.months @> %(month)s::date AND d.amount_fen > 0) AS ordered
WHERE place %% %(slice)s = 0 ORDER BY household_id
"""
# The persons of a slice mostly stand together; without these bounds every slice would read them all. One walk over the
# members finds the bounds of all slices: the n-th is what lies above n cuts.
PERSONS = """
SELECT width_bucket(household_id, %(above)s::bigint[]), min(person_id), max(person_id)
FROM registry_membership GROUP BY 1
"""
BELOW_ALL, ABOVE_ALL = 0, 2**63 - 1
TAKEN_AWAY = "DELETE FROM payment_payline WHERE run_id = %(run)s"


@dataclass(frozen=True)
class _Members:
    """Between which numbers the members of a slice's households are; slices are counted from 0."""

    place: int
    first: int
    last: int


@dataclass(frozen=True)
class _Slice:
    """Households above one number up to another, and between which numbers their members are."""

    after: int
    upto: int
    first: int
    last: int


@needs(Duty.PAY)
def freeze(run: PayRun, on: date) -> int:
    """Put down what every household with a decision for the run's month is owed; returns how many lines."""
    with over_whole_tables(), sparing_memory():
        slices = _slices(run.month)
        lines = 0
        for each in slices:
            lines += execute(LINES, {**asdict(each), "run": run.pk, "month": run.month, "on": on})
            if len(slices) > 1:
                _settle_keys()
    return lines


def _slices(month: date) -> list[_Slice]:
    """Where the list is cut. One that is not needs no bounds."""
    cuts = read(int, CUTS, {"month": month, "slice": SLICE})
    if not cuts:
        return [_Slice(BELOW_ALL, ABOVE_ALL, BELOW_ALL, ABOVE_ALL)]
    members = {each.place: each for each in read(_Members, PERSONS, {"above": [cut + 1 for cut in cuts]})}
    ends = enumerate(pairwise([BELOW_ALL, *cuts, ABOVE_ALL]))
    found = [(end, members.get(place, _Members(place, 0, 0))) for place, end in ends]
    return [_Slice(after, upto, within.first, within.last) for (after, upto), within in found]


def _settle_keys() -> None:
    """Check the foreign keys of what was inserted now: a million of them, kept for the commit, would fill memory."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@needs(Duty.PAY)
def thaw(run: PayRun) -> None:
    """Take the list away to freeze it again; the database allows it only while the run is computed."""
    execute(TAKEN_AWAY, {"run": run.pk})
