"""没有读出来的: a table whose cells came as loose lines, and a text that is no report (R01, R02)."""

import re
from collections.abc import Iterator

from opendibao.evaluation.checkup.catalogue import Hit, check
from opendibao.evaluation.checkup.finding import Place, Severity
from opendibao.evaluation.checkup.outline import Part
from opendibao.evaluation.checkup.report import Report

_HEADS = re.compile(r"[一二三]级指标|(?:年度)?(?:指标|目标)值|实际完成值|完成值|分值|权重|(?:自评)?得分")
_LONGEST_LINE = 80  # a line of heads, not a sentence that speaks of them
_ENOUGH = 4  # different heads that together are a table's
_NEAR = 16  # blocks over which the heads of one table are spread when each cell is a line


@check("R01", Severity.WARNING, "文字里有指标表的表头，表却没有读出来")
def unread_table(report: Report) -> Iterator[Hit]:
    """Heads of an indicator table stand among the paragraphs and no table was read: its faults would go unseen."""
    if report.sheet is not None:
        return
    seen: dict[str, int] = {}
    for block, paragraph in report.document.paragraphs():
        if len("".join(paragraph.text.split())) > _LONGEST_LINE:
            continue
        for head in _HEADS.findall(paragraph.text):
            seen[head] = block
        near = {head for head, place in seen.items() if block - place <= _NEAR}
        if len(near) >= _ENOUGH:
            yield Hit(
                "这里像是指标表，但是单元格散成了一行行的文字，没有读成表，表里的问题查不到；请用 Word 原稿，"
                "或者每行一条、格子之间用制表符或“|”隔开，再查一遍",
                Place(min(seen[head] for head in near)),
            )
            return


@check("R02", Severity.WARNING, "没有认出评价报告的章节和指标表")
def no_report(report: Report) -> Iterator[Hit]:
    """Neither a standard part nor an indicator table: that nothing is found says nothing of such a text."""
    if report.sheet is None and all(report.section(part) is None for part in Part):
        yield Hit("全文没有认出一个评价报告的章节，也没有指标表，没有发现问题不等于没有问题；请核对是不是选错了文件")
