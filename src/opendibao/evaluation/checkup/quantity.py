"""写着的数: what a cell or a sentence says in number: ≥95%, ＝100％, 336.15万元, 320户610人, 每月10日."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from opendibao.evaluation.checkup.words import (
    DAYS_BEFORE,
    SAME_UNITS,
    SCALED,
    SIGNS_AFTER,
    SIGNS_BEFORE,
    UNITS,
    WIDE,
)
from opendibao.evaluation.scoring import short


@dataclass(frozen=True)
class Quantity:
    """A number as written: its comparison (`≥`, `≤`, `＝`, `＞`, `＜` or ""), its value, its unit ("" where none)."""

    sign: str
    value: Decimal
    unit: str
    text: str

    @property
    def base_unit(self) -> str:
        """What it counts, without 万 or 亿 and without “a year”: 元 of 万元, 次 of 次/年."""
        return SCALED.get(self.unit.split("/")[0], (self.unit.split("/")[0], 1))[0]

    @property
    def base(self) -> Decimal:
        """Its value in `base_unit`: 3361500 of 336.15万元."""
        return self.value * self.scale

    @property
    def step(self) -> Decimal:
        """One in its last printed place, in `base_unit`: 100 of 336.15万元."""
        return Decimal(1).scaleb(int(self.value.as_tuple().exponent)) * self.scale

    @property
    def approximate(self) -> bool:
        """Whether the text itself says that it is rounded: 约, 近, 余, 多."""
        return any(word in self.text for word in ("约", "近", "余", "多人", "多户", "左右"))

    @property
    def scale(self) -> int:
        """How many of `base_unit` its unit is: 10000 of 万元."""
        return SCALED.get(self.unit.split("/")[0], ("", 1))[1]


@dataclass(frozen=True)
class Located:
    """A number of a text with the place where it stands in it."""

    start: int
    end: int
    quantity: Quantity


_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_QUANTITY = re.compile(
    rf"(?:约为?|将?近)?\s*(?P<before>{'|'.join(SIGNS_BEFORE.values())})?\s*(?P<minus>(?<![A-Za-z0-9)%-])-)?(?P<number>{_NUMBER})"
    rf"\s*[余多]?(?P<unit>{'|'.join(UNITS)})?[余多]?"
    rf"(?P<after>\s*(?:{'|'.join(SIGNS_AFTER.values())}|{DAYS_BEFORE}|左右))?"
)
_OF_SHARE = r"(?:个月|万元|[户人件条笔次元份个月])?"
# what is written with digits and yet counts nothing; it is blanked out, so that places stay what they are
_NO_QUANTITY = re.compile(
    "|".join(
        (
            r"^\s*[(]?\d{1,2}[).、](?!\d)",  # the number of a heading
            rf"^\s*\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}\s+(?![\d%]|{'|'.join(UNITS)})",
            r"(?<!\d)(?:19|20)\d\d年?[-—~至到](?:19|20)\d\d年度?",
            r"(?<!\d)(?:19|20)\d\d年(?:度|初|末|底)?(?:\d{1,2}月(?:份|底|初|末)?(?:\d{1,2}[日号])?)?",
            r"(?<!\d)(?:19|20)\d\d(?P<dash>[-./])\d{1,2}(?P=dash)\d{1,2}(?!\d)",
            r"(?<!\d)\d{1,2}月\d{1,2}[日号]",
            r"(?<![\d.])\d{1,2}月(?:份|底|初|末)?",
            r"[〔[(](?:19|20)\d\d[〕\])]\s*(?:第\s*)?\d+号",
            r"[(]\d{1,2}[)](?![户人万元次%])",  # an enumeration within a sentence
            r"(?:第|附表|附件|序号|编号|(?<!代)表|附图)\s*\d+(?:\.\d+)*(?:[条款项号批期章节页]|季度)?(?![人户名])",
            r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9_.]*(?:-\d+)*",
            rf"{_NUMBER}%?\s*[-—–~～至]\s*{_NUMBER}",  # a range; its unit stays behind and belongs to no number
            rf"{_NUMBER}\s*{_OF_SHARE}\s*[/÷]\s*{_NUMBER}{_OF_SHARE}",  # a share by its two numbers
            r"7[×xX*]24|24小时",
        )
    ),
    re.MULTILINE,
)


def plain(text: str) -> str:
    """The text with half-width digits, signs and brackets, of the same length."""
    return text.translate(WIDE)


def located(text: str) -> Iterator[Located]:
    """Every number of a text with its place; years, heading numbers, ranges and shares like 12/12 are none."""
    half = plain(text)
    blanked = _NO_QUANTITY.sub(lambda found: "\0" * len(found.group()), half)
    for found in _QUANTITY.finditer(blanked):
        yield Located(found.start(), found.end(), _made(found, text))


def quantity(text: str) -> Quantity | None:
    """The one number that a cell holds; None where it holds words only, or several numbers."""
    found = quantities(text)
    return found[0] if len(found) == 1 else None


def quantities(text: str) -> tuple[Quantity, ...]:
    """Every number of a sentence with its unit, in order; years and heading numbers are no quantities."""
    return tuple(one.quantity for one in located(text))


def number(text: str) -> Decimal | None:
    """The plain number of a cell of points (`5`, `5分`, `20%`); None where it holds none, or more than a number."""
    found = re.fullmatch(rf"\s*(-?{_NUMBER})\s*[分%]?\s*", plain(text))
    return None if found is None else Decimal(found.group(1).replace(",", ""))


def said(value: Decimal) -> str:
    """A number for a sentence: no exponent, no idle zeros."""
    return short(value)


def half_up(value: Fraction, places: int) -> Decimal:
    """So many decimals, a tie away from nothing; exact, so that no tie is lost to a division before it."""
    whole = int(abs(value) * 10**places + Fraction(1, 2))
    return Decimal(whole if value >= 0 else -whole).scaleb(-places)


def _made(found: re.Match[str], text: str) -> Quantity:
    value = Decimal((found["minus"] or "") + found["number"].replace(",", ""))
    unit = _unit(found["unit"] or "")
    sign = _sign(found["before"] or "", SIGNS_BEFORE) or _sign((found["after"] or "").strip(), SIGNS_AFTER)
    if not sign and unit in ("日", "工作日", "天") and re.fullmatch(DAYS_BEFORE, (found["after"] or "").strip()):
        sign = "≤"
    return Quantity(sign, value, unit, text[found.start() : found.end()].strip())


def _sign(written: str, signs: dict[str, str]) -> str:
    return next((sign for sign, pattern in signs.items() if re.fullmatch(pattern, written)), "") if written else ""


def _unit(written: str) -> str:
    unit = re.sub(r"\s", "", written).replace("每", "/").replace("·", "/")
    return SAME_UNITS.get(unit, unit)
