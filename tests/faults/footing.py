"""凭什么在保: asked of the tables alone, past every action: on what each household in force or in payment stands."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

# 57号 第二十八条: acceptance, survey and confirmation, or the opening act of two officers; a change stands on them
UNFOUNDED = """
WITH RECURSIVE founded AS (
  SELECT d.id, d.household_id, d.decided_on, d.ended_on FROM decision_decision d
  WHERE d.voided_on IS NULL AND d.maker <> d.approver AND (
    (d.kind = 'legacy' AND EXISTS (SELECT FROM decision_openingact a
       WHERE a.id = d.opening_act_id AND a.first_officer <> a.second_officer))
    OR (d.kind = 'confirm' AND EXISTS (SELECT FROM intake_case c JOIN verification_survey s ON s.case_id = c.id
       WHERE c.id = d.case_id AND c.household_id = d.household_id AND c.accepted_on <= d.decided_on
         AND s.surveyed_on <= d.decided_on AND s.is_signed AND s.first_surveyor <> s.second_surveyor)))
  UNION
  SELECT n.id, n.household_id, n.decided_on, n.ended_on FROM decision_decision n
  JOIN founded f ON f.household_id = n.household_id AND f.id <> n.id AND f.decided_on <= n.decided_on
    AND coalesce(f.ended_on, n.decided_on) >= n.decided_on
  WHERE n.voided_on IS NULL AND n.kind IN ('increase', 'reduce', 'grace') AND EXISTS (
    SELECT FROM intake_case c WHERE c.id = n.case_id AND c.household_id = n.household_id
      AND c.accepted_on <= n.decided_on))
SELECT d.number, d.kind FROM decision_decision d
WHERE d.id NOT IN (SELECT id FROM founded) AND (NOT isempty(d.in_force)
  OR (d.kind NOT IN ('stop', 'refuse') AND NOT isempty(d.months))
  OR EXISTS (SELECT FROM payment_payline l WHERE l.decision_id = d.id))
"""
ASTRAY = """
SELECT l.id FROM payment_payline l JOIN decision_decision d ON d.id = l.decision_id
WHERE d.household_id <> l.household_id OR d.amount_fen <> l.amount_fen OR d.voided_on IS NOT NULL
  OR l.month < d.first_month OR d.kind IN ('stop', 'refuse')
"""
TWICE = """
SELECT household_id FROM decision_decision d WHERE d.voided_on IS NULL AND NOT isempty(d.in_force)
GROUP BY household_id HAVING count(*) FILTER (WHERE upper_inf(d.in_force)) > 1
"""
BROKEN_CHAIN = "SELECT first_broken_event() WHERE first_broken_event() IS NOT NULL"
DECIDED = """
SELECT d.id, d.number, d.kind, d.cause, d.decided_on, d.approver, d.case_id, c.gates, c.accepted_by, c.accepted_on
FROM decision_decision d JOIN intake_case c ON c.id = d.case_id WHERE d.id > %s ORDER BY d.id
"""
LACKS = {
    "survey": "SELECT 1 FROM verification_survey WHERE case_id = %(case)s AND surveyed_on <= %(on)s",
    "notice": """
SELECT 1 FROM (SELECT ends_on FROM decision_publicnotice WHERE case_id = %(case)s ORDER BY sequence DESC LIMIT 1) last
WHERE ends_on < %(on)s
""",
    "vote": "SELECT 1 FROM decision_reviewvote WHERE case_id = %(case)s AND NOT is_contested",
    "report": "SELECT 1 FROM decision_firstopinion WHERE case_id = %(case)s AND reported_on <= %(on)s",
    "county_visit": "SELECT 1 FROM decision_countyvisit WHERE case_id = %(case)s AND visited_on <= %(on)s",
    "hearing": "SELECT 1 FROM decision_hearing WHERE case_id = %(case)s AND heard_on <= %(on)s",
}
OPEN = {
    "objection": "SELECT 1 FROM decision_objection WHERE case_id = %(case)s AND settled_on IS NULL",
    "new_survey": """
SELECT 1 FROM decision_objection o WHERE case_id = %(case)s AND outcome = 'survey' AND NOT EXISTS (
  SELECT 1 FROM verification_survey s WHERE s.case_id = o.case_id AND s.surveyed_on >= o.settled_on)
""",
    "new_vote": """
SELECT 1 FROM decision_objection o WHERE case_id = %(case)s AND outcome = 'review' AND NOT EXISTS (
  SELECT 1 FROM decision_reviewvote v JOIN decision_reviewmeeting m ON m.id = v.meeting_id
  WHERE v.case_id = o.case_id AND NOT v.is_contested AND m.held_on >= o.settled_on)
""",
}
RELATIVES = "SELECT 1 FROM intake_officialrelative WHERE case_id = %(case)s"
HANDS = """
SELECT 1 FROM verification_survey WHERE case_id = %(case)s
  AND %(approver)s IN (first_surveyor, second_surveyor, entered_by)
"""
NEW_LAW = date(2026, 7, 1)


@dataclass(frozen=True)
class Decided:
    """A decision with the procedure that its case was accepted under."""

    id: int
    number: str
    kind: str
    cause: str
    decided_on: date
    approver: str
    case_id: int
    gates: dict[str, Any]
    accepted_by: str
    accepted_on: date | None


def asked(sql: str, **values: object) -> list[tuple[Any, ...]]:
    """Rows of a question."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.fetchall()


def faults() -> list[str]:
    """What must never be: money or cover without its ground, two at once, a torn chain."""
    found = [f"决定{number}（{kind}）没有依据" for number, kind in asked(UNFOUNDED)]
    found += [f"发放明细{line}与决定不符" for (line,) in asked(ASTRAY)]
    found += [f"户{household}有两个在保的决定" for (household,) in asked(TWICE)]
    return found + [f"事件链在{event}断开" for (event,) in asked(BROKEN_CHAIN)]


def decided_after(last: int) -> list[Decided]:
    """Decisions on a case that are newer than one, as the database has them."""
    with connection.cursor() as cursor:
        cursor.execute(DECIDED, [last])
        rows = cursor.fetchall()
    return [Decided(*row[:7], json.loads(row[7]), *row[8:]) for row in rows]


def lacking(d: Decided) -> list[str]:
    """What a decision lacks of what the law and its case's procedure ask, on the moment it was entered."""
    is_there = {"case": d.case_id, "on": d.decided_on}
    missing = {key for key, sql in LACKS.items() if not asked(sql, **is_there)}
    still_open = {key for key, sql in OPEN.items() if asked(sql, **is_there)}
    needed = set()
    if d.kind in ("reduce", "stop", "grace") and d.decided_on >= NEW_LAW and d.cause not in ("death", "voluntary"):
        needed.add("hearing")
    if d.kind == "confirm":
        needed |= {"survey", "notice"} | _of_the_procedure(d)
    found = sorted(needed & missing)
    if d.kind == "confirm":
        found += sorted(still_open & ({"objection", "new_survey", "new_vote"} if d.gates else {"objection"}))
    if d.accepted_on is None or d.accepted_on > d.decided_on:
        found.append("acceptance")
    if d.approver == d.accepted_by or asked(HANDS, case=d.case_id, approver=d.approver):
        found.append("hands")
    return found


def _of_the_procedure(d: Decided) -> set[str]:
    needed = set()
    if d.gates.get("democratic_review") == "ALWAYS":
        needed.add("vote")
    if d.gates.get("confirming_authority") == "county":
        needed.add("report")
    if d.gates and asked(RELATIVES, case=d.case_id):
        needed.add("county_visit")
    return needed
