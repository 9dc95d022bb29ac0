"""正文与指标表: a number of the text that is not the actual value the table gives for the same thing."""

import re
from collections.abc import Iterator

from opendibao.evaluation.checkup.catalogue import Hit, check
from opendibao.evaluation.checkup.census import Area, Count, Moment, area_of, counts_of
from opendibao.evaluation.checkup.fact import Fact
from opendibao.evaluation.checkup.finding import Place, Severity
from opendibao.evaluation.checkup.outline import Part
from opendibao.evaluation.checkup.quantity import Quantity
from opendibao.evaluation.checkup.report import Report
from opendibao.evaluation.checkup.sheet_table import SheetLine

# numbers that stand near the name of an indicator and are not what it reached
_NOT_ACTUAL = re.compile(
    r"指标值|目标|计划|预期|应达|要求|不低于|上年|去年|上一年|预算|区间|下限|上限|样本|得分?$|分值|权重|扣|评定|标准为|提高|增长"
    r"|同比|下降|增加|减少|相差|超支|超出|高于|低于|结余|完成率|完成比例|执行率|其中|到\d"
)
_ACTUAL = re.compile(r"^(?:实际|完成|达到?|为|是|全年|年末|年底|当年|共|实际完成|实现|：|,|，|值)*$")
_MONEY = re.compile(r"(?:低保|保障|救助)(?:金|资金)|资金支出|发放(?:额|金额)")
_PAID = re.compile(
    r"(?:发放|支出|到账|支付|发|拨付)[^，。；]{0,10}(?:低保|保障|救助)?(?:金|资金)?|(?:低保|保障)(?:金|资金)"
)
_PEOPLE = re.compile(r"(?:对象|保障|低保|在保)[^，。]{0,4}(?:人数|户数)$")
# what a report measures once: the number after these words is that of the one row that has them
_KINDS = tuple(
    (re.compile(name), re.compile(said_as), re.compile(said_after), units)
    for name, said_as, said_after, units in (
        (
            r"满意(?:度|率)",
            r"满意(?:度|率)(?:调查)?(?:结果)?|满意(?:和基本满意)?的?(?:群众|对象|家庭)?占",
            r"满意",
            ("%",),
        ),
        (r"准确率", r"准确率|(?:认定|审核)准确的?占", r"^的?[^，。]{0,6}(?:认定)?准确", ("%",)),
        (r"知晓率", r"知晓率|(?:知晓|了解|知道)[^，。]{0,8}占", r"(?:知晓|了解|知道)", ("%",)),
        (r"培训", r"培训(?:班|会|经办人员|工作人员|业务)*", r"^[^，。]{0,6}培训", ("次", "场", "场次", "期")),
    )
)
_OF_SOME = re.compile(r"(?<!城)[镇乡](?!镇)|部分|其中|工作人员|乡镇|[一二三四上下]半?季度|上半年|下半年|最[高低]")
# words that tell that a count is that of the whole year, or of its end
_TIMES = {
    Moment.OPENING: re.compile(r"年初|上年末|上年底"),
    Moment.ENTERED: re.compile(r"全年|年内|本年|当年|年度"),
    Moment.LEFT: re.compile(r"全年|年内|本年|当年|年度"),
    Moment.CLOSING: re.compile(r"年末|年底|截至|12月"),
}
_OTHER_TIME = re.compile(r"(?<!\d)(?:[1-9]|1[01])月|季度|半年|去年|上年(?![末底])|镇|街道|某|因")
_SOME_MONEY = re.compile(r"分类施保|增发|补发|临时|价格|追加|季度|(?<!\d)(?:[1-9]|1[01])月|上年|去年")
_CORE = re.compile(
    r"^(?:全年|年度|使|确保|困难群众|救助对象|低保对象|服务对象|受助对象|群众|城乡低保|低保|社会救助)+|指标$|(?:情况)$"
)


@check("C07", Severity.ERROR, "正文的数与指标表的实际完成值不一致")
def text_and_table(report: Report) -> Iterator[Hit]:
    """What the text and the table tell of one thing is one number."""
    yield from _within_text(report)
    yield from _funds(report)
    lines = [line for line in report.sheet.lines if line.actual and not line.actual.sign] if report.sheet else []
    told: set[tuple[int, int, int]] = set()
    for line in lines:
        for fact in (
            *_by_name(report, line),
            *_by_meaning(report, line),
            *_by_kind(report, line),
            *_by_rate(report, line),
        ):
            key = (line.block, line.row, fact.block)
            if key not in told and line.actual and not _agree(fact.quantity, line.actual):
                told.add(key)
                zh = (
                    f"正文写“{fact.clause}”，指标表第{line.number}行“{line.name}”的实际完成值是{line.actual_text}，两处不一致。"
                    "请查明哪个对，改成一致；口径不同的，写明口径"
                )
                yield Hit(zh, Place(fact.block))


def _within_text(report: Report) -> Iterator[Hit]:
    """One thing told twice in the text with two numbers: money by area, those on the books, who came and who left."""
    told: dict[tuple[str, ...], Fact] = {}
    for key, fact in (*_paid(report), *_booked(report)):
        first = told.setdefault(key, fact)
        if not _agree(fact.quantity, first.quantity):
            zh = (
                f"这里写“{fact.clause}”，前面写的是“{first.clause}”，两处不一致。"
                "请查明哪个对，改成一致；口径不同的，写明口径"
            )
            yield Hit(zh, Place(fact.block))


def _paid(report: Report) -> Iterator[tuple[tuple[str, ...], Fact]]:
    for area in (Area.RURAL, Area.URBAN):
        for fact in report.facts:
            if _is_paid(report, fact, area) and not _SOME_MONEY.search(fact.sentence):
                yield ("资金", area), fact


def _booked(report: Report) -> Iterator[tuple[tuple[str, ...], Fact]]:
    for one in counts_of(report.facts):
        lead = one.fact.sentence[: one.fact.sentence.find(one.fact.quantity.text)]
        if _TIMES[one.moment].search(lead) and not _OTHER_TIME.search(one.fact.sentence):
            yield (one.moment, one.area, one.unit), one.fact


def _agree(one: Quantity, other: Quantity) -> bool:
    """Whether both may be the same number, one perhaps printed coarser than the other."""
    coarser = max(one.step, other.step)
    exact = one.base_unit in ("人", "户", "次", "人次", "场", "期", "件")
    return abs(one.base - other.base) <= (0 if exact and coarser == 1 else coarser / 2)


def _claims(report: Report, units: tuple[str, ...]) -> Iterator[Fact]:
    """Numbers of the text in some units that tell what was reached, not what was aimed at."""
    goals = report.section(Part.GOALS)
    for fact in report.facts:
        in_goals = goals is not None and goals.first <= fact.block < goals.last
        exact = not fact.quantity.sign and not fact.quantity.approximate
        if exact and not in_goals and fact.quantity.unit in units:
            yield fact


def _by_name(report: Report, line: SheetLine) -> Iterator[Fact]:
    """Numbers that follow the name of the indicator in a sentence of the text, of its unit."""
    name = _CORE.sub("", re.sub(r"\s", "", line.name))
    if len(name) < 3 or line.actual is None:
        return
    for fact in _claims(report, (line.actual.unit,)):
        before, found, after = fact.about.rpartition(name)
        actual = _ACTUAL.match(after.strip("：:，, ")) and not _NOT_ACTUAL.search(f"{before[-6:]}，{after}")
        same = area_of(before + name) in (Area.ALL, area_of(line.name))
        if found and actual and same and not _OF_SOME.search(before):
            yield fact


def _by_meaning(report: Report, line: SheetLine) -> Iterator[Fact]:
    """Persons, households and money by area, under whatever name."""
    area = area_of(line.name)
    if line.actual is None:
        return
    if area is Area.ALL:
        yield from _of_all(report, line)
        return
    unit = line.actual.base_unit
    if unit in ("人", "户") and _PEOPLE.search(line.name) and "平均" not in line.name:
        yield from (one.fact for one in _stock(report) if one.area is area and one.unit == unit)
    elif (
        unit == "元" and _MONEY.search(line.name) and "标准" not in line.name and not line.actual.unit.partition("/")[1]
    ):
        yield from (fact for fact in report.facts if _is_paid(report, fact, area))


def _by_kind(report: Report, line: SheetLine) -> Iterator[Fact]:
    """Satisfaction, accuracy, awareness, training: told by one word, where only one row of the table has it."""
    lines = report.sheet.lines if report.sheet else ()
    for name, said_as, said_after, units in _KINDS:
        if not name.search(line.name) or sum(bool(name.search(one.name)) for one in lines) > 1:
            continue
        for fact in _claims(report, units):
            told = list(said_as.finditer(fact.about))
            if _NOT_ACTUAL.search(fact.clause) or _OF_SOME.search(fact.clause):
                continue
            if (told and _ACTUAL.match(fact.about[told[-1].end() :])) or said_after.search(fact.after):
                yield fact


def _of_all(report: Report, line: SheetLine) -> Iterator[Fact]:
    """All on the books, where one row counts them and no row counts an area."""
    unit = line.actual.base_unit if line.actual else ""
    lines = report.sheet.lines if report.sheet else ()
    alike = [one for one in lines if one.actual and one.actual.base_unit == unit and _PEOPLE.search(one.name)]
    if unit in ("人", "户") and alike == [line] and "平均" not in line.name:
        yield from (one.fact for one in _stock(report) if one.area is Area.ALL and one.unit == unit)


def _by_rate(report: Report, line: SheetLine) -> Iterator[Fact]:
    """A rate told by its last word alone (按时发放率 of 低保金按时发放率), where only one row has that word."""
    found = re.search(r"[一-鿿]{2}率", line.name)
    lines = report.sheet.lines if report.sheet else ()
    if found is None or sum(found.group() in one.name for one in lines) > 1:
        return
    for fact in _claims(report, ("%",)):
        before, word, after = fact.about.rpartition(found.group())
        if not word or not _ACTUAL.match(after) or _NOT_ACTUAL.search(fact.clause) or _OF_SOME.search(fact.clause):
            continue
        nearest = before.rstrip("的：")[-2:]
        if not nearest or nearest in line.name:
            yield fact


def _funds(report: Report) -> Iterator[Hit]:
    """The rate of budget execution of the text against that of the table or of its funds block."""
    sheet = report.sheet
    row = sheet.execution if sheet else None
    printed = row.actual if row else report.funds.rate if report.funds else None
    if printed is None or printed.sign or printed.unit != "%":
        return
    for fact in _claims(report, ("%",)):
        told = re.search(r"(?:^|预算|资金|项目|，|：)执行率(?:达到?|为|是)?$", fact.about)
        if told and not _OF_SOME.search(fact.clause) and not _agree(fact.quantity, printed):
            zh = f"正文写“{fact.clause}”，表里的预算执行率是{printed.text}，两处不一致。请查明哪个对，改成一致"
            yield Hit(zh, Place(fact.block))


def _stock(report: Report) -> Iterator[Count]:
    return (one for one in counts_of(report.facts) if one.moment is Moment.CLOSING)


def _is_paid(report: Report, fact: Fact, area: Area) -> bool:
    quantity = fact.quantity
    if (
        quantity.unit not in ("万元", "元", "亿元")
        or quantity.sign
        or quantity.approximate
        or _NOT_ACTUAL.search(fact.clause)
    ):
        return False
    if re.search(r"人均|户均|每人|标准|平均|月均|上年|去年|预算|下达|到位|[一二三四]季度|每月", fact.clause):
        return False
    if area_of(fact.about) is not area:
        return False
    in_parts = any(fact in one.parts and _PAID.search(one.total.about) for one in report.compositions)
    return in_parts or _PAID.search(fact.about) is not None
