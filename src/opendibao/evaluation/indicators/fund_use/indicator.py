"""资金使用率: executed fen over the adjusted budget, with what is left over or overspent."""

from collections.abc import Sequence
from dataclasses import replace

from opendibao.evaluation.figure import Figure, Measured, Total
from opendibao.evaluation.indicator import Indicator, Reading, case_runner, plain
from opendibao.kernel.money import wan_yuan_text

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


def read(measured: Sequence[Measured]) -> Reading:
    """The rate, and in words how much was left or overspent."""
    reading, first = plain(measured), measured[0]
    if first.value is None:
        return replace(reading, note="没有批复预算")
    balance = first.d - first.n
    return replace(reading, note=f"{'结余' if balance >= 0 else '超支'}{wan_yuan_text(abs(balance))}万元")


INDICATOR = Indicator("fund_use", "效益指标", "经济效益指标", "困难群众资金使用率", (EXECUTED,), read)
run_case = case_runner(INDICATOR)
