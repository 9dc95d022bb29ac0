"""提纲的词: which words in a heading open which standard part of an evaluation report."""

import re

from opendibao.evaluation.checkup.parts import Part

# the first words that fit open the part; a heading may hold several (主要经验及做法、存在的问题及原因分析)
WORDS: dict[Part, re.Pattern[str]] = {
    part: re.compile(pattern)
    for part, pattern in (
        (
            Part.PROJECT,
            r"项目(?:基本)?概[况述]|(?:项目|资金|单位|基本)概[况述]|^概[况述]|项目(?:背景|简介|介绍|基本情况)",
        ),
        (Part.GOALS, r"(?:绩效|年度|总体|项目)目标(?!值|完成|实现|合理|明确|一致|设[定置])"),
        (Part.PURPOSE, r"评价的?(?:目的|对象|范围)|^目的"),
        (Part.PRINCIPLES, r"(?:评价|基本)的?原则|^原则"),
        (Part.INDICATOR_SYSTEM, r"指标体系"),
        (Part.METHOD, r"(?:评价|评分|工作)的?方法|^方法|、方法"),
        (Part.STANDARD, r"(?:评价|评分)的?标准|、标准|^标准$"),
        (Part.PROCESS, r"(?:评价|自评)(?:工作)?的?(?:过程|程序|步骤|流程)|^(?:评价)?工作过程"),
        (Part.CONCLUSION, r"(?:评价|自评)的?(?:结论|结果)|综合评价|^结论$|总体评价"),
        (Part.DECISIONS, r"决策"),
        (Part.COURSE, r"(?:项目|实施|管理)过程|过程(?:类|指标|情况|管理|分析)|^过程$"),
        (Part.OUTPUT, r"(?:项目|绩效)?产出"),
        (Part.EFFECT, r"(?:项目|实施)(?:效益|效果)|(?:效益|效果)(?:类|指标|情况|分析|实现)|^(?:效益|效果)$"),
        (Part.PRACTICES, r"经验|做法|工作成效|主要成效"),
        (Part.PROBLEMS, r"(?<!说明的)(?<!说明)问题|不足(?:之处)?|困难和|存在的?困难"),
        (Part.SUGGESTIONS, r"建议|改进(?:的)?(?:措施|方向|意见)|下一步|整改(?:措施|意见)"),
        (Part.OTHER, r"其他(?:需要|需)?(?:要)?说明|需要?说明的(?:其他)?(?:问题|事项|情况)|^其他(?:问题|事项|情况)?$"),
    )
}
# a line without number and style opens a part only if it is one of these titles and nothing else
BARE = re.compile(
    r"(?:项目)?基本情况|项目概[况述]|(?:项目)?绩效目标|(?:绩效)?评价工作(?:开展)?情况|(?:绩效)?评价(?:的)?目的(?:、对象和范围)?"
    r"|(?:绩效)?评价(?:的)?原则|(?:绩效)?评价指标体系|(?:绩效)?评价方法|(?:绩效)?评价标准|(?:绩效)?评价工作过程"
    r"|(?:综合评价情况及)?评价结论|综合评价情况|(?:绩效评价)?指标分析|项目(?:决策|过程|产出|效益)(?:情况)?"
    r"|主要(?:经验及)?做法|主要经验(?:及做法)?|存在的?(?:主要)?问题(?:及原因分析)?|主要问题(?:及原因)?|有关建议|(?:对策|改进|意见和)建议|建议"
    r"|改进措施|下一步(?:工作)?(?:打算|建议|措施|计划)|其他需要说明的(?:问题|事项)"
)
# titles of the chapters themselves; every other bare title stands one deeper
CHAPTERS = re.compile(
    r"(?:项目)?基本情况|(?:绩效)?评价工作(?:开展)?情况|(?:综合评价情况及)?评价结论|综合评价情况|(?:绩效评价)?指标分析"
    r"|主要(?:经验及)?做法|主要经验(?:及做法)?|存在的?(?:主要)?问题(?:及原因分析)?|主要问题(?:及原因)?|有关建议|(?:对策|改进|意见和)建议|建议"
    r"|改进措施|下一步(?:工作)?(?:打算|建议|措施|计划)|其他需要说明的(?:问题|事项)"
)


def parts_of(title: str) -> tuple[Part, ...]:
    """The standard parts that a heading names, in the order of the standard."""
    return tuple(part for part, words in WORDS.items() if words.search(title))
