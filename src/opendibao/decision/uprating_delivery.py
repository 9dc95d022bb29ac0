"""提标告知书送达: an uprating writes thousands of letters; a village's are handed over together, each to its head."""

from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record_many
from opendibao.audit.duties import needs
from opendibao.audit.sql_rows import execute, read_whole
from opendibao.decision.refusal import DecisionRefused
from opendibao.decision.uprating_queries import DeliveryRow, letters_to_deliver
from opendibao.intake.case_letters import WAYS
from opendibao.kernel.duties import Duty

LOCK = "SELECT id FROM decision_letter WHERE id = ANY(%(ids)s) AND delivered_on IS NULL ORDER BY id FOR UPDATE"
# who signed the list is the head of each family
DELIVER = """
UPDATE decision_letter l SET delivered_on = %(on)s, delivered_how = %(how)s, receiver = n.receiver
FROM unnest(%(ids)s::bigint[], %(receivers)s::text[]) AS n(id, receiver)
WHERE l.id = n.id AND l.delivered_on IS NULL
"""


@needs(Duty.ACCEPT, Duty.REVIEW, Duty.CONFIRM)
@transaction.atomic
def deliver_uprating(uprating_id: int, *, division: str, how: str, on: date, at: datetime) -> int:
    """成批送达: a village's letters of an uprating that nobody has got yet, each signed for by the head of the family.

    Whose letter came back is delivered singly. Returns how many. Raises DecisionRefused.
    """
    if how not in WAYS:
        raise DecisionRefused(f"送达方式“{how}”不在可选项内，请在{'、'.join(WAYS.values())}中选一项")
    rows = letters_to_deliver(uprating_id, division=division)
    ids = read_whole(int, LOCK, {"ids": [row.letter_id for row in rows]})
    if not ids:
        raise DecisionRefused("这个村社区没有等送达的提标告知书，或不在本人可见的区划内")
    rows = [row for row in rows if row.letter_id in set(ids)]
    if early := [row for row in rows if on < row.sent_on]:
        raise DecisionRefused(f"送达日期{on}早于告知书日期{early[0].sent_on}，请改正")
    execute(DELIVER, {"ids": [r.letter_id for r in rows], "receivers": [r.head for r in rows], "on": on, "how": how})
    record_many("送达告知书", (_event(row, how, on) for row in rows), at=at)
    return len(rows)


def _event(row: DeliveryRow, how: str, on: date) -> tuple[str, str, dict[str, object]]:
    payload: dict[str, object] = {"on": str(on), "how": WAYS[how], "decision": row.decision, "receiver": row.head}
    return f"案件 {row.decision}", row.division, payload
