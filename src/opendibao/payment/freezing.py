"""冻结名册: the lines of a month as decisions, places, members and accounts stand on the freeze day, set by set."""

from datetime import date
from itertools import pairwise

from django.db import connection

from opendibao.audit.duties import needs
from opendibao.audit.sql_rows import execute, first_row, over_whole_tables, read
from opendibao.kernel.duties import Duty
from opendibao.payment.models import PayRun

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
# the persons of a slice mostly stand together; without these bounds every slice would read them all
PERSONS = """
SELECT coalesce(min(person_id), 0), coalesce(max(person_id), 0) FROM registry_membership
WHERE household_id > %(after)s AND household_id <= %(upto)s
"""
BELOW_ALL, ABOVE_ALL = 0, 2**63 - 1
TAKEN_AWAY = "DELETE FROM payment_payline WHERE run_id = %(run)s"


@needs(Duty.PAY)
def freeze(run: PayRun, on: date) -> int:
    """Put down what every household with a decision for the run's month is owed; returns how many lines."""
    with over_whole_tables():
        cuts = read(int, CUTS, {"month": run.month, "slice": SLICE})
        lines = 0
        for after, upto in pairwise([BELOW_ALL, *cuts, ABOVE_ALL]):
            lines += _freeze_slice(run, on, after, upto)
            if cuts:
                _settle_keys()
    return lines


def _freeze_slice(run: PayRun, on: date, after: int, upto: int) -> int:
    bounds = {"after": after, "upto": upto}
    first, last = first_row(PERSONS, bounds) or (0, 0)
    return execute(LINES, {**bounds, "first": first, "last": last, "run": run.pk, "month": run.month, "on": on})


def _settle_keys() -> None:
    """Check the foreign keys of what was inserted now: a million of them, kept for the commit, would fill memory."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@needs(Duty.PAY)
def thaw(run: PayRun) -> None:
    """Take the list away to freeze it again; the database allows it only while the run is computed."""
    execute(TAKEN_AWAY, {"run": run.pk})
