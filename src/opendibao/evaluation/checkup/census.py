"""在保和增减: households and persons that the text counts, opening, entered, left and closing, by area."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from opendibao.evaluation.checkup.compositions import RURAL, URBAN
from opendibao.evaluation.checkup.fact import Fact


class Moment(StrEnum):
    """What a count is of: those on the books at the start, those who came, those who went, those at the end."""

    OPENING = "年初在保"
    ENTERED = "新增"
    LEFT = "退出"
    CLOSING = "年末在保"


class Area(StrEnum):
    """Whom a count covers."""

    ALL = "城乡"
    RURAL = "农村"
    URBAN = "城镇"


# the last of these words before a number tells its moment; 年初在保 is the opening, so that its words go together
_WORDS = re.compile(
    r"(?P<OPENING>(?:年初|期初|起初|上年(?:年)?[末底]|上年度末|去年(?:年)?[末底]|上一?年结[转存]|上期末|上年12月)[^，。；\d]{0,8})"
    r"|(?P<LEFT>核减|退出|清退|停发|停保|取消|注销|退保|出保|脱保|减保|调出|迁出|剔除|终止|核销|销户|渐退"
    r"|停止(?:发放|保障|救助)|不再享受|减少(?:低保|对象|保障|了?$))"
    r"|(?P<ENTERED>新增|新纳入|新批准?|新进|新确认|新认定|新审批|新享受|新保|增保|入保|纳保|调入|迁入|纳入(?:低保|保障|$)"
    r"|增加(?:低保|对象|保障|了?$))"
    r"|(?P<CLOSING>在保|年[末底]|年终|期末|共有|现有|目前|截至|截止|享受低保|保障城乡|月\d*日)"
)
_ON_THE_BOOKS = re.compile(r"(?:城乡低保|低保对象|低保户|低保家庭|保障对象)共?$")
_COVERED = re.compile(r"^(?:农村|城镇|城市|城乡)?(?:低保|保障)(?:对象|家庭|户|人员)")
_YEAR_END = re.compile(r"(20\d\d)年(?:度)?(?:年?[末底]|12月)")
_BARE = re.compile(r"(?:保障|低保|救助)?(?:对象|人口|人员|群众|家庭|人数|户数|共)")
_NEAR = 24
_CHANGE = re.compile(r"比|较|同期|净")  # 比上年减少12户 is no count of those who left
_TOGETHER = re.compile(r"合计|共计|总计|共$")
_ELSE = re.compile(
    r"培训|调查|入户|核查|复核|走访|抽|问卷|宣传|公示|慰问|投诉|线索|申请|受理|残疾|重病|老年|未成年|单人|特困|边缘|临时"
    r"|平均|月均|累计|指标值|目标|计划|预算|不予|预计|分类|因[^，。]{1,8}(?:退出|停发|核减)|其中(?!.{0,4}(?:农|城))"
)


@dataclass(frozen=True)
class Count:
    """Households or persons (`户`, `人`) at a moment, with the number of the text."""

    moment: Moment
    area: Area
    unit: str
    fact: Fact

    @property
    def value(self) -> Decimal:
        """How many."""
        return self.fact.quantity.base


def counts_of(facts: tuple[Fact, ...]) -> tuple[Count, ...]:
    """The counts of a report's text in order."""
    return tuple(_read(facts))


def count(counts: tuple[Count, ...], moment: Moment, area: Area, unit: str) -> Count | None:
    """The first count of a kind; None where the text has none, or has two that differ and no telling which is meant."""
    found = [one for one in counts if (one.moment, one.area, one.unit) == (moment, area, unit)]
    return found[0] if found and len({one.value for one in found}) == 1 else None


def area_of(words: str) -> Area:
    """Whom words speak of; all where they name both areas or neither."""
    rural, urban = RURAL.search(words), URBAN.search(words)
    if bool(rural) == bool(urban):
        return Area.ALL
    return Area.RURAL if rural else Area.URBAN


def _read(facts: tuple[Fact, ...]) -> Iterator[Count]:
    last: Count | None = None
    evaluated = max((_year(fact) for fact in facts), default=0)
    for fact in facts:
        quantity = fact.quantity
        if quantity.base_unit not in ("户", "人") or quantity.approximate or quantity.sign or _ELSE.search(fact.about):
            continue
        area, moment = area_of(fact.about + _covered(fact)), _moment(fact)
        if moment is Moment.CLOSING and 0 < _year(fact) < evaluated:
            moment = Moment.OPENING  # 2022年底 in a report on 2023
        if last is not None and _goes_on(last, fact):
            area, moment = last.area, last.moment
        if moment is not None:
            last = Count(moment, area, quantity.base_unit, fact)
            yield last


def _covered(fact: Fact) -> str:
    """The words after the number, where they say who was counted: 610名农村低保对象."""
    found = _COVERED.match(fact.after)
    return found.group() if found else ""


def _year(fact: Fact) -> int:
    """The year at whose end a number is told, 0 where none is named."""
    years = _YEAR_END.findall(fact.sentence[: fact.sentence.find(fact.quantity.text)])
    return int(years[-1]) if years else 0


def _goes_on(last: Count, fact: Fact) -> bool:
    """Whether the number tells the other unit of the count before it: 家庭400户、对象750人."""
    other = last.unit != fact.quantity.base_unit and last.fact.sentence == fact.sentence
    return other and _BARE.fullmatch(fact.about) is not None and fact.at - last.fact.at < _NEAR


def _moment(fact: Fact) -> Moment | None:
    """The moment by the last word before the number that tells one.

    Words further off than the number's own tell it only of parts and sums: 在保400户，其中农村320户.
    """
    own = list(_WORDS.finditer(fact.about))
    if own:
        moment = Moment[own[-1].lastgroup or ""]
        if moment is Moment.CLOSING and len(own) > 1:
            moment = Moment[own[-2].lastgroup or ""]  # 新增在保对象: those who came, though they are on the books
        return None if moment in (Moment.ENTERED, Moment.LEFT) and _CHANGE.search(fact.about) else moment
    if _ON_THE_BOOKS.search(fact.about) or _covered(fact):
        return Moment.CLOSING
    lead = fact.sentence[: max(fact.sentence.find(fact.about), 0)]
    before = list(_WORDS.finditer(lead))
    if not before or (area_of(fact.about) is Area.ALL and not _TOGETHER.search(fact.about)):
        return None
    return Moment[before[-1].lastgroup or ""]
