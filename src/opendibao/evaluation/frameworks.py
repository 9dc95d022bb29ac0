"""依据: the frameworks that ask for an indicator, named once; their texts have not been compared with ours yet."""

SELF_EVALUATION = "财预〔2020〕10号：项目支出绩效自评表"
FRAMEWORK = "财预〔2020〕10号附件2：项目支出绩效评价指标体系框架"
COST_GUIDE = "财预〔2021〕101号：成本指标"
