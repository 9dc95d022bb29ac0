"""专款专用: every yuan that left the dibao money beside the pay line and the decision for which it left.

What the bank booked of a sending goes where it belongs when the household had a decision for that month and the account
was the household's own; what the bank booked beyond the line's amount belongs nowhere. A booking that is none of our
sendings (外来) left without any line, unless it was found out to be other money. 社会救助暂行办法第五条.
"""

from dataclasses import dataclass
from datetime import date, datetime

from opendibao.audit.sql_rows import read_whole
from opendibao.payment.coverage import known

# columns: household, month, account, decision, fen that left, what is wrong ("" nothing), n = fen astray, d = fen that
# left; back-pay rests on the decision that raised the amount, its month on the one before; a household has one account
# at a time (one_account_at_a_time), so that the join doubles no payment
EARMARKED = """
SELECT household, month, account, decision, fen, wrong,
  CASE wrong WHEN '' THEN 0 WHEN '银行多付' THEN fen - owed WHEN '外来，已查明不是低保金' THEN 0 ELSE fen END AS n,
  CASE wrong WHEN '外来，已查明不是低保金' THEN 0 ELSE fen END AS d
FROM (
  SELECT h.number AS household, to_char(l.month, 'YYYY-MM') AS month, a.account, d.number AS decision,
    coalesce(a.answered_fen, a.amount_fen) AS fen, a.amount_fen AS owed,
    CASE WHEN NOT d.months @> l.month AND (l.kind <> 'backpay' OR NOT EXISTS (
        SELECT FROM decision_decision former WHERE former.household_id = l.household_id AND former.months @> l.month))
      THEN '当月没有有效决定' WHEN b.id IS NULL THEN '不是本户账户'
      WHEN a.answered_fen > a.amount_fen THEN '银行多付' ELSE '' END AS wrong
  FROM payment_attempt a JOIN payment_payline l ON l.id = a.line_id
  LEFT JOIN registry_household h ON h.id = l.household_id JOIN decision_decision d ON d.id = l.decision_id
  LEFT JOIN registry_bankaccount b ON b.household_id = l.household_id AND b.number = a.account
    AND b.valid @> a.sent_on AND b.recorded @> %(known_at)s::timestamptz
  WHERE a.state IN ('paid', 'differs') AND a.booked_on BETWEEN %(first)s AND %(last)s
  UNION ALL
  SELECT '', to_char(r.month, 'YYYY-MM'), '', '', i.fen, 0,
    CASE WHEN EXISTS (SELECT FROM payment_reconexception x WHERE x.inbound_id = i.id AND x.resolution = 'explained')
      THEN '外来，已查明不是低保金' ELSE '外来，没有发放明细' END
  FROM payment_inboundline i JOIN payment_payrun r ON r.id = i.run_id
  WHERE i.verdict = 'foreign' AND i.word = '成功' AND i.booked_on BETWEEN %(first)s AND %(last)s) AS left_the_money
ORDER BY n DESC, month, household
"""


@dataclass(frozen=True)
class OutRow:
    """Money that left (fen): for whom, to which account, by which decision; `wrong` empty where it went right.

    `astray_fen` is the part without a line of a decision in force, `counted_fen` what of it is dibao money at all.
    """

    household: str
    month: str
    account: str
    decision: str
    fen: int
    wrong: str
    astray_fen: int
    counted_fen: int


def money_out(first: date, last: date, *, known_at: datetime | None = None) -> list[OutRow]:
    """Every booking between two days, what went astray first; accounts as known at a time (None: now)."""
    return read_whole(OutRow, EARMARKED, {"first": first, "last": last, **known(known_at)})


def astray(first: date, last: date, *, known_at: datetime | None = None) -> list[OutRow]:
    """The bookings of which a part went to no pay line of a decision in force."""
    return [row for row in money_out(first, last, known_at=known_at) if row.astray_fen]
