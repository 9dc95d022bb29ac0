"""标点体检: signs doubled, brackets and quotes left open, sentences without an end, full and half width mixed (D04)."""

import re
from collections.abc import Iterator, Sequence

from opendibao.evaluation.checkup.catalogue import Hit, check
from opendibao.evaluation.checkup.document import Paragraph
from opendibao.evaluation.checkup.finding import Place, Severity
from opendibao.evaluation.checkup.numbering import numbered
from opendibao.evaluation.checkup.report import Report
from opendibao.evaluation.checkup.sentences import HAN, quoted
from opendibao.evaluation.checkup.sheet_table import SheetLine
from opendibao.evaluation.checkup.unfilled import placeholder

_DOUBLED = re.compile(r"[，、；：。,;][，、；：。,;]+|[！？]\s*[，、；：。]|[，、；：。]\s*[！？]")
_OPENING, _CLOSING = "（(《“‘【「『〔[", "）)》”’】」』〕]"
# a bracket in the other width closes as well: that is one matter of width, not of balance
_SAME = str.maketrans("()[]", "（）〔〕")
_PAIRS = dict(zip(_CLOSING.translate(_SAME), _OPENING.translate(_SAME), strict=True))
_ENTRY = re.compile(r"(?:^|(?<=[；。;\s]))\d{1,2}[)）]")  # 1) 2) within a paragraph close nothing
_ENDED = re.compile(r"[。！？；：…;:!?.”’）)】》」』]\s*$")
_HANGING = re.compile(r"[，、,]\s*$")
_SENTENCE_LENGTH = 40  # a line of this length is no caption, even without a comma
_COLUMN_SIGNS = (
    (r"＝", r"(?<![<>])="),
    (r"％", "%"),
    (r"≥|≧", ">=|≥="),
    (r"≤|≦", "<=|≤="),
    ("＞", ">(?!=)"),
    ("＜", "<(?!=)"),
)
_WIDTHS = (
    ("，", rf"(?<={HAN}),(?={HAN}|\d)"),
    ("：", rf"(?<={HAN}):(?={HAN}|\d)"),
    ("；", rf"(?<={HAN});"),
    ("％", r"(?<=\d)\s?%"),
)
_MIXED_BRACKETS = re.compile(r"（[^（）()]*\)|\([^（）()]*）")


@check("D04", Severity.FORMAT, "标点：重复、缺失、不成对、全角半角混用")
def punctuation(report: Report) -> Iterator[Hit]:
    """One hit a paragraph or row, the first that is wrong with it; one for each column of the indicator table."""
    told: set[int] = set()
    for block, text in _texts(report):
        if said := _doubled(text) or _widths(text):
            told.add(block)
            yield Hit(said, Place(block))
    yield from _unbalanced(report, told)
    yield from _unended(report, told)
    for block, table in report.document.tables():
        for row, cells in enumerate(table.rows):
            found = next((said for cell in cells if (said := _doubled(cell) or _pairs(cell) or _widths(cell))), "")
            if found:
                yield Hit(found, Place(block, row))
    if report.sheet:
        yield from _columns(report.sheet.all_lines)


def _texts(report: Report) -> Iterator[tuple[int, str]]:
    """The paragraphs without the number before them: `1)` closes nothing."""
    for block, paragraph in report.document.paragraphs():
        number = numbered(paragraph.text)
        yield block, number.words if number else paragraph.text.strip()


def _doubled(text: str) -> str:
    found = _DOUBLED.search(text)
    if found is None:
        return ""
    around = quoted(text[max(0, found.start() - 8) : found.end() + 4])
    return f"“{around}”里的标点“{found.group()}”重复，只留一个"


def _widths(text: str) -> str:
    for full, half in _WIDTHS:
        if full in text and (found := re.search(half, text)):
            return f"同一段里全角“{full}”和半角“{found.group().strip()}”混用，请统一成一种"
    if found := _MIXED_BRACKETS.search(text):
        return f"括号“{quoted(found.group())}”一边全角、一边半角，请统一"
    return ""


def _open_after(text: str) -> tuple[list[str], str]:
    """Brackets and quotes still open at the end of a text, and the first that closes nothing."""
    waiting: list[str] = []
    for sign in _ENTRY.sub("", text).translate(_SAME):
        if sign in _PAIRS.values():
            waiting.append(sign)
        elif sign in _PAIRS:
            if not waiting or waiting[-1] != _PAIRS[sign]:
                return waiting, sign
            waiting.pop()
    return waiting, ""


def _pairs(text: str) -> str:
    waiting, alone = _open_after(text)
    if alone:
        return f"“{quoted(text)}”里的“{alone}”前面没有对应的另一半，请补上或者删去"
    if waiting:
        return f"“{quoted(text)}”里的“{waiting[-1]}”后面没有对应的另一半，请补上或者删去"
    return f"“{quoted(text)}”里的直引号不成对" if text.count('"') % 2 else ""


def _unbalanced(report: Report, told: set[int]) -> Iterator[Hit]:
    """A bracket may be closed in the next paragraph, where a soft line break stood."""
    texts = [(block, text) for block, text in _texts(report) if text]
    skip = False
    for (block, text), (_, after) in zip(texts, [*texts[1:], (0, "")], strict=True):
        said, skip, was = _pairs(text), False, skip
        if not said or was or block in told:
            continue
        if _open_after(text)[0] and not _open_after(f"{text}{after}")[1] and not _open_after(f"{text}{after}")[0]:
            skip = True
            continue
        told.add(block)
        yield Hit(said, Place(block))


def _unended(report: Report, told: set[int]) -> Iterator[Hit]:
    """Body paragraphs without a closing sign, in a report that otherwise writes them."""
    headings = {section.heading.block for section in report.outline.every() if not section.heading.rest}
    first = min(headings, default=len(report.document.blocks))
    body = [
        (block, paragraph.text.strip())
        for block, paragraph in report.document.paragraphs(first)
        if block not in headings and _is_statement(paragraph)
    ]
    ended = sum(1 for _, text in body if _ENDED.search(text))
    if ended * 10 < len(body) * 7:
        return
    for block, text in body:
        if block in told or _ENDED.search(text) or placeholder(text):
            continue
        if _HANGING.search(text):
            yield Hit(f"“…{quoted(text[-12:])}”以“{text[-1]}”结尾，话没有说完，请补全或者改成句号", Place(block))
        else:
            yield Hit(f"“…{quoted(text[-12:])}”句末漏了标点，请补上句号", Place(block))


def _is_statement(paragraph: Paragraph) -> bool:
    text = paragraph.text.strip()
    if re.match(r"(?:附[表件图]|[表图])\s*\d|注[:：]|单位[:：]", text):
        return False
    return len(text) >= _SENTENCE_LENGTH or (len(text) >= 10 and bool(re.search(r"[，。；]", text)))


def _columns(lines: Sequence[SheetLine]) -> Iterator[Hit]:
    """A sign written in two widths in the columns of targets and actual values: told at the first row of the rarer."""
    cells = [(line, f"{line.target_text}\n{line.actual_text}") for line in lines]
    for full, half in _COLUMN_SIGNS:
        wide = [line for line, text in cells if re.search(full, text)]
        narrow = [line for line, text in cells if re.search(half, text)]
        if wide and narrow:
            fewer = min((narrow, wide), key=len)
            signs = f"“{full[0]}”和“{half.split('|')[0].split(')')[-1]}”"
            yield Hit(f"指标表的{signs}混用（全角和半角各有），请统一成一种", fewer[0].place)
