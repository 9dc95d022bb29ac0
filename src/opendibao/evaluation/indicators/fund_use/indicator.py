"""资金使用率: executed fen over the adjusted budget, with what is left over or overspent."""

from opendibao.evaluation.figures.executed import EXECUTED, NO_BUDGET, balance_said
from opendibao.evaluation.frameworks import SELF_EVALUATION
from opendibao.evaluation.indicator import Direction, Indicator, case_runner, counted_with

INDICATOR = Indicator(
    "fund_use", "效益指标", "经济效益指标", "困难群众资金使用率", (EXECUTED,),
    counted_with(balance_said, NO_BUDGET),
    source=SELF_EVALUATION, good=Direction.EQUAL,
)  # fmt: skip
run_case = case_runner(INDICATOR)
