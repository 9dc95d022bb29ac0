"""目标与指标体检: goals that no indicator measures (D07), indicators that serve no goal (D08)."""

import re
from collections.abc import Iterator, Sequence

from opendibao.evaluation.checkup.catalogue import Hit, check
from opendibao.evaluation.checkup.finding import Place, Severity
from opendibao.evaluation.checkup.outline import Part
from opendibao.evaluation.checkup.report import Report
from opendibao.evaluation.checkup.sentences import bigrams, quoted, sentences
from opendibao.evaluation.checkup.sheet_table import SheetLine
from opendibao.evaluation.checkup.vocabulary import fulfilled_by, purposes_of, topics_of, words

_NAMED = re.compile(r"对应(?:的)?指标[:：为是]\s*([^。；]+)")
_SENTENCE_END = re.compile(r"[。；]\s*$")
_SHARED = 2  # pairs of characters that two texts on one subject share at least
_SHORTEST = 5  # a shorter line in the chapter of goals introduces what follows
# words that stand in every goal and every indicator tell nothing about either
_EVERYWHERE = frozenset[str]().union(*(bigrams(word) for word in words("everywhere")))


@check("D07", Severity.DESIGN, "绩效目标没有指标来测")
def goals_without_indicator(report: Report) -> Iterator[Hit]:
    """Sentences of the chapter of goals of which no row of the sheet speaks."""
    lines = report.sheet.lines if report.sheet else ()
    if not lines:
        return
    names = "，".join(f"{line.level2}{line.name}{line.target_text}" for line in lines)
    for block, goal in _goals(report):
        named = _NAMED.search(goal)
        if named is not None and any(line.name in goal for line in lines):
            continue
        # W19 tells of goals that are past
        if not _shares(goal, names) and not any(slogan in goal for slogan in fulfilled_by()):
            yield Hit(
                f"目标“{quoted(goal, 40)}”在指标表里没有指标来测；请增加指标，或者把目标改成测得到的", Place(block)
            )


@check("D08", Severity.DESIGN, "指标不服务于任何绩效目标")
def indicators_without_goal(report: Report) -> Iterator[Hit]:
    """Rows of the sheet of which the chapter of goals does not speak, told together at the first of them."""
    goals = "，".join(goal for _, goal in _goals(report))
    lines = [line for line in (report.sheet.lines if report.sheet else ()) if _measures_a_goal(line)]
    alone = [line for line in lines if not _serves(line, goals)]
    if goals and alone and len(alone) < len(lines):
        names = "、".join(f"“{quoted(line.name, 20)}”" for line in alone)
        yield Hit(
            f"指标{names}找不到对应的绩效目标；请在目标里写上它要做到什么，或者换成能衡量目标的指标", alone[0].place
        )


def _goals(report: Report) -> Sequence[tuple[int, str]]:
    """Each sentence is a goal of its own; a paragraph that names its indicators is one."""
    found: list[tuple[int, str]] = []
    headings = {one.heading.block for one in report.outline.every() if not one.heading.rest}
    for block, paragraph in report.paragraphs(report.section(Part.GOALS)):
        # a heading with a sentence on its line is an entry of a list: （1）按月把钱发到账上。
        if block in headings and not _SENTENCE_END.search(paragraph.text):
            continue
        named = _NAMED.search(paragraph.text) is not None
        goals = [paragraph.text] if named else [one.text for one in sentences([(block, paragraph)])]
        found += [(block, goal) for goal in goals if len(bigrams(goal)) >= _SHORTEST and not goal.endswith(("：", ":"))]
    return found


def _shares(one: str, other: str) -> bool:
    """Whether two texts speak of one subject, by the lists of subjects or by words that they share."""
    if topics_of(one) & topics_of(other):
        return True
    return len((bigrams(one) & bigrams(other)) - _EVERYWHERE) >= _SHARED


def _serves(line: SheetLine, goals: str) -> bool:
    return _shares(f"{line.name}{line.target_text}", goals) or bool(purposes_of(line.name) & purposes_of(goals))


def _measures_a_goal(line: SheetLine) -> bool:
    """Costs, decisions and process serve every goal alike."""
    return not re.search(r"成本|决策|过程|投入", line.level1 + line.level2)
