"""按时到账: months whose last first-attempt booking is on or before the due day; beside it the persons never late."""

from collections.abc import Sequence

from opendibao.evaluation.figure import Figure, Measured, Total
from opendibao.evaluation.indicator import NOT_MEASURED, Indicator, Reading, case_runner

MONTHS = Figure(
    "paid_by_tenth",
    "按时到账月份比例",
    "%",
    Total.RATIO,
    """
SELECT to_char(due.month, 'YYYY-MM') AS month, r.due_on, max(a.booked_on) AS last_booked, count(a.e2e) AS lines,
  CASE WHEN bool_and(a.state = 'returned' OR a.state = 'paid' AND a.booked_on <= r.due_on)
    AND max(a.booked_on) IS NOT NULL THEN 1 ELSE 0 END AS n, 1 AS d
FROM generate_series(
  (SELECT CASE WHEN count(*) > 0 THEN greatest(min(month), %(first)s::date) END FROM payment_payrun)::timestamp,
  %(last)s::date::timestamp, interval '1 month') AS due(month)
LEFT JOIN payment_payrun r ON r.month = due.month::date LEFT JOIN payment_payline l ON l.run_id = r.id
LEFT JOIN payment_attempt a ON a.line_id = l.id AND a.number = 1
GROUP BY due.month, r.id ORDER BY due.month
""",
    ("发放月", "期限", "最后到账日", "笔数"),
    "每一笔首次发送都在期限（10日，遇休息日提前）前到账的月份",
    "按时的月份",
    "应发放的月份",
    exclusions="银行退回后补发的笔另列，不计首次发送；第一个发放批次以前的月份",
)
PERSONS = Figure(
    "paid_by_tenth.persons",
    "每月都按时的人数比例",
    "%",
    Total.RATIO,
    """
SELECT h.number, max(l.persons) AS persons, count(DISTINCT l.month) AS months, count(a.e2e) AS on_time,
  CASE WHEN count(a.e2e) = count(DISTINCT l.month) THEN max(l.persons) ELSE 0 END AS n, max(l.persons) AS d
FROM payment_payline l JOIN payment_payrun r ON r.id = l.run_id JOIN registry_household h ON h.id = l.household_id
LEFT JOIN payment_attempt a ON a.line_id = l.id AND a.state = 'paid' AND a.booked_on <= r.due_on
WHERE l.kind = 'regular' AND l.month BETWEEN %(first)s AND %(last)s
  AND NOT EXISTS (SELECT FROM payment_hold gone WHERE gone.line_id = l.id AND gone.outcome = 'cancelled'
    AND gone.settled_on <= %(last)s)
GROUP BY h.id ORDER BY h.number
""",
    ("户编号", "人数", "应发月数", "按时月数"),
    "应发的每个月都在期限内到账的家庭人数比例",
    "每月按时的人数",
    "全部发放人数",
)


def read(measured: Sequence[Measured]) -> Reading:
    """Months count; the share of persons who were never late stands in the note, lest 12/12 hide a late village."""
    months, persons = measured
    if months.value is None:
        return Reading(NOT_MEASURED, None, "0", "0", 0, "没有发放记录")
    return Reading(
        f"{months.n}/{months.d}个月按时",
        months.value,
        str(months.n),
        str(months.d),
        months.rows,
        f"每月都按时到账的人数占{persons.text}（{persons.n}/{persons.d}人）",
    )


INDICATOR = Indicator(
    "paid_by_tenth", "产出指标", "时效指标", "资金每月10号发放到位", (MONTHS, PERSONS), read,
    source="57号第二十五条",
)  # fmt: skip
run_case = case_runner(INDICATOR)
