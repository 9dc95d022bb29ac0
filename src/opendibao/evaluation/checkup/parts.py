"""标准各部分: the parts of an evaluation report as the standard outline names them (财预〔2020〕10号 annex 3)."""

from enum import StrEnum


class Part(StrEnum):
    """The standard parts of an evaluation report, told from the words of its headings."""

    PROJECT = "项目概况"
    GOALS = "项目绩效目标"
    PURPOSE = "评价目的、对象和范围"
    PRINCIPLES = "评价原则"
    INDICATOR_SYSTEM = "评价指标体系"
    METHOD = "评价方法"
    STANDARD = "评价标准"
    PROCESS = "评价工作过程"
    CONCLUSION = "综合评价情况及评价结论"
    DECISIONS = "项目决策情况"
    COURSE = "项目过程情况"
    OUTPUT = "项目产出情况"
    EFFECT = "项目效益情况"
    PRACTICES = "主要经验及做法"
    PROBLEMS = "存在的问题及原因分析"
    SUGGESTIONS = "有关建议"
    OTHER = "其他需要说明的问题"
