"""编号体检: numbers of headings that skip, repeat or go back (D01)."""

import re
from collections.abc import Iterator

from opendibao.evaluation.checkup.catalogue import Hit, check
from opendibao.evaluation.checkup.finding import Place, Severity
from opendibao.evaluation.checkup.report import Report
from opendibao.evaluation.checkup.sequences import runs, slip_of

_POINT = re.compile(r"(?:^|[，。；：:,;\s])([一二三四五六七八九])是")
_COUNT = "一二三四五六七八九"


@check("D01", Severity.FORMAT, "标题或列项的编号跳号、重号、倒退")
def numbers_that_do_not_follow(report: Report) -> Iterator[Hit]:
    """Name the first number of every list that does not follow from the one before."""
    for run in runs(report):
        if slip := slip_of(report, run):
            yield Hit(f"编号{slip.zh}，请按顺序重编", Place(slip.section.heading.block))
    for block, paragraph in report.document.paragraphs():
        points = [_COUNT.index(found) + 1 for found in _POINT.findall(paragraph.text)]
        if points and points[0] == 1 and points != list(range(1, len(points) + 1)):
            listed = "、".join(f"{_COUNT[point - 1]}是" for point in points)
            yield Hit(f"段内列项的次序是“{listed}”，不连续，请按顺序重编", Place(block))
