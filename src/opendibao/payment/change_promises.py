"""变动的承诺: what is ordered beside the list, suspended, claimed, set off and waived agrees with money and ledger."""

from opendibao.payment.promise import RELEASED_TO_BANK, Check

# by receivable: counted, given back in cash, set off in released runs, waived
STANDS = f"""
stands AS (
  SELECT v.id, v.household_id, v.amount_fen AS fen,
    coalesce((SELECT sum(c.fen) FROM payment_cashreturn c WHERE c.receivable_id = v.id), 0)::bigint AS cash,
    coalesce((SELECT sum(o.fen) FROM payment_offset o JOIN payment_payrun r ON r.id = o.run_id
      WHERE o.receivable_id = v.id AND r.state IN {RELEASED_TO_BANK}), 0)::bigint AS set_off,
    coalesce((SELECT sum(w.fen) FROM payment_waiver w
      WHERE w.receivable_id = v.id AND w.outcome = 'approved'), 0)::bigint AS waived
  FROM payment_receivable v WHERE v.outcome = 'approved')
"""


def _account_agrees(account: str, promise: str, fen: str) -> Check:
    return Check(
        promise,
        f"""WITH {STANDS},
        booked AS (
          SELECT receivable_id AS id, sum(fen)::bigint AS fen FROM payment_ledgerleg WHERE account = '{account}'
          GROUP BY receivable_id)
        SELECT '户' || coalesce(h.number, '？') FROM stands FULL JOIN booked ON booked.id = stands.id
        LEFT JOIN registry_household h ON h.id = stands.household_id
        WHERE coalesce({fen}, 0) <> coalesce(booked.fen, 0)
        ORDER BY 1 LIMIT 1""",
    )


ORDERED = (
    Check(
        "补发、物价补贴和提标补差的明细都有已批准的应发依据，金额相同",
        """SELECT '户' || h.number || ' ' || to_char(l.month, 'YYYY-MM') FROM payment_payline l
        JOIN registry_household h ON h.id = l.household_id
        LEFT JOIN payment_payorder o ON o.household_id = l.household_id AND o.month = l.month AND o.kind = l.kind
          AND o.supplement_no = l.supplement_no AND o.outcome = 'approved' AND o.amount_fen = l.amount_fen
        WHERE l.kind <> 'regular' AND o.id IS NULL ORDER BY l.month, h.number LIMIT 1""",
    ),
    # a family that left before its uprating was approved has no decision of the new amount: the uprating says it
    Check(
        "一户一月的按月发放、补发和补差合计不超过决定的金额",
        """SELECT '户' || h.number || ' ' || to_char(l.month, 'YYYY-MM') FROM payment_payline l
        JOIN decision_decision d ON d.id = l.decision_id JOIN registry_household h ON h.id = l.household_id
        WHERE l.kind <> 'price' AND (l.household_id, l.month) IN (
            SELECT household_id, month FROM payment_payline WHERE kind IN ('supplement', 'backpay'))
          AND NOT EXISTS (SELECT FROM payment_hold held WHERE held.line_id = l.id AND held.outcome = 'cancelled')
        GROUP BY l.household_id, h.number, l.month
        HAVING sum(l.amount_fen) > greatest(max(d.amount_fen), uprated_for(l.household_id, l.month))
        ORDER BY l.month, h.number LIMIT 1""",
    ),
    Check(
        "一户一月的物价补贴只有一笔",
        """SELECT '户' || h.number || ' ' || to_char(l.month, 'YYYY-MM') FROM payment_payline l
        JOIN registry_household h ON h.id = l.household_id WHERE l.kind = 'price'
        GROUP BY h.number, l.month HAVING count(*) > 1 ORDER BY l.month, h.number LIMIT 1""",
    ),
    Check(
        "暂停发放的月份没有发放明细",
        """SELECT '户' || h.number || ' ' || to_char(r.month, 'YYYY-MM') FROM payment_suspension s
        JOIN payment_payrun r ON r.month >= s.first_month AND coalesce(r.month < s.until_month, true)
          AND r.state <> 'computed'
        JOIN payment_payline l ON l.run_id = r.id AND l.household_id = s.household_id
        JOIN registry_household h ON h.id = s.household_id
        WHERE s.outcome = 'approved' ORDER BY r.month, h.number LIMIT 1""",
    ),
)
RECOVERED = (
    Check(
        "应追缴的金额等于各月已发减应发，已发等于银行记账成功的发放，应发等于决定",
        """SELECT '户' || h.number FROM payment_receivable v JOIN registry_household h ON h.id = v.household_id
        JOIN decision_decision d ON d.id = v.decision_id
        LEFT JOIN payment_receivablemonth m ON m.receivable_id = v.id
        LEFT JOIN LATERAL (
          SELECT coalesce(sum(l.amount_fen), 0) AS fen FROM payment_payline l JOIN payment_attempt a ON a.line_id = l.id
          WHERE l.household_id = v.household_id AND l.month = m.month AND l.kind <> 'price' AND a.state = 'paid'
        ) AS paid ON true
        WHERE v.outcome = 'approved' GROUP BY v.id, h.number, d.amount_fen
        HAVING v.amount_fen <> coalesce(sum(m.paid_fen - m.due_fen), 0) OR bool_or(m.paid_fen <> paid.fen)
          OR bool_or(m.due_fen <> d.amount_fen) ORDER BY h.number LIMIT 1""",
    ),
    Check(
        "现金退回、抵扣和减免合计不超过应追缴",
        """SELECT '户' || h.number FROM payment_receivable v JOIN registry_household h ON h.id = v.household_id
        WHERE receivable_left(v.id) < 0 OR v.outcome <> 'approved' AND receivable_left(v.id) <> v.amount_fen
        ORDER BY h.number LIMIT 1""",
    ),
    Check(
        "每笔抵扣不超过当月保障金的规定比例，暂缓的不抵扣",
        """SELECT '户' || h.number || ' ' || to_char(l.month, 'YYYY-MM') FROM payment_offset o
        JOIN payment_payline l ON l.id = o.line_id JOIN registry_household h ON h.id = l.household_id
        JOIN payment_receivable v ON v.id = o.receivable_id
        LEFT JOIN unnest(%(runs)s::bigint[], %(offset_share)s::bigint[]) AS most (run_id, share)
          ON most.run_id = o.run_id
        WHERE o.run_id <> l.run_id OR v.household_id <> l.household_id OR l.kind <> 'regular'
          OR o.fen > l.amount_fen * coalesce(most.share, 0) / 10000
          OR EXISTS (SELECT FROM payment_hold held WHERE held.line_id = l.id)
        ORDER BY l.month, h.number LIMIT 1""",
    ),
    _account_agrees(
        "to_recover",
        "应追缴科目等于已批准的追缴减去现金退回、抵扣和减免",
        "stands.fen - stands.cash - stands.set_off - stands.waived",
    ),
    _account_agrees("recovered", "已追回科目等于追缴的现金退回加抵扣", "stands.cash + stands.set_off"),
    _account_agrees(
        "claimed", "已付待追回科目等于追缴冲减的已付，抵扣和减免后冲回", "stands.set_off + stands.waived - stands.fen"
    ),
)
CHANGED = (*ORDERED, *RECOVERED)
