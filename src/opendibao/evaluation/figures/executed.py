"""执行: what was paid over the budget, and what of the budget has arrived; two rates that are never mixed."""

from opendibao.evaluation.figure import Figure, Measured, Total
from opendibao.kernel.money import wan_yuan_text

ARRIVALS = "各级财政补助资金的下达文号、金额和到位日期"
"""The records without which nobody can say what has arrived."""
NO_BUDGET = "没有批复预算"
EXECUTED = Figure(
    "fund_use",
    "困难群众资金使用率",
    "%",
    Total.RATIO,
    """
SELECT CASE b.area WHEN 'rural' THEN '农村' ELSE '城镇' END AS area, b.approved_fen, coalesce(p.fen, 0) AS executed,
  b.approved_fen - coalesce(p.fen, 0) AS balance, coalesce(p.fen, 0) AS n, b.approved_fen AS d
FROM budget_budgetline b
LEFT JOIN (SELECT area, sum(fen)::bigint AS fen FROM payment_ledgerleg
  WHERE account = 'paid' AND booked_on BETWEEN %(first)s AND %(last)s GROUP BY area) p ON p.area = b.area
WHERE b.year = %(year)s ORDER BY b.area
""",
    ("城乡", "批复预算（分）", "执行数（分）", "结余（负为超支，分）"),
    "银行到账金额与批复（调整后）预算之比，按分计算后一次四舍五入",
    "到账金额（分）",
    "批复预算（分）",
)


def balance_said(one: Measured) -> str:
    """How much of the budget was left or overspent, in words."""
    balance = one.d - one.n
    return f"{'结余' if balance >= 0 else '超支'}{wan_yuan_text(abs(balance))}万元"
