"""评价年度: the year that a report evaluates, told from its title, else from its text."""

import re
from collections import Counter

from opendibao.evaluation.checkup.report import Report

_TITLE_LINES = 12
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")
_PERIOD = re.compile(r"(?<!\d)(20\d\d)\s*年(?:度|全年|年底|年末|12月31日)")
_NAMES_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*(?:年度|年(?=[^，。；]*(?:报告|自评|评价)))")


def title_year(report: Report) -> int:
    """The year that the title or the cover names as evaluated; 0 where none does."""
    first = report.outline.first_numbered(_TITLE_LINES)
    for _, paragraph in report.document.paragraphs(0, min(first, len(report.document.blocks))):
        if found := _NAMES_YEAR.search(paragraph.text):
            return int(found.group(1))
    return 0


def text_year(report: Report, *, as_period: bool = False) -> int:
    """The year of which the text speaks most often, as its period if it speaks so; 0 where it names none.

    With `as_period` only years that stand as a period count: 2024年度, 2024年底.
    """
    start = report.outline.first_numbered(0)
    text = "\n".join(paragraph.text for _, paragraph in report.document.paragraphs(start))
    found = _PERIOD.findall(text)
    if not found and not as_period:
        found = _YEAR.findall(re.sub(r"[〔（(《][^〕）)》]*[〕）)》]", "", text))
    return int(Counter(found).most_common(1)[0][0]) if found else 0


def evaluated_year(report: Report) -> int:
    """The year of the title, else that of the text; 0 where the report names no year."""
    return title_year(report) or text_year(report)
