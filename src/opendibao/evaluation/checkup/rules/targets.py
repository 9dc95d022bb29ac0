"""指标值和实际值: targets without direction, copied actual values, rates in words, units, impossible shares."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from opendibao.evaluation.checkup.catalogue import Hit, check
from opendibao.evaluation.checkup.finding import Place, Severity
from opendibao.evaluation.checkup.judging import COPY_SIGNS, SATISFACTION
from opendibao.evaluation.checkup.outline import Part
from opendibao.evaluation.checkup.quantity import Quantity, plain, quantity, said
from opendibao.evaluation.checkup.report import Report
from opendibao.evaluation.checkup.sentences import blocks_of
from opendibao.evaluation.checkup.sheet_table import SheetLine
from opendibao.evaluation.scoring import rounded

_RATE = re.compile(r"(?<![效概频])率(?:[（(].*[)）])?$")
_DOUBLED = re.compile(r"([一-鿿]{2,4})\1")
_ASKED = re.compile(r"满意|问卷|测评|电话(?:调查|访问)")
_NUMBER_ASKED = re.compile(r"\d+\s*[份户人名]")
_USED = re.compile(r"(?:使用|执行|支出)率")
# units in which projects of every kind are measured, besides those that reports on assistance add up
_MEASURES = re.compile(
    r"(?:万|千|平方|立方)*(?:公里|千米|里|米|亩|公顷|吨|千克|公斤|克|升|方|度|千瓦|株|棵|头|只|尾|篇|册|本|张|幅|座|栋|幢|间|所|处|"
    r"台|部|辆|艘|架|盏|口|眼|根|块|片|段|组|对|双|件套|台套|套件|门|节|课时|学时|学期|学年|届|班|队|例|宗|案|起|单|票|题|村|镇|乡|"
    r"县|街道|社区|小区|企业|项目|品种|床|床位|人日|人天|工日|车次|架次|批次|频次|小时|分钟|秒|周|季|季度|旬|℃|分贝)"
)
_FULL = Decimal(100)
# a rate or a degree is a share of a whole, and none can be over a hundred; these are not, or need not be
_SHARES = re.compile(r"(?:率|满意度|知晓度|认可度|占比|比例|比重)(?:达到?|高达|为|是|约|只有|仅)*$|占[^，。；]{0,12}$")
_SHARED = re.compile(r"^的?(?:[^，。；]{0,6})(?:对象|家庭|群众|受访|人员|乡镇|村|户|表示)")
_BEYOND = re.compile(
    r"增长|增幅|提高|上升|超额|弥补|完成率|执行率|使用率|支出率|进度|偏差|同比|相当于|标准|低于|高于|替代|减轻|改善|回报|收益|变动|降低|减少|增加|超支"
)


@check("W06", Severity.WARNING, "指标值没有写明方向")
def without_direction(report: Report) -> Iterator[Hit]:
    """A target without ≥, ≤ or ＝ does not say when it is met."""
    sheet = report.sheet
    if sheet is None:
        return
    numeric = [line for line in sheet.lines if line.target is not None and not _nothing_above(line)]
    bare = [line for line in numeric if line.target is not None and not line.target.sign]
    if len(bare) > 3 and len(bare) == len(numeric):
        zh = f"{len(bare)}个定量指标的指标值都没有写方向（≥、≤或＝），看不出怎样才算达到。请逐行补上"
        yield Hit(zh, Place(sheet.block, 0))
    else:
        for line in bare:
            yield Hit(_bare(line), line.place)
    yield from _overspent(report)


@check("W07", Severity.WARNING, "实际完成值照抄指标值，没有测量")
def copied_target(report: Report) -> Iterator[Hit]:
    """An inequality is no measurement, and a satisfaction of exactly the target needs its sample."""
    for line in report.sheet.lines if report.sheet else ():
        if line.target is None or line.actual is None:
            continue
        if line.actual.sign in COPY_SIGNS or (line.actual.sign and _same_text(line)):
            day = "；“日”是到账的日子，不是比率，应填按时到账的月数和应到的月数" if line.target.unit == "日" else ""
            how = "照抄指标值" if _same_text(line) else "写的是范围"
            zh = (
                f"实际完成值“{line.actual_text}”{how}，不是量出来的数{day}。"
                "请填实际测得的数，写明分子、分母；没有测量的，写“未测得”"
            )
            yield Hit(zh, line.place)
        elif _unsampled(report, line):
            zh = (
                f"满意度实际完成值{line.actual_text}恰好等于指标值，报告里没有问卷或抽样的份数。"
                "请补调查的时间、发放和回收份数、满意份数；没有调查的，写“未测得”"
            )
            yield Hit(zh, line.place)


@check("W08", Severity.WARNING, "名称是率，填的是文字")
def rate_in_words(report: Report) -> Iterator[Hit]:
    """An indicator named a rate has a number."""
    for line in report.sheet.lines if report.sheet else ():
        name = re.sub(r"\s", "", line.name)
        if not _RATE.search(name) or not line.actual_text or re.search(r"\d|未测得", plain(line.actual_text)):
            continue
        doubled = _DOUBLED.search(name)
        also = f"名称里“{doubled.group(1)}”写了两遍，请删去一个。" if doubled else ""
        zh = (
            f"“{name}”是比率，实际完成值却填文字“{line.actual_text}”。请填百分比，写明分子、分母；"
            f"只能定性评价的，名称不要写成“率”。{also}"
        )
        yield Hit(zh, line.place)


@check("C08", Severity.ERROR, "指标值和实际完成值的单位不同，或者单位认不出")
def units_differ(report: Report) -> Iterator[Hit]:
    """Target and actual are told in one unit."""
    for line in report.sheet.lines if report.sheet else ():
        if line.target is None or line.actual is None:
            continue
        target, actual = line.target.unit, line.actual.unit
        units = (_unknown(line.target_text), _unknown(line.actual_text))
        # other projects count in other units: they are known, and none the worse where both cells are told in one
        if units[0] != units[1] or (units[0] and not _MEASURES.fullmatch(units[0])):
            zh = f"指标值“{line.target_text}”、实际完成值“{line.actual_text}”里有认不出的计量单位。请改用规范的单位"
            yield Hit(zh, line.place)
        elif line.target.value and _differ(line.target, line.actual):
            zh = (
                f"指标值{line.target_text}的单位是{target or '（没有写）'}，实际完成值{line.actual_text}的单位是"
                f"{actual or '（没有写）'}，不能比较。请改成同一单位"
            )
            yield Hit(zh, line.place)


@check("C13", Severity.ERROR, "百分比不可能大于100%或者小于0")
def impossible_percent(report: Report) -> Iterator[Hit]:
    """A share of a whole lies between nothing and a hundred."""
    for line in report.sheet.lines if report.sheet else ():
        for what, one in (("指标值", line.target), ("实际完成值", line.actual)):
            if one and one.unit == "%" and _is_share(line.name) and not 0 <= one.value <= _FULL:
                yield Hit(f"{what}{one.text}：比率不可能{_way(one.value)}。请核对分子、分母", line.place)
    for fact in report.facts:
        one = fact.quantity
        shared = _is_share(fact.about) or (_SHARED.search(fact.after) and not _BEYOND.search(fact.clause))
        if one.unit == "%" and shared and not one.sign and not 0 <= one.value <= _FULL:
            yield Hit(f"“{fact.about}{one.text}”：比率不可能{_way(one.value)}。请核对分子、分母", Place(fact.block))


def _nothing_above(line: SheetLine) -> bool:
    """Whether the target is the whole of a share: 100 % of a rate can only be reached or missed, whatever its sign."""
    target = line.target
    whole = target is not None and target.unit == "%" and target.value == _FULL
    return whole and _is_share(line.name) and not _USED.search(line.name)


def _bare(line: SheetLine) -> str:
    zh = f"指标值“{line.target_text}”没有写方向（≥、≤或＝），看不出怎样才算达到"
    target, actual = line.target, line.actual
    if target and actual and target.base_unit == actual.base_unit and actual.base > target.base:
        zh += f"，而实际{line.actual_text}超过了它"
    return f"{zh}。请补上方向"


def _overspent(report: Report) -> Iterator[Hit]:
    """A use of exactly 100 % beside rows of money that spent more than planned."""
    lines = report.sheet.lines if report.sheet else ()
    money = [one for one in lines if one.target and one.actual and one.target.base_unit == one.actual.base_unit == "元"]
    rates = [one for one in lines if _USED.search(one.name) and one.actual and one.actual.unit == "%"]
    planned = sum((one.target.base for one in money if one.target), Decimal(0))
    spent = sum((one.actual.base for one in money if one.actual), Decimal(0))
    if len(money) < 2 or planned <= 0 or spent <= planned:
        return
    for line in rates:
        if line.actual is None or line.actual.value != _FULL:
            continue
        rate = rounded(Fraction(spent) * 100 / Fraction(planned))
        if rate != _FULL:
            zh = (
                f"写的是{line.actual_text}，但表里各行资金实际合计{said(spent / 10_000)}万元、"
                f"指标值合计{said(planned / 10_000)}万元，是{rate}%，超过预算。请改为{rate}%，说明超支的资金来源"
            )
            yield Hit(zh, line.place)


def _same_text(line: SheetLine) -> bool:
    return re.sub(r"\s", "", plain(line.target_text)) == re.sub(r"\s", "", plain(line.actual_text))


def _unsampled(report: Report, line: SheetLine) -> bool:
    same = line.target is not None and line.actual is not None and line.target.value == line.actual.value
    if not same or SATISFACTION not in line.name or re.search(r"\d\s*[户人份]?\s*/\s*\d", plain(line.actual_text)):
        return False
    aims = blocks_of(report, Part.GOALS)  # what is aimed at there was asked of nobody
    text = "\n".join(one.text for block, one in report.document.paragraphs() if block not in aims)
    about_it = any(
        SATISFACTION in one and _NUMBER_ASKED.search(one) and "知晓" not in one for one in re.split(r"[。\n]", text)
    )
    clauses = re.split(r"[，；：。\n]", text)
    return not about_it and not any(_ASKED.search(one) and _NUMBER_ASKED.search(one) for one in clauses)


def _unknown(cell: str) -> str:
    """The short word that stands right after the number of a cell where its unit should be; "" where it is one."""
    found = re.fullmatch(
        r"\s*(?:[≥≤=<>＝]|不低于|不少于|不超过|不高于)*\s*[\d.,]+\s*([^\d\s，。；、（）()以及含前内左右余多/／]{1,3})\s*",
        plain(cell),
    )
    return found.group(1) if found is not None and not _known(found.group(1)) else ""


def _known(unit: str) -> bool:
    read = quantity(f"1{unit}")
    return read is not None and bool(read.unit)


def _differ(target: Quantity, actual: Quantity) -> bool:
    if not target.unit or not actual.unit:
        return target.unit != actual.unit and "%" in (target.unit, actual.unit)
    return (target.base_unit, target.scale) != (actual.base_unit, actual.scale)


def _is_share(words: str) -> bool:
    return _SHARES.search(words) is not None and _BEYOND.search(words) is None


def _way(value: Decimal) -> str:
    return "大于100%" if value > _FULL else "小于0"
