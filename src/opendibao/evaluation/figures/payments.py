"""资金: what the bank booked in the year, as printed in 万元 from one ledger in fen."""

from opendibao.evaluation import sql
from opendibao.evaluation.figure import Figure, Total

HEADS = ("户编号", "户主", "乡镇", "村社区", "发放月", "到账日", "账号", "决定文号", "金额（元）")
BOOKED = "银行在本年记账到户的保障金，按分汇总后一次四舍五入为万元"


def _paid(name: str, zh: str, area: str) -> Figure:
    return Figure(
        name,
        zh,
        "万元",
        Total.FEN,
        sql.PAID.format(area=area),
        HEADS,
        BOOKED,
        numerator="本年到账金额（分）",
        exclusions="退回未补发的金额",
        private=("户主", "账号"),
    )


RETURNED = """
SELECT h.number AS household, village.name AS village, to_char(line.month, 'YYYY-MM') AS month, attempt.sent_on,
  attempt.reason, again.booked_on AS again_on,
  CASE WHEN again.booked_on <= %(known_on)s AND again.number = attempt.number + 1 THEN 1 ELSE 0 END AS n, 1 AS d
FROM payment_attempt attempt
JOIN payment_payline line ON line.id = attempt.line_id
JOIN registry_household h ON h.id = line.household_id
LEFT JOIN registry_division village ON village.code = line.division
LEFT JOIN payment_attempt again ON again.line_id = line.id AND again.state = 'paid'
WHERE attempt.state = 'returned' AND attempt.sent_on BETWEEN %(first)s AND %(last)s
ORDER BY line.month, line.division, h.number
"""
RECONCILED = """
SELECT to_char(r.month, 'YYYY-MM') AS month, r.lines_count, r.closed_on, r.file_sha256,
  CASE WHEN r.closed_on <= %(known_on)s THEN 1 ELSE 0 END AS n, 1 AS d
FROM payment_payrun r WHERE r.month BETWEEN %(first)s AND %(last)s ORDER BY r.month
"""

FIGURES = (
    _paid("paid", "全年发放低保金", ""),
    _paid("paid.rural", "农村低保金", "AND leg.area = 'rural'"),
    _paid("paid.urban", "城镇低保金", "AND leg.area = 'urban'"),
    Figure(
        "returned",
        "银行退回笔数",
        "笔",
        Total.COUNT,
        RETURNED,
        ("户编号", "村社区", "发放月", "送银行日期", "退回原因", "补发到账日"),
        "银行退回的发送；同一笔明细改正账户后再次发送",
    ),
    Figure(
        "reissued",
        "退回后已补发笔数",
        "笔",
        Total.SUM,
        RETURNED,
        ("户编号", "村社区", "发放月", "送银行日期", "退回原因", "补发到账日"),
        "退回的发送中，其明细后来已到账的笔数",
    ),
    Figure(
        "months.closed",
        "已对账关账月份",
        "个月",
        Total.SUM,
        RECONCILED,
        ("发放月", "笔数", "关账日期", "文件校验"),
        "全部明细都有银行结果、已关账的发放批次",
    ),
)
