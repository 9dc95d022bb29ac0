"""指标分析体检: the analysis of decisions that tells of the process, or of what the sheet does not hold (W14)."""

import re
from collections.abc import Iterator

from opendibao.evaluation.checkup.catalogue import Hit, check
from opendibao.evaluation.checkup.finding import Place, Severity
from opendibao.evaluation.checkup.items import says_nothing
from opendibao.evaluation.checkup.outline import Part, Section
from opendibao.evaluation.checkup.report import Report
from opendibao.evaluation.checkup.sentences import sentences
from opendibao.evaluation.checkup.vocabulary import any_of

_PROCESS, _DECISION = re.compile(any_of("process_words")), re.compile(any_of("decision_words"))
_UNSCORED = re.compile(r"只作说明|不计分|不打分|不设(?:决策|过程)|没有(?:决策|过程)类?指标")
_GROUPS = {Part.DECISIONS: "决策", Part.COURSE: "过程"}


@check("W14", Severity.WARNING, "决策分析写的是经办过程，或者分析了指标表没有的决策、过程指标")
def analysis_beside_the_sheet(report: Report) -> Iterator[Hit]:
    """What stands under 项目决策情况 is no decision; scores are told of a group that the sheet does not have."""
    section = report.section(Part.DECISIONS)
    text = report.text_of(Part.DECISIONS)
    missing = [
        name for part, name in _GROUPS.items() if report.section(part) is not None and not _has_group(report, name)
    ]
    beside = f"指标表里也没有{'、'.join(missing)}类指标。" if missing and report.sheet else ""
    if section is not None and _PROCESS.search(text) and not _DECISION.search(text):
        word = _PROCESS.findall(text)[0]
        yield Hit(
            f"“项目决策情况”写的是“{word}”一类的经办过程，没有写立项依据、绩效目标和资金投入；{beside}请按决策的内容重写",
            Place(section.heading.block),
        )
        return
    for part, name in _GROUPS.items():
        section = report.section(part)
        if section is not None and report.sheet and name in missing and _analyses(report, section, name):
            zh = f"这一节分析{name}，指标表里却没有{name}类指标；请补上指标，或者写明这一节只作说明、不计分"
            yield Hit(zh, Place(section.heading.block))
            return


def _has_group(report: Report, name: str) -> bool:
    lines = report.sheet.lines if report.sheet else ()
    return any(name in line.level1 or (name == "决策" and "投入" in line.level1) for line in lines)


def _analyses(report: Report, section: Section, name: str) -> bool:
    """Whether a section says anything of its own: not 无, not only rows that the sheet holds, not 不计分."""
    if says_nothing(report, section) or _is_unscored(report, section, name):
        return False
    rows = [line.name for line in report.sheet.lines] if report.sheet else []
    told = [section.heading.rest, *(paragraph.text for _, paragraph in report.paragraphs(section))]
    return not any(row in text for row in rows for text in told)


def _is_unscored(report: Report, section: Section, group: str) -> bool:
    """Whether the section, or a sentence elsewhere that names its group, says that no points are given for it."""
    inside = range(section.heading.block, section.last)
    return any(
        _UNSCORED.search(one.text) and (one.block in inside or group in one.text)
        for one in sentences(report.document.paragraphs())
    )
