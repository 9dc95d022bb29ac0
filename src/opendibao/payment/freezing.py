"""冻结名册: the lines of a month as decisions, places, members and accounts stand on the freeze day, set by set."""

from dataclasses import asdict, dataclass
from datetime import date
from itertools import pairwise

from django.db import connection

from opendibao.audit.duties import needs
from opendibao.audit.sql_rows import execute, first_row, over_whole_tables, read
from opendibao.kernel.duties import Duty
from opendibao.payment.models import PayRun
from opendibao.payment.sparing import sparing_memory

# By what is known now. A household without account or without place in the county stands on the list all the same:
# the checks before payment find it, and the rest of the county is not kept waiting.
COLUMNS = """
INSERT INTO payment_payline (run_id, household_id, decision_id, month, kind, supplement_no, division, area, persons,
  amount_fen, supplement_fen, snapshot)
"""
SNAPSHOT = """jsonb_build_object(
    'frozen_on', %(on)s::date, 'household', h.number, 'head', coalesce(member.head, a.holder),
    'division', coalesce(p.division, d.division), 'area', coalesce(p.area, d.area), 'address', coalesce(p.address, ''),
    'members', coalesce(member.members, '[]'),
    'account', CASE WHEN a.id IS NOT NULL THEN
      jsonb_build_object('holder', a.holder, 'bank', a.bank, 'number', a.number) END,
    'decision', d.number, 'decided_on', d.decided_on, 'rule_set', d.rule_set"""
HOUSEHOLD = """
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
"""
# a household whose money is suspended in the month gets nothing, neither its own line nor what was ordered for it
PAID = """
d.household_id > %(after)s AND d.household_id <= %(upto)s AND h.id > %(after)s AND h.id <= %(upto)s AND NOT EXISTS (
  SELECT FROM payment_suspension s WHERE s.household_id = d.household_id AND s.outcome = 'approved'
    AND s.first_month <= %(month)s::date AND coalesce(s.until_month > %(month)s::date, true))
"""
LINES = f"""
{COLUMNS}
SELECT %(run)s, d.household_id, d.id, %(month)s::date, 'regular', 0, d.division, d.area, d.persons, d.amount_fen,
  d.supplement_fen, {SNAPSHOT}, 'amount_fen', d.amount_fen, 'supplement_fen', d.supplement_fen)
FROM decision_decision d {HOUSEHOLD}
WHERE d.months @> %(month)s::date AND d.amount_fen > 0 AND {PAID}
ORDER BY h.number
"""
# what was ordered, approved and not put on a list yet; one for a later month waits for it, and one whose decision was
# voided since goes nowhere
ORDERS = f"""
{COLUMNS}
SELECT %(run)s, o.household_id, d.id, o.month, o.kind, o.supplement_no, d.division, d.area, d.persons, o.amount_fen, 0,
  {SNAPSHOT}, 'amount_fen', o.amount_fen, 'supplement_fen', 0, 'cause', o.cause, 'approved_by', o.settled_by)
FROM payment_payorder o JOIN decision_decision d ON d.id = o.decision_id {HOUSEHOLD}
WHERE o.outcome = 'approved' AND o.month <= %(month)s::date AND {PAID}
  AND d.voided_on IS NULL AND (o.kind = 'backpay' OR d.months @> o.month) AND NOT EXISTS (
  SELECT FROM payment_payline l WHERE l.household_id = o.household_id AND l.month = o.month AND l.kind = o.kind
    AND l.supplement_no = o.supplement_no)
ORDER BY h.number, o.month, o.kind, o.supplement_no
"""
ORDERED = """
SELECT id FROM payment_payorder
WHERE outcome = 'approved' AND household_id > %(after)s AND household_id <= %(upto)s LIMIT 1
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
UNSET = "DELETE FROM payment_offset WHERE run_id = %(run)s"
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
    """Put down what every household with a decision for the run's month is owed, and what was ordered beside it.

    Returns how many lines.
    """
    with over_whole_tables(), sparing_memory():
        slices = _slices(run.month)
        lines = 0
        for each in slices:
            lines += _freeze_slice(run, on, each)
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


def _freeze_slice(run: PayRun, on: date, each: _Slice) -> int:
    asked = {**asdict(each), "run": run.pk, "month": run.month, "on": on}
    lines = execute(LINES, asked)
    # the members of a slice are gathered a second time only where something was ordered
    return lines + (execute(ORDERS, asked) if first_row(ORDERED, asked) else 0)


def _settle_keys() -> None:
    """Check the foreign keys of what was inserted now: a million of them, kept for the commit, would fill memory."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@needs(Duty.PAY)
def thaw(run: PayRun) -> None:
    """Take the list away to freeze it again; the database allows it only while the run is computed."""
    execute(UNSET, {"run": run.pk})
    execute(TAKEN_AWAY, {"run": run.pk})
