"""章节体检: headings with nothing beneath, chapters of the standard outline that are missing (W13, D11, D12)."""

import re
from collections.abc import Iterator

from opendibao.evaluation.checkup.catalogue import Hit, check
from opendibao.evaluation.checkup.finding import Place, Severity
from opendibao.evaluation.checkup.items import is_empty
from opendibao.evaluation.checkup.outline import Part, Section
from opendibao.evaluation.checkup.report import Report

_ANALYSIS = frozenset({Part.DECISIONS, Part.COURSE, Part.OUTPUT, Part.EFFECT})
# chapters of the standard outline (财预〔2020〕10号附件3), each with the parts that show that it is there
_CHAPTERS: tuple[tuple[str, str, frozenset[Part]], ...] = (
    ("基本情况", "基本情况", frozenset({Part.PROJECT})),
    ("项目绩效目标", "目标", frozenset({Part.GOALS})),
    ("绩效评价工作开展情况", "评价工作", frozenset({Part.PURPOSE, Part.PROCESS, Part.METHOD, Part.PRINCIPLES})),
    ("综合评价情况及评价结论", "结论", frozenset({Part.CONCLUSION})),
    ("绩效评价指标分析", "指标[^，。]*分析|分析[^，。]*指标|指标完成情况", _ANALYSIS),
    ("主要经验及做法", "经验", frozenset({Part.PRACTICES})),
    ("存在的问题及原因分析", "问题", frozenset({Part.PROBLEMS})),
    ("有关建议", "建议", frozenset({Part.SUGGESTIONS})),
    ("其他需要说明的问题", "其他", frozenset({Part.OTHER})),
)
# a unit's own evaluation is a form with a short report: of the outline only these are asked of it
_OWN_CHAPTERS = frozenset({"基本情况", "项目绩效目标", "综合评价情况及评价结论", "存在的问题及原因分析", "有关建议"})
_FOLLOWS_STANDARD = 6  # a report with so many of the chapters is written after the standard outline
_TITLE = 20  # a longer line, or one with a comma, is an entry of a list and no heading
# W11, W13 and W03 tell of these when they are empty
_TOLD_ELSEWHERE = {Part.SUGGESTIONS, Part.INDICATOR_SYSTEM}


@check("W13", Severity.WARNING, "评价指标体系只有标题，没有内容")
def indicator_system_without_content(report: Report) -> Iterator[Hit]:
    """The heading 评价指标体系 with nothing beneath it."""
    section = report.section(Part.INDICATOR_SYSTEM)
    if section is not None and is_empty(report, section) and "附" not in section.heading.title:
        yield Hit(
            "“评价指标体系”只有标题，下面没有内容；请写明指标怎样分级、怎样取数和计分，或者写明见哪一张附表",
            Place(section.heading.block),
        )


@check("D11", Severity.WARNING, "缺少标准提纲要求的一章")
def missing_chapters(report: Report) -> Iterator[Hit]:
    """Chapters that a report written after the standard outline does not have."""
    every = report.outline.every()
    missing = [name for name, word, parts in _CHAPTERS if not any(_opens(one, word, parts) for one in every)]
    if len(_CHAPTERS) - len(missing) >= _FOLLOWS_STANDARD:
        # one that has all of them but one was to have that too
        is_short_form = len(missing) > 1 and _is_self_evaluation(report)
        for name in missing:
            if name not in _OWN_CHAPTERS and is_short_form:
                continue
            yield Hit(f"没有“{name}”这一部分；绩效评价报告的标准提纲要求写，没有内容也要写明“无”")


@check("D12", Severity.WARNING, "标题下面没有内容")
def empty_headings(report: Report) -> Iterator[Hit]:
    """Headings with nothing beneath them; entries of a list are none."""
    for section in report.outline.every():
        if not section.sections and is_empty(report, section) and _is_title(report, section):
            yield Hit(
                f"“{section.heading.title}”只有标题，下面没有内容；请补写，确实没有的写“无”",
                Place(section.heading.block),
            )


def _is_self_evaluation(report: Report) -> bool:
    """Whether the title is that of a unit's own evaluation, for which the outline of annex 3 is not prescribed."""
    first = next((one.text for _, one in report.document.paragraphs() if one.text.strip()), "")
    return "自评" in first and "部门评价" not in first and "财政评价" not in first


def _opens(section: Section, word: str, parts: frozenset[Part]) -> bool:
    """Whether a heading opens a chapter; one that names several leaves each to its own heading inside."""
    named = parts & set(section.parts)
    inside = {part for one in section.sections for part in one.parts}
    if named and (len(section.parts) == 1 or not inside & set(section.parts) or named & inside):
        return True
    return section.heading.level == 1 and not section.parts and bool(re.search(word, section.heading.title))


def _is_title(report: Report, section: Section) -> bool:
    title = section.heading.title
    if _TOLD_ELSEWHERE & set(section.parts) or "附" in title or len(title) > _TITLE or "，" in title or "。" in title:
        return False
    if section.parts or section.heading.level == 1:
        return True
    around = [one for one in _siblings(report, section) if one is not section]
    return bool(around) and all(not is_empty(report, one) for one in around)


def _siblings(report: Report, section: Section) -> tuple[Section, ...]:
    above = [one for one in report.outline.path_of(section.heading.block) if one is not section]
    return above[-1].sections if above else report.outline.sections
