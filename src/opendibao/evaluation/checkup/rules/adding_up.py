"""合计与分项: totals of the text and of the table that do not equal their parts, by rounding or beyond it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from opendibao.evaluation.checkup.catalogue import Hit, check
from opendibao.evaluation.checkup.compositions import RURAL, URBAN, WHOLES
from opendibao.evaluation.checkup.fact import Composition
from opendibao.evaluation.checkup.finding import Place, Severity
from opendibao.evaluation.checkup.quantity import Quantity, plain, said
from opendibao.evaluation.checkup.report import Report
from opendibao.evaluation.checkup.table_sums import table_sums

_EXPLAINED = re.compile(r"尾差|四舍五入|舍入")
_OF_SCORES = re.compile(r"得分|分值|计分")
# counts are whole: only what is printed in a coarser unit, or as a share, has been rounded
_ROUNDED = re.compile(r"[万千亿]|%|元")
_WHOLE_COUNTY = re.compile(r"^(?=.*(?:城乡|共|总))(?=.*(?:发放|支出|到账|执行|在保|保障)).*低保")
_ADDED = re.compile(r"合计|共计|总计|资金总额")  # a total that says itself that it is the sum
_DIGITS = r"\d[\d,]*(?:\.\d+)?"
_UNIT = r"\s*(?:万?元|[户人次件分])?\s*"
_EQUATION = re.compile(rf"(?<![\d.÷×*/-])(?:{_DIGITS}{_UNIT}\+\s*)+{_DIGITS}{_UNIT}=\s*{_DIGITS}(?![\d.]*\s*[×÷*/%+-])")
_NEARLY = Decimal("0.05")
_FEN = Decimal("0.01")  # money to the fen is not rounded


@dataclass(frozen=True)
class _Sum:
    total: Quantity
    parts: tuple[Quantity, ...]
    named: tuple[str, ...]
    place: Place
    said_of: str

    @property
    def gap(self) -> Decimal:
        return self.total.base - sum((part.base for part in self.parts), Decimal(0))

    @property
    def tail(self) -> Decimal:
        """The most that rounding each printed number once can have moved."""
        if not _ROUNDED.search(self.total.unit) or self.total.step <= _FEN:
            return Decimal(0)
        return sum((one.step / 2 for one in (self.total, *self.parts)), Decimal(0))

    @property
    def whole(self) -> bool:
        """Whether the parts should make the whole."""
        if _ADDED.search(self.said_of) or any(
            all(any(word.search(name) for name in self.named) for word in words) for words in WHOLES
        ):
            return True
        return bool(self.total.base) and abs(self.gap) <= self.total.base * _NEARLY

    def told(self) -> str:
        """The sum in words, in the unit of the total."""
        scale = self.total.base / self.total.value if self.total.value else Decimal(1)
        unit = self.total.unit
        parts = "＋".join(said(part.base / scale) for part in self.parts)
        added = said(sum((part.base for part in self.parts), Decimal(0)) / scale)
        return f"{self.said_of}{self.total.text}与分项{parts}＝{added}{unit}相差{said(abs(self.gap) / scale)}{unit}"


@check("W01", Severity.ERROR, "合计与分项之和差一个尾数，没有舍入说明")
def rounding_tail(report: Report) -> Iterator[Hit]:
    """A difference that rounding explains must be explained."""
    for one in _sums(report):
        if one.gap and abs(one.gap) <= one.tail and not _is_explained(report):
            zh = f"{one.told()}，是各自四舍五入留下的尾差。请按原始数（元、分）重算，或者在旁边写明舍入说明"
            yield Hit(zh, one.place)
    for column in table_sums(report):
        if column.gap and abs(column.gap) <= column.tail and not _is_explained(report):
            yield Hit(f"{column.told()}，是各自四舍五入留下的尾差。请在表下写明舍入说明", column.place)


@check("C01", Severity.ERROR, "分项相加不等于合计")
def parts_and_whole(report: Report) -> Iterator[Hit]:
    """A difference beyond rounding is a wrong number."""
    for one in _sums(report):
        if one.gap and abs(one.gap) > one.tail and one.whole:
            yield Hit(f"{one.told()}，不是舍入能说明的。请核对合计和每个分项，改掉错的那个数", one.place)
    for block, told in _equations(report):
        yield Hit(f"{told}，与右边不等。请核对每个数", Place(block))
    for column in table_sums(report):
        if abs(column.gap) > column.tail:
            yield Hit(f"{column.told()}，相差{said(abs(column.gap))}。请核对合计和各行", column.place)


def _equations(report: Report) -> Iterator[tuple[int, str]]:
    """Sums that the text writes out, 320＋80＝400, and gets wrong."""
    for block, paragraph in report.document.paragraphs():
        for found in _EQUATION.finditer(plain(paragraph.text)):
            left, _, right = found.group().partition("=")
            parts = [Decimal(one.replace(",", "")) for one in re.findall(_DIGITS, left)]
            total = Decimal(re.findall(_DIGITS, right)[0].replace(",", ""))
            if sum(parts, Decimal(0)) != total:
                yield block, f"算式“{found.group()}”左边相加是{said(sum(parts, Decimal(0)))}"


def _is_explained(report: Report) -> bool:
    return any(
        _EXPLAINED.search(sentence) and not _OF_SCORES.search(sentence) for sentence in re.split(r"[。\n]", report.text)
    )


def _sums(report: Report) -> Iterator[_Sum]:
    for one in report.compositions:
        if not any(fact.quantity.approximate for fact in (one.total, *one.parts)):
            yield _of(one)
    yield from _of_sheet(report)
    yield from _of_funds(report)


def _of_funds(report: Report) -> Iterator[_Sum]:
    """The rows under the whole sum in the funds block: 当年财政拨款, 上年结转资金, 其他资金."""
    funds = report.funds
    if funds is not None:
        for parts, total, names in funds.sums():
            yield _Sum(total, parts, names, Place(funds.block, funds.row), "资金总额")


def _of(one: Composition) -> _Sum:
    return _Sum(
        one.total.quantity,
        tuple(part.quantity for part in one.parts),
        tuple(part.about for part in one.parts),
        Place(one.total.block),
        one.total.about.split("：")[-1],
    )


def _of_sheet(report: Report) -> Iterator[_Sum]:
    """The rural and the urban row of the table against a total that the text gives without its parts."""
    lines = report.sheet.lines if report.sheet else ()
    for unit in ("元", "人", "户"):
        alike = [one for one in lines if one.actual and one.actual.base_unit == unit and not one.actual.sign]
        rural = [one for one in alike if RURAL.search(one.name) and not URBAN.search(one.name)]
        urban = [one for one in alike if URBAN.search(one.name) and not RURAL.search(one.name)]
        if len(rural) != 1 or len(urban) != 1 or rural[0].actual is None or urban[0].actual is None:
            continue
        parts = (rural[0].actual, urban[0].actual)
        for fact in report.facts:
            if (
                fact.quantity.base_unit == unit
                and _WHOLE_COUNTY.search(fact.about)
                and not _split(report, fact.at, fact.block)
            ):
                total = fact.quantity
                yield _Sum(total, parts, (rural[0].name, urban[0].name), Place(fact.block), fact.about.split("：")[-1])


def _split(report: Report, at: int, block: int) -> bool:
    return any(one.total.block == block and one.total.at == at for one in report.compositions)
