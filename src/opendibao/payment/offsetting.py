"""抵扣: the part of a month's line that goes against what a family must give back; it is never the whole line.

At most a share of the line (pay.offset_share, basis points of the month), at most what was agreed, at most what is
left. A line that is held back is not set off.
"""

from opendibao.audit.duties import needs
from opendibao.audit.sql_rows import execute, over_whole_tables
from opendibao.kernel.duties import Duty
from opendibao.payment.models import PayRun
from opendibao.payment.refusal import PaymentRefused
from opendibao.policy.shares import WHOLE
from opendibao.rulemaking.queries import pack_in_force

DROPPED = "DELETE FROM payment_offset WHERE run_id = %(run)s"
# one receivable of a household at a time, the oldest first; whoever takes cash meanwhile waits
OLDEST = """
SELECT DISTINCT ON (household_id) id, household_id, monthly_fen, receivable_left(id) AS fen FROM payment_receivable
WHERE outcome = 'approved' AND way = 'offset' AND receivable_left(id) > 0 ORDER BY household_id, settled_on, id
"""
PLACED = f"""
INSERT INTO payment_offset (line_id, receivable_id, run_id, division, fen)
SELECT l.id, v.id, l.run_id, l.division, part.fen FROM ({OLDEST}) AS v
JOIN payment_payline l ON l.household_id = v.household_id AND l.run_id = %(run)s AND l.kind = 'regular'
CROSS JOIN LATERAL (
  SELECT least(v.fen, v.monthly_fen, l.amount_fen * %(share)s::bigint / {WHOLE}) AS fen) AS part
WHERE part.fen > 0 AND NOT EXISTS (SELECT FROM payment_hold h WHERE h.line_id = l.id)
"""
LOCKED = """
SELECT id FROM payment_receivable WHERE outcome = 'approved' AND way = 'offset' ORDER BY id FOR UPDATE
"""


@needs(Duty.PAY)
def drop_offsets(run: PayRun) -> None:
    """Take away what a run's list sets off; the database allows it only while the run is computed."""
    execute(DROPPED, {"run": run.pk})


@needs(Duty.PAY)
def place_offsets(run: PayRun) -> int:
    """Set off against a run's lines what families must give back so; returns how many lines.

    Raises PaymentRefused where the share is not below the whole: a family always gets part of its money.
    """
    share = pack_in_force().value("pay.offset_share", run.month)
    if not 0 <= share < WHOLE:
        raise PaymentRefused("参数“每月抵扣不超过保障金的比例”应小于百分之百，请先更正参数")
    execute(LOCKED, {})
    with over_whole_tables():
        return execute(PLACED, {"run": run.pk, "share": share})
