"""核账: asks the database whether money, lines, sendings and bookings agree, and names the first that do not."""

from dataclasses import dataclass

from opendibao.audit.sql_rows import first_row, over_whole_tables, read
from opendibao.payment.booking import shares_of
from opendibao.payment.change_promises import CHANGED
from opendibao.payment.models import PayRun
from opendibao.payment.promise import RELEASED_TO_BANK, Check
from opendibao.policy.shares import SHARING
from opendibao.rulemaking.queries import pack_in_force

COUNTS = """
SELECT (SELECT count(*) FROM payment_payrun), (SELECT count(*) FROM payment_payline),
  (SELECT count(*) FROM payment_attempt), (SELECT count(*) FROM payment_ledgerentry),
  (SELECT count(*) FROM payment_ledgerleg),
  (SELECT coalesce(sum(fen), 0)::bigint FROM payment_ledgerleg WHERE account = 'paid')
"""


@dataclass(frozen=True)
class _Counts:
    runs: int
    lines: int
    attempts: int
    entries: int
    legs: int
    paid_fen: int


@dataclass(frozen=True)
class LedgerState(_Counts):
    """What was counted (paid in fen), and the first fault in words (empty: everything agrees)."""

    fault: str


OWED = (
    Check(
        "每张凭证借贷相等",
        """SELECT '凭证' || e.id FROM payment_ledgerentry e LEFT JOIN payment_ledgerleg g ON g.entry_id = e.id
        GROUP BY e.id HAVING coalesce(sum(g.fen), 1) <> 0 ORDER BY e.id LIMIT 1""",
    ),
    Check(
        "批次的笔数和金额等于明细合计",
        """SELECT to_char(r.month, 'YYYY-MM') FROM payment_payrun r LEFT JOIN payment_payline l ON l.run_id = r.id
        GROUP BY r.id HAVING count(l.id) <> r.lines_count OR coalesce(sum(l.amount_fen), 0) <> r.total_fen
        ORDER BY r.month LIMIT 1""",
    ),
    Check(
        "批次的暂缓笔数和金额等于暂缓明细合计，每笔暂缓的金额等于发放明细",
        """SELECT to_char(r.month, 'YYYY-MM') FROM payment_payrun r
        LEFT JOIN (SELECT h.run_id, count(*) AS lines, sum(h.amount_fen) AS fen, bool_or(l.id IS NULL) AS is_odd
          FROM payment_hold h LEFT JOIN payment_payline l
            ON l.id = h.line_id AND l.amount_fen = h.amount_fen AND l.run_id = h.run_id
          GROUP BY h.run_id) h ON h.run_id = r.id
        WHERE coalesce(h.lines, 0) <> r.held_count OR coalesce(h.fen, 0) <> r.held_fen OR h.is_odd
        ORDER BY r.month LIMIT 1""",
    ),
    Check(
        "一户一月只有一笔按月发放",
        """SELECT '户' || h.number || ' ' || to_char(l.month, 'YYYY-MM') FROM payment_payline l
        JOIN registry_household h ON h.id = l.household_id WHERE l.kind = 'regular'
        GROUP BY h.number, l.month HAVING count(*) > 1 ORDER BY h.number, l.month LIMIT 1""",
    ),
    # what waits, or was given up because the decision ended, is not paid; an end after the freeze is the next month's
    Check(
        "每笔发放有当月有效的决定，金额与决定相同",
        """SELECT '户' || h.number || ' ' || to_char(l.month, 'YYYY-MM') FROM payment_payline l
        JOIN registry_household h ON h.id = l.household_id JOIN decision_decision d ON d.id = l.decision_id
        JOIN payment_payrun r ON r.id = l.run_id
        WHERE d.household_id <> l.household_id OR l.kind = 'regular' AND (l.amount_fen <> d.amount_fen
          OR NOT d.months @> l.month AND r.state <> 'computed' AND coalesce(d.ended_on < r.frozen_on, true)
            AND NOT EXISTS (
            SELECT FROM payment_hold held WHERE held.line_id = l.id AND held.outcome <> 'released'))
        ORDER BY l.month, h.number LIMIT 1""",
    ),
)
SHARED = (
    Check(
        "预算指标按级次等于已审核的应发款减去不再发放的，各级按分担比例",
        f"""WITH sharing AS (
          SELECT * FROM unnest(%(runs)s::bigint[], %(central)s::bigint[], %(province)s::bigint[], %(city)s::bigint[])
            AS s (run_id, central, province, city)),
        owed AS (
          SELECT l.run_id, l.area, 0::bigint AS line_id, sum(l.amount_fen)::bigint AS fen FROM payment_payline l
          JOIN payment_payrun r ON r.id = l.run_id AND r.state IN {RELEASED_TO_BANK} GROUP BY l.run_id, l.area
          UNION ALL
          SELECT l.run_id, l.area, l.id, -h.amount_fen FROM payment_hold h JOIN payment_payline l ON l.id = h.line_id
          WHERE h.outcome = 'cancelled'),
        part AS (
          SELECT o.run_id, o.area, p.level, sign(o.fen)::bigint * (abs(o.fen) * p.bp / 10000) AS fen, o.line_id
          FROM owed o JOIN sharing s ON s.run_id = o.run_id
          CROSS JOIN LATERAL (
            VALUES ('central', s.central), ('province', s.province), ('city', s.city)) AS p (level, bp)),
        wanted AS (
          SELECT run_id, area, level, sum(fen) AS fen FROM (
            SELECT run_id, area, level, fen FROM part
            UNION ALL SELECT run_id, area, 'county', fen FROM owed
            UNION ALL SELECT run_id, area, 'county', -fen FROM part) AS every_level
          GROUP BY run_id, area, level HAVING sum(fen) <> 0),
        booked AS (
          SELECT e.run_id, g.area, g.level, -sum(g.fen) AS fen FROM payment_ledgerleg g
          JOIN payment_ledgerentry e ON e.id = g.entry_id WHERE g.account = 'budget'
          GROUP BY e.run_id, g.area, g.level HAVING sum(g.fen) <> 0)
        SELECT to_char(r.month, 'YYYY-MM') FROM wanted FULL JOIN booked USING (run_id, area, level)
        JOIN payment_payrun r ON r.id = run_id
        WHERE wanted.fen IS DISTINCT FROM booked.fen ORDER BY r.month LIMIT 1""",
    ),
)
MOVED = (
    # a run that is not sent owes all that is not held back; one that is sent owes what was released and not sent yet
    Check(
        "已审核批次的应付款：审核记入，送银行转出",
        f"""WITH owed AS (
          SELECT l.run_id, coalesce(sum(l.amount_fen - coalesce(o.fen, 0)) FILTER (
            WHERE (a.e2e IS NULL OR r.state = 'approved') AND coalesce(h.outcome, 'released') = 'released'), 0) AS fen
          FROM payment_payline l JOIN payment_payrun r ON r.id = l.run_id AND r.state IN {RELEASED_TO_BANK}
          LEFT JOIN payment_attempt a ON a.line_id = l.id AND a.number = 1
          LEFT JOIN payment_offset o ON o.line_id = l.id
          LEFT JOIN payment_hold h ON h.line_id = l.id GROUP BY l.run_id),
        booked AS (
          SELECT coalesce(l.run_id, e.run_id) AS run_id, sum(g.fen) AS fen FROM payment_ledgerleg g
          JOIN payment_ledgerentry e ON e.id = g.entry_id LEFT JOIN payment_payline l ON l.id = g.line_id
          WHERE g.account = 'payable' GROUP BY 1)
        SELECT to_char(r.month, 'YYYY-MM') FROM owed FULL JOIN booked USING (run_id)
        JOIN payment_payrun r ON r.id = run_id
        WHERE coalesce(owed.fen, 0) <> coalesce(booked.fen, 0) ORDER BY r.month LIMIT 1""",
    ),
    Check(
        "已出盘批次的每笔明细都已送银行，或暂缓",
        """SELECT '户' || h.number || ' ' || to_char(l.month, 'YYYY-MM') FROM payment_payline l
        JOIN payment_payrun r ON r.id = l.run_id AND r.state IN ('sent', 'closed')
        JOIN registry_household h ON h.id = l.household_id
        LEFT JOIN payment_attempt a ON a.line_id = l.id AND a.number = 1
        LEFT JOIN payment_hold held ON held.line_id = l.id
        WHERE a.e2e IS NULL AND held.id IS NULL ORDER BY l.month, h.number LIMIT 1""",
    ),
    Check(
        "暂停发放科目等于还在暂缓的明细",
        f"""WITH waiting AS (
          SELECT h.line_id, sum(h.amount_fen) AS fen FROM payment_hold h
          JOIN payment_payrun r ON r.id = h.run_id AND r.state IN {RELEASED_TO_BANK}
          WHERE h.outcome = '' GROUP BY h.line_id),
        booked AS (
          SELECT line_id, sum(fen) AS fen FROM payment_ledgerleg WHERE account = 'suspended'
          GROUP BY line_id HAVING sum(fen) <> 0 OR line_id IS NULL)
        SELECT '户' || coalesce(h.number, '？') || ' ' || coalesce(to_char(l.month, 'YYYY-MM'), '')
        FROM waiting FULL JOIN booked ON booked.line_id = waiting.line_id
        LEFT JOIN payment_payline l ON l.id = coalesce(waiting.line_id, booked.line_id)
        LEFT JOIN registry_household h ON h.id = l.household_id
        WHERE waiting.fen IS DISTINCT FROM booked.fen ORDER BY 1 LIMIT 1""",
    ),
    Check(
        "已付科目等于银行记账成功的发送，金额和日期都相同",
        """SELECT coalesce(a.e2e, g.attempt_id, '分录' || g.id)
        FROM (SELECT * FROM payment_attempt WHERE state = 'paid') a
        FULL JOIN (SELECT attempt_id, booked_on, min(id) AS id, sum(fen) AS fen FROM payment_ledgerleg
          WHERE account = 'paid' GROUP BY attempt_id, booked_on HAVING sum(fen) <> 0) g ON g.attempt_id = a.e2e
        WHERE a.e2e IS NULL OR g.id IS NULL OR g.fen <> a.amount_fen OR g.booked_on <> a.booked_on
        ORDER BY 1 LIMIT 1""",
    ),
    # where the bank names another amount or does not know, the money is still with the bank as far as we know
    Check(
        "在途科目等于还没有结果、银行未知和金额不符的发送",
        """SELECT a.e2e FROM payment_attempt a
        LEFT JOIN payment_ledgerleg g ON g.attempt_id = a.e2e AND g.account = 'transit'
        GROUP BY a.e2e HAVING coalesce(sum(g.fen), 0)
          <> CASE WHEN a.state IN ('sent', 'unknown', 'differs') THEN a.amount_fen ELSE 0 END
        ORDER BY a.e2e LIMIT 1""",
    ),
    Check(
        "退回待处理科目等于退回后还没有再送的发送",
        """SELECT a.e2e FROM payment_attempt a
        LEFT JOIN payment_ledgerleg g ON g.attempt_id = a.e2e AND g.account = 'returned'
        LEFT JOIN payment_attempt next ON next.line_id = a.line_id AND next.number = a.number + 1
        GROUP BY a.e2e, next.e2e HAVING coalesce(sum(g.fen), 0)
          <> CASE WHEN a.state = 'returned' AND next.e2e IS NULL THEN a.amount_fen ELSE 0 END
        ORDER BY a.e2e LIMIT 1""",
    ),
    Check(
        "在途、已付和退回待处理的分录都写明是哪一笔发送",
        """SELECT '分录' || id FROM payment_ledgerleg
        WHERE account IN ('transit', 'paid', 'returned') AND attempt_id IS NULL ORDER BY id LIMIT 1""",
    ),
    Check(
        "送出文件的笔数和金额等于发送合计",
        """SELECT to_char(r.month, 'YYYY-MM') FROM (
          SELECT run_id, file_no, count(*) AS lines, sum(amount_fen) AS fen FROM payment_attempt
          GROUP BY run_id, file_no) sent
        FULL JOIN (SELECT run_id, file_no, sum(lines_count) AS lines, sum(total_fen) AS fen FROM payment_bankfile
          WHERE direction = 'out' AND kind = 'pay' GROUP BY run_id, file_no) file USING (run_id, file_no)
        JOIN payment_payrun r ON r.id = run_id
        WHERE sent.lines IS DISTINCT FROM file.lines OR sent.fen IS DISTINCT FROM file.fen
        ORDER BY r.month LIMIT 1""",
    ),
)
CHECKS = (*OWED, *SHARED, *MOVED, *CHANGED)


def said() -> list[str]:
    """Every promise in words, in the order in which they are checked."""
    return [check.promise for check in CHECKS]


def _parameters() -> dict[str, object]:
    """What every treasury pays of each run's month, and the most that may be set off in it (basis points)."""
    pack = pack_in_force()
    runs = list(PayRun.objects.order_by("pk").values_list("pk", "month"))
    shares = {month: shares_of(month, pack) for _, month in runs}
    by_level = {
        level: [shares[month][place] for _, month in runs] for place, level in enumerate(SHARING)
    }  # fmt: skip
    most = [row.value if (row := pack.find("pay.offset_share", month)) else 0 for _, month in runs]
    return {"runs": [pk for pk, _ in runs], "offset_share": most, **by_level}


def _first_fault(parameters: dict[str, object]) -> str:
    for check in CHECKS:
        if found := first_row(check.sql, parameters):
            return f"应当“{check.promise}”，但{found[0]}不符"
    return ""


def promises() -> list[tuple[str, str]]:
    """Every promise with the first row that breaks it (empty: it holds); asked with the county's reach."""
    parameters = _parameters()
    with over_whole_tables():
        rows = [(check.promise, first_row(check.sql, parameters)) for check in CHECKS]
    return [(promise, str(row[0]) if row else "") for promise, row in rows]


def verify() -> LedgerState:
    """Check every promise of the ledger over all rows that the session sees; run it with the county's reach."""
    parameters = _parameters()
    (counts,) = read(_Counts, COUNTS, parameters)
    with over_whole_tables():
        fault = _first_fault(parameters)
    return LedgerState(**vars(counts), fault=fault)
