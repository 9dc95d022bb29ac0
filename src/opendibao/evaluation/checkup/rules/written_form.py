"""书写格式体检: numbers in an odd form, days without 日, statements run together, bookmarks (W15)."""

import re
from collections.abc import Iterator, Sequence

from opendibao.evaluation.checkup.catalogue import Hit, check
from opendibao.evaluation.checkup.finding import Place, Severity
from opendibao.evaluation.checkup.report import Report
from opendibao.evaluation.checkup.sentences import HAN, quoted
from opendibao.evaluation.checkup.sequences import odd_forms, quoted_heading, runs
from opendibao.evaluation.checkup.vocabulary import any_of

_PAYS, _REGULARLY = any_of("pays"), any_of("regularly")
_BEFORE = r"(?:之前|以前|前|左右)"
_DAY = re.compile(rf"(?:每月|当月|次月|\d{{1,2}}月)\s*\d{{1,2}}\s*(?={_BEFORE}(?:{HAN}|[，。；]|$))")
_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}(?=\s*(?:[，。；、]|$|止|起|之前|以前|前))")
# units end a statement; a word that begins the next one may not follow them without a sign
_PERSONS_PAID = re.compile(rf"[\d）)](?:户|人|名)(?={any_of('benefit')}?{_REGULARLY}[^，。；]{{0,6}}{_PAYS})")
_RUN_TOGETHER = (
    re.compile(rf"{_PAYS}[^，。；]{{0,14}}\d(?:万|亿)?元(?=(?:{_REGULARLY}|全部|均)[^，。；]{{0,8}}{_PAYS})"),
    re.compile(
        rf"(?:合计|共计|总计)[为：]?\s*(?:[\d,.]+\s*户[、，]?\s*)?[\d,.]+\s*(?:户|人)(?=(?!{any_of('goes_on')}){HAN})(?!\d)"
    ),
    re.compile(
        r"\d(?:户|人|名|万元|亿元|元|次|件|场|[%％])(?=(?:其中|此外|另外|同时|截至|全年共|全县共|本年度|目前)[^，。；]{2})"
    ),
    re.compile(r"\d(?:户|人|名)(?=(?:新增|新纳入|核减|退出|清退|停发)[^，。；、]{0,8}?\d+\s*(?:户|人))"),
)
_TO_WHOM = re.compile(rf"(?:{any_of('to_whom')}|对(?!象))[^，。；]{{0,24}}$")
# these begin a statement unless the word before needs them: 在其中, 的同时
_OPENER = re.compile(
    rf"(?<={HAN})(?<![在从于的并也且能要应和与可将须但正除而又起至到是为之])({any_of('openers')})(?={HAN}|[：，])"
)
_OPENS_ALWAYS = re.compile(rf"(?:户|人|元|名|次|件|场|到位|发放|完成|提高|开展|落实|下降|增长|达标){_OPENER.pattern}")
_BOOKMARK = re.compile(r"\[\s*(?:bookmark|书签)\s*[:：][^\]]*\]", re.IGNORECASE)


@check("W15", Severity.FORMAT, "书写格式：编号形式不一、漏写标点或“日”、留有书签痕迹")
def unusual_writing(report: Report) -> Iterator[Hit]:
    """Look at numbers of headings, at days of a month, at statements without a sign between, at bookmarks."""
    yield from _forms(report)
    for block, paragraph in report.document.paragraphs():
        yield from _days(block, paragraph.text)
        yield from _together(block, paragraph.text)
        yield from _bookmarks(block, paragraph.leftovers, paragraph.text)
    for block, table in report.document.tables():
        yield from _bookmarks(block, table.leftovers, "\n".join(cell for row in table.rows for cell in row))


def _forms(report: Report) -> Iterator[Hit]:
    for run in runs(report):
        for section, usual in odd_forms(run):
            yield Hit(
                f"“{quoted_heading(section)}”的编号写成“{section.heading.mark}”，同级的其他标题写成“{usual}”的样子，请统一",
                Place(section.heading.block),
            )


def _days(block: int, text: str) -> Iterator[Hit]:
    for found in (*_DAY.finditer(text), *_DATE.finditer(text)):
        said = quoted(text[found.start() : found.end() + 2])
        yield Hit(f"“{said}”漏了“日”，应写成“{found.group().strip()}日”", Place(block))


def _together(block: int, text: str) -> Iterator[Hit]:
    for at in sorted(_joints(text))[:1]:
        before, after = text[max(0, at - 10) : at], text[at : at + 8]
        yield Hit(f"“{before}{after}”两句话连在一起，“{after[:4]}”前面漏了标点，请补上", Place(block))


def _joints(text: str) -> Iterator[int]:
    """Where a statement begins in the middle of another."""
    for found in _PERSONS_PAID.finditer(text):
        if not _TO_WHOM.search(text[: found.start()]):
            yield found.end()
    for pattern in _RUN_TOGETHER:
        yield from (found.end() for found in pattern.finditer(text))
    yield from (found.start(1) for found in _OPENS_ALWAYS.finditer(text))


def _bookmarks(block: int, leftovers: Sequence[str], text: str) -> Iterator[Hit]:
    traces = [one for one in leftovers if "_GoBack" in one]
    if found := _BOOKMARK.search(text):
        traces.append(found.group())
    if traces:
        yield Hit(f"留有文字处理软件的书签痕迹（{quoted(traces[-1])}），印发前请删去", Place(block))
