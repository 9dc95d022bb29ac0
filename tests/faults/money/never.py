"""钱上绝不能有的事: asked of the tables alone in one question, past every action and past the product's own check."""

from datetime import date
from functools import lru_cache
from typing import Any, cast

from django.db import connection

from opendibao.payment.booking import shares_of
from opendibao.payment.ledger import CHECKS
from opendibao.rulemaking.queries import pack_in_force

# each part names what is at fault; nothing comes back where all holds
NEVER = """
SELECT 'I1 一笔有两次未了结的发送 ' || line_id FROM payment_attempt WHERE state <> 'returned'
GROUP BY line_id HAVING count(*) > 1
UNION ALL
SELECT 'I1 一户一月两笔 ' || household_id || ' ' || month FROM payment_payline WHERE kind = 'regular'
GROUP BY household_id, month HAVING count(*) > 1
UNION ALL
SELECT 'I2 文件与发送不符 ' || f.name FROM payment_bankfile f
WHERE f.kind = 'pay' AND f.direction = 'out' AND (f.lines_count, f.total_fen) <> (
  SELECT count(*), coalesce(sum(a.amount_fen), 0) FROM payment_attempt a
  WHERE a.run_id = f.run_id AND a.file_no = f.file_no)
UNION ALL
SELECT 'I2 发送不在文件里 ' || a.e2e FROM payment_attempt a WHERE NOT EXISTS (
  SELECT FROM payment_bankfile f WHERE f.kind = 'pay' AND f.direction = 'out' AND f.run_id = a.run_id
    AND f.file_no = a.file_no)
UNION ALL
SELECT 'I2 批次与明细不符 ' || r.month FROM payment_payrun r LEFT JOIN payment_payline l ON l.run_id = r.id
GROUP BY r.id HAVING (r.lines_count, r.total_fen) <> (count(l.id), coalesce(sum(l.amount_fen), 0))
UNION ALL
SELECT 'I3 凭证不平 ' || e.id FROM payment_ledgerentry e LEFT JOIN payment_ledgerleg g ON g.entry_id = e.id
GROUP BY e.id HAVING coalesce(sum(g.fen), 1) <> 0
UNION ALL
SELECT 'I4 已送不等于各项之和 ' || r.month FROM payment_payrun r JOIN payment_attempt a ON a.run_id = r.id
GROUP BY r.id HAVING sum(a.amount_fen) <> sum(a.amount_fen) FILTER (
  WHERE a.state IN ('paid', 'differs', 'returned', 'sent', 'unknown'))
UNION ALL
SELECT 'I4 发送与台账不符 ' || a.e2e FROM payment_attempt a
LEFT JOIN payment_ledgerleg g ON g.attempt_id = a.e2e
LEFT JOIN payment_attempt again ON again.line_id = a.line_id AND again.number = a.number + 1
GROUP BY a.e2e, again.e2e HAVING
  coalesce(sum(g.fen) FILTER (WHERE g.account = 'paid'), 0)
    <> CASE WHEN a.state = 'paid' THEN a.amount_fen ELSE 0 END
  OR coalesce(sum(g.fen) FILTER (WHERE g.account = 'transit'), 0)
    <> CASE WHEN a.state IN ('sent', 'unknown', 'differs') THEN a.amount_fen ELSE 0 END
  OR coalesce(sum(g.fen) FILTER (WHERE g.account = 'returned'), 0)
    <> CASE WHEN a.state = 'returned' AND again.e2e IS NULL THEN a.amount_fen ELSE 0 END
UNION ALL
SELECT 'I5 一人两岗 ' || month FROM payment_payrun
WHERE maker = checker OR (finance <> '' AND finance IN (maker, checker))
  OR (second_finance <> '' AND second_finance IN (maker, checker, finance))
UNION ALL
SELECT 'I6 没有当月有效的决定 ' || l.id FROM payment_payline l JOIN decision_decision d ON d.id = l.decision_id
WHERE d.household_id <> l.household_id OR d.amount_fen <> l.amount_fen OR d.kind IN ('stop', 'refuse')
  OR d.voided_on IS NOT NULL OR l.month < d.first_month
UNION ALL
SELECT 'I6 暂缓的送出了 ' || a.e2e FROM payment_attempt a JOIN payment_hold h ON h.line_id = a.line_id
WHERE h.outcome <> 'released'
UNION ALL
SELECT 'I6 送到了空账号 ' || e2e FROM payment_attempt WHERE account = '' OR holder = ''
UNION ALL
SELECT '未审核就送出 ' || a.e2e FROM payment_attempt a JOIN payment_payrun r ON r.id = a.run_id
WHERE r.finance = '' OR r.state NOT IN ('sent', 'closed')
UNION ALL
SELECT '核对未处理就复核 ' || f.id FROM payment_finding f JOIN payment_payrun r ON r.id = f.run_id
WHERE f.outcome = '' AND r.state <> 'computed'
UNION ALL
SELECT '上月未关账就编制 ' || r.month FROM payment_payrun r JOIN payment_payrun f
  ON f.month = r.month - interval '1 month' WHERE f.state <> 'closed'
UNION ALL
SELECT '回盘不符却记成功 ' || a.e2e FROM payment_attempt a JOIN payment_inboundline i ON i.attempt_id = a.e2e
GROUP BY a.e2e HAVING a.state = 'paid' AND NOT bool_or(
  i.verdict = 'fits' AND i.word = '成功' AND i.fen = a.amount_fen AND i.holder IN ('', a.holder)
  AND i.booked_on = a.booked_on)
"""
BALANCES = "SELECT account, area, sum(fen)::bigint FROM payment_ledgerleg GROUP BY account, area HAVING sum(fen) <> 0"
SENDINGS = "SELECT e2e, state, account FROM payment_attempt"


PARAMETERS = ("runs", "central", "province", "city")
RUNS = "SELECT id, month FROM payment_payrun ORDER BY id"
_prepared: dict[str, str] = {}
_known_by: list[object] = []


def _raw() -> Any:
    """The driver's own connection; what was prepared on another one is forgotten."""
    connection.ensure_connection()
    raw = connection.connection
    if not _known_by or _known_by[0] is not raw:
        _known_by[:] = [raw]
        _prepared.clear()
    return cast(Any, raw)


def rows(question: str, *values: Any, types: str = "") -> list[tuple[Any, ...]]:
    """Rows of a question that is asked thousands of times: planned once for each connection."""
    raw = _raw()
    if question not in _prepared:
        _prepared[question] = f"asked_{len(_prepared)}"
        raw.execute(f"PREPARE {_prepared[question]} {types} AS {question}")
    given = f"({', '.join(['%s'] * len(values))})" if values else ""
    found: list[tuple[Any, ...]] = raw.execute(f"EXECUTE {_prepared[question]} {given}", values or None).fetchall()
    return found


def _whole_ledger() -> str:
    """All promises of the product's own check in one question."""
    text = " UNION ALL ".join(
        f"(SELECT '{check.promise}：' || fault FROM ({check.sql}) AS found (fault))" for check in CHECKS
    )
    for place, name in enumerate(PARAMETERS, 1):
        text = text.replace(f"%({name})s", f"${place}")
    return text


@lru_cache
def _shares(month: date) -> tuple[int, ...]:
    shares = shares_of(month, pack_in_force())
    return tuple(shares[place] for place in range(3))


def unkept() -> list[str]:
    """What the product's own check of the ledger finds."""
    runs = rows(RUNS)
    shares = [_shares(month) for _, month in runs]
    values = [[pk for pk, _ in runs], *[[share[place] for share in shares] for place in range(3)]]
    return [fault for (fault,) in rows(_whole_ledger(), *values, types="(bigint[], bigint[], bigint[], bigint[])")]


def broken() -> list[str]:
    """What must never be."""
    return [what for (what,) in rows(NEVER)]


def balances() -> dict[tuple[str, str], int]:
    """What lies in each account of the ledger and area, in fen; empty accounts are left out."""
    return {(account, area): fen for account, area, fen in rows(BALANCES)}


def sendings() -> dict[str, tuple[str, str]]:
    """How every sending stands and whither it went, by its number."""
    return {e2e: (state, account) for e2e, state, account in rows(SENDINGS)}
