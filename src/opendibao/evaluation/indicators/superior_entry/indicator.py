"""录入及时率: events the superior system accepted within their term; our own timestamps do not count."""

from opendibao.evaluation.figure import Figure, Total
from opendibao.evaluation.frameworks import SELF_EVALUATION
from opendibao.evaluation.indicator import Indicator, case_runner, plain

ENTERED = Figure(
    "superior_entry",
    "录入数字民政系统及时率",
    "%",
    Total.RATIO,
    """
SELECT d.number, e.happened_on, e.due_on, e.file, e.accepted_on, e.receipt, e.rejected_reason,
  CASE WHEN e.accepted_on <= least(e.due_on, %(known_on)s) THEN 1 ELSE 0 END AS n, 1 AS d
FROM decision_outboxevent e JOIN decision_decision d ON d.id = e.decision_id
WHERE e.due_on BETWEEN %(first)s AND %(last)s AND d.voided_on IS NULL ORDER BY e.happened_on, d.number
""",
    ("决定文号", "发生日期", "期限", "上报文件", "接收日期", "回执号", "退回原因"),
    "到期应录入的事项中，上级系统回执显示在期限内接收的比例",
    "期限内接收",
    "到期应录入的事项",
    exclusions="期限不在本年的事项；没有回执的一律不算录入",
)
INDICATOR = Indicator(
    "superior_entry", "产出指标", "时效指标", "城乡低保对象录入数字民政系统率", (ENTERED,), plain,
    source=SELF_EVALUATION,
)  # fmt: skip
run_case = case_runner(INDICATOR)
