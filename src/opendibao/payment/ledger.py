"""核账: asks the database whether money, lines, sendings and bookings agree, and names the first that do not."""

from dataclasses import dataclass

from opendibao.audit.sql_rows import first_row, over_whole_tables, read

NEVER: dict[str, object] = {}
COUNTS = """
SELECT (SELECT count(*) FROM payment_payrun), (SELECT count(*) FROM payment_payline),
  (SELECT count(*) FROM payment_attempt), (SELECT count(*) FROM payment_ledgerentry),
  (SELECT count(*) FROM payment_ledgerleg),
  (SELECT coalesce(sum(fen), 0)::bigint FROM payment_ledgerleg WHERE account = 'paid')
"""


@dataclass(frozen=True)
class Check:
    """One promise: `sql` returns a row (what is at fault) only where it is broken."""

    promise: str
    sql: str


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


CHECKS = (
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
        "一户一月只有一笔按月发放",
        """SELECT '户' || h.number || ' ' || to_char(l.month, 'YYYY-MM') FROM payment_payline l
        JOIN registry_household h ON h.id = l.household_id WHERE l.kind = 'regular'
        GROUP BY h.number, l.month HAVING count(*) > 1 ORDER BY h.number, l.month LIMIT 1""",
    ),
    Check(
        "每笔发放有当月有效的决定，金额与决定相同",
        """SELECT '户' || h.number || ' ' || to_char(l.month, 'YYYY-MM') FROM payment_payline l
        JOIN registry_household h ON h.id = l.household_id JOIN decision_decision d ON d.id = l.decision_id
        WHERE d.household_id <> l.household_id OR l.amount_fen <> d.amount_fen OR NOT d.months @> l.month
        ORDER BY l.month, h.number LIMIT 1""",
    ),
    Check(
        "已审核批次的应付款：审核记入，送银行转出",
        """SELECT to_char(r.month, 'YYYY-MM') FROM payment_payrun r
        LEFT JOIN payment_ledgerentry e ON e.run_id = r.id LEFT JOIN payment_ledgerleg g ON g.entry_id = e.id
        GROUP BY r.id
        HAVING coalesce(sum(g.fen) FILTER (WHERE g.account = 'budget'), 0)
            <> CASE WHEN r.state IN ('computed', 'checked') THEN 0 ELSE -r.total_fen END
          OR coalesce(sum(g.fen) FILTER (WHERE g.account = 'payable'), 0)
            <> CASE WHEN r.state = 'approved' THEN r.total_fen ELSE 0 END
        ORDER BY r.month LIMIT 1""",
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
    Check(
        "在途科目等于还没有结果的发送",
        """SELECT a.e2e FROM payment_attempt a
        LEFT JOIN payment_ledgerleg g ON g.attempt_id = a.e2e AND g.account = 'transit'
        GROUP BY a.e2e HAVING coalesce(sum(g.fen), 0)
          <> CASE WHEN a.state IN ('sent', 'unknown') THEN a.amount_fen ELSE 0 END
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
        "送出文件的笔数和金额等于发送合计",
        """SELECT to_char(r.month, 'YYYY-MM') FROM payment_payrun r
        WHERE (SELECT (count(a.e2e), coalesce(sum(a.amount_fen), 0)) FROM payment_attempt a
               JOIN payment_payline l ON l.id = a.line_id WHERE l.run_id = r.id)
          <> (SELECT (coalesce(sum(f.lines_count), 0), coalesce(sum(f.total_fen), 0)) FROM payment_bankfile f
              WHERE f.run_id = r.id AND f.direction = 'out')
        ORDER BY r.month LIMIT 1""",
    ),
)


def _first_fault() -> str:
    for check in CHECKS:
        if found := first_row(check.sql, NEVER):
            return f"应当“{check.promise}”，但{found[0]}不符"
    return ""


def promises() -> list[tuple[str, str]]:
    """Every promise with the first row that breaks it (empty: it holds); asked with the county's reach."""
    with over_whole_tables():
        rows = [(check.promise, first_row(check.sql, NEVER)) for check in CHECKS]
    return [(promise, str(row[0]) if row else "") for promise, row in rows]


def verify() -> LedgerState:
    """Check every promise of the ledger over all rows that the session sees; run it with the county's reach."""
    (counts,) = read(_Counts, COUNTS, NEVER)
    with over_whole_tables():
        fault = _first_fault()
    return LedgerState(**vars(counts), fault=fault)
