"""资金分配合理性: a person judges whether the money was shared out by persons and need."""

from opendibao.evaluation.frameworks import FRAMEWORK
from opendibao.evaluation.indicator import case_runner, judged

INDICATOR = judged(
    "allocation_soundness", "决策", "资金投入", "资金分配合理性",
    source=f"{FRAMEWORK}（决策—资金投入—资金分配合理性）",
    points=(
        "城乡、各乡镇的资金按在保人数和应发金额分配，依据充分",
        "分配的额度与实际发放相适应，没有一地结余、一地缺口",
    ),
)  # fmt: skip
run_case = case_runner(INDICATOR)
