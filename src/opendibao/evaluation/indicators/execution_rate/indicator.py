"""预算执行率: executed over the adjusted budget (EXEC_RATE_BUDGET); not to be mixed with what has arrived."""

from dataclasses import replace

from opendibao.evaluation.figures.executed import EXECUTED, NO_BUDGET, balance_said
from opendibao.evaluation.frameworks import SELF_EVALUATION
from opendibao.evaluation.indicator import Indicator, case_runner, counted_with

RATE = replace(EXECUTED, id="execution_rate", zh="预算执行率（按预算）")
INDICATOR = Indicator(
    "execution_rate", "预算执行", "预算执行率", "预算执行率", (RATE,),
    counted_with(balance_said, NO_BUDGET),
    source=f"{SELF_EVALUATION}（预算执行率＝全年执行数÷全年预算数）",
)  # fmt: skip
run_case = case_runner(INDICATOR)
