"""日期体检: days that do not exist, years other than the evaluated one, a title of another year than its text (D09)."""

import re
from calendar import monthrange
from collections.abc import Iterator

from opendibao.evaluation.checkup.catalogue import Hit, check
from opendibao.evaluation.checkup.finding import Place, Severity
from opendibao.evaluation.checkup.outline import Part
from opendibao.evaluation.checkup.report import Report
from opendibao.evaluation.checkup.sentences import blocks_of, clauses, sentences
from opendibao.evaluation.checkup.vocabulary import any_of
from opendibao.evaluation.checkup.years import evaluated_year, text_year, title_year

_DAY = re.compile(r"(?<!\d)(?:(20\d\d)年)?(\d{1,2})月(\d{1,2})(?:日|号)")
_MONTH = re.compile(r"20\d\d年(\d{1,2})月")
_YEAR = re.compile(r"(?<![\d—–~～-])(20\d\d)\s*年(?!\s*(?:[—–~～至到-]|以来|起|修订|修正|前|后|之前|之后))")
_ASIDE = re.compile(r"[〔（(《“][^〕）)》”]*[〕）)》”]")
# a clause with these words may speak of another year
_OTHER_YEAR = re.compile(rf"{any_of('other_year')}|(?<!截)至")
# what is said of the period as such
_OF_PERIOD = re.compile(r"截至|截止|全年|年度|年底|年末|共有|共发放|累计发放|新增|核减")
_SLACK = 1  # a report is written in the year after the one that it evaluates


@check("D09", Severity.WARNING, "日期不存在、年份不是评价年度、题名与正文年份不一")
def dates_and_years(report: Report) -> Iterator[Hit]:
    """Impossible days anywhere; other years where the report speaks of its period."""
    for block, paragraph in report.document.paragraphs():
        for said in _impossible(paragraph.text):
            yield Hit(f"“{said}”这个日期不存在，请核对", Place(block))
    titled, told = title_year(report), text_year(report, as_period=True)
    if titled and told and titled != told:
        zh = f"题名写的是{titled}年度，正文说的主要是{told}年，请核对是哪一年的评价，改成一致"
        yield Hit(zh, Place(next((block for block, one in report.document.paragraphs() if str(titled) in one.text), 0)))
        return
    if year := evaluated_year(report):
        yield from _other_years(report, year)


def _impossible(text: str) -> Iterator[str]:
    for found in _DAY.finditer(text):
        year, month, day = int(found.group(1) or 2024), int(found.group(2)), int(found.group(3))
        if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
            yield found.group()
    for found in _MONTH.finditer(text):
        if not 1 <= int(found.group(1)) <= 12 and not _DAY.match(text, found.start()):
            yield found.group()


def _other_years(report: Report, year: int) -> Iterator[Hit]:
    aims = blocks_of(report, Part.GOALS, Part.SUGGESTIONS, Part.OTHER)
    told: set[int] = set()
    for one in sentences(report.document.paragraphs()):
        if one.block in told:
            continue
        for clause in clauses(_ASIDE.sub("", one.text)):
            if found := _wrong_year(clause, year, one.block in aims):
                told.add(one.block)
                yield Hit(f"评价年度是{year}年，这里写的是{found}年，请核对", Place(one.block))
                break


def _as_period(clause: str, found: re.Match[str]) -> bool:
    """Whether a year is told as the period itself: 截至2024年, 2024年度, 2024年全年."""
    return clause[: found.start()].endswith(("截至", "截止", "截止到")) or bool(
        re.match(r"\s*(?:度|全年|年?底|年?末|共)", clause[found.end() :])
    )


def _wrong_year(clause: str, year: int, aim: bool) -> int:
    """A year in a clause that is neither the evaluated one nor told as another; 0 where there is none."""
    for found in _YEAR.finditer(clause):
        other = int(found.group(1))
        if other == year or (other == year + _SLACK and not _as_period(clause, found)):
            continue
        if other > year + _SLACK and not aim and not re.search(r"规划|计划|目标|预计|力争|到20", clause):
            return other
        if _OF_PERIOD.search(clause) and not _OTHER_YEAR.search(re.sub(r"年度|年底|年末", "", clause)):
            return other
    return 0
