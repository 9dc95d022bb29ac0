"""比率与分子分母: a printed rate that is not its own numerator over its own denominator."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from opendibao.evaluation.checkup.catalogue import Hit, check
from opendibao.evaluation.checkup.fact import Fact
from opendibao.evaluation.checkup.finding import Place, Severity
from opendibao.evaluation.checkup.quantity import half_up, plain, said
from opendibao.evaluation.checkup.report import Report

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
# 95.33%（143/150）
_SHARE = re.compile(
    rf"(?P<rate>{_NUMBER})\s*%\s*[(,，]?\s*(?:即|为)?\s*(?P<over>{_NUMBER})\s*(?:[户人件条笔次份个月元万]{{0,3}})\s*[/÷]\s*(?P<under>{_NUMBER})"
)
_MONEY_RATES = re.compile(r"(?:执行|使用|支出|到位|发放)(?:进度|率)")
_SPENT = re.compile(r"执行|支出|发放|使用|到账|支付")
_GIVEN = re.compile(r"预算|安排|下达|到位|批复|拨付|筹集|收到|拨入")
_OF_WHOLE = re.compile(r"占(?:比|总[^，。；]{0,8}|[^，。；]{0,8}的)?(?:为|是|比例为?|比重为?)?$")
_ALIKE = {
    "准确": ("正确", "无误", "相符", "一致"),
    "及时": ("按时", "按期", "准时"),
    "按时": ("及时", "按期"),
    "按期": ("按时", "及时"),
}
_DUE = re.compile(r"应[^，。；]{0,8}$|计划[^，。；]{0,8}$")
_DONE = re.compile(r"^(?:已|实|其中)|实际|完成|按[时期]")
_CHANGE = re.compile(r"增长|下降|增幅|降幅|提高|同比|环比|增加|减少|上升|区间|偏差|不低于|以上")


@check("C06", Severity.ERROR, "印出的比率与自己的分子、分母不符")
def rate_of_numbers(report: Report) -> Iterator[Hit]:
    """A rate is its numerator over its denominator, rounded once."""
    yield from _of_funds(report)
    for block, paragraph in report.document.paragraphs():
        for zh in _of_shares(paragraph.text):
            yield Hit(zh, Place(block))
    for line in report.sheet.lines if report.sheet else ():
        for zh in _of_shares(line.actual_text):
            yield Hit(zh, line.place)
    yield from _of_sentences(report)


def _of_funds(report: Report) -> Iterator[Hit]:
    funds = report.funds
    if funds is None or not (funds.planned and funds.executed and funds.rate) or not funds.planned.base:
        return
    if not _fits(funds.rate.value, funds.executed.base, funds.planned.base):
        zh = (
            f"执行率印的是{said(funds.rate.value)}%，{funds.executed.text}÷{funds.planned.text}＝"
            f"{_due(funds.executed.base, funds.planned.base, funds.rate.value)}%。请改执行率，或者核对预算数和执行数"
        )
        yield Hit(zh, Place(funds.block, funds.row))


def _of_shares(text: str) -> Iterator[str]:
    for found in _SHARE.finditer(plain(text)):
        rate, over, under = (Decimal(found[name].replace(",", "")) for name in ("rate", "over", "under"))
        if under and not _fits(rate, over, under):
            yield (
                f"写的是{said(rate)}%，{said(over)}÷{said(under)}＝{_due(over, under, rate)}%。"
                "请改比率，或者核对分子、分母"
            )


def _of_sentences(report: Report) -> Iterator[Hit]:
    for at, fact in enumerate(report.facts):
        if fact.quantity.unit != "%" or fact.quantity.sign or _CHANGE.search(fact.clause):
            continue
        before = [one for one in report.facts[max(at - 8, 0) : at] if one.block == fact.block]
        pairs = list(_pairs(fact, before))
        if pairs and not any(
            _fits(fact.quantity.value, over.quantity.base, under.quantity.base) for over, under in pairs
        ):
            over, under = pairs[-1]
            due = _due(over.quantity.base, under.quantity.base, fact.quantity.value)
            zh = (
                f"“{fact.about}{fact.quantity.text}”：{over.quantity.text}÷{under.quantity.text}＝{due}%。"
                "请改比率，或者核对分子、分母"
            )
            yield Hit(zh, Place(fact.block))


def _pairs(rate: Fact, before: Sequence[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """What the rate may be of: numerator and denominator in one unit, told before it; nothing where that is a guess."""
    if _MONEY_RATES.search(rate.about):
        money = [
            one
            for one in before
            if one.quantity.base_unit == "元" and one.quantity.base > 0 and not one.quantity.approximate
        ]
        arrived = "到位" in rate.about
        spent = [one for one in money if _is_over(one.about, arrived=arrived)]
        given = [one for one in money if _GIVEN.search(one.about) and one not in (spent if arrived else ())]
        yield from ((over, under) for over in spent[-2:] for under in given)
        return
    counts = [
        one for one in before if one.quantity.unit not in ("", "%", "年", "日", "月", "分") and one.quantity.base > 0
    ]
    if len(counts) < 2:
        return
    last = counts[-1]
    wholes = [one for one in counts[:-1] if one.quantity.base_unit == last.quantity.base_unit]
    if (
        _OF_WHOLE.search(rate.about)
        or _stem_in(rate, last)
        or _due_and_done(rate, counts[-2], last)
        or _out_of(counts[-2])
    ):
        yield from ((last, whole) for whole in wholes if whole.sentence == rate.sentence)


def _is_over(about: str, *, arrived: bool) -> bool:
    """Whether money is the numerator: what arrived, of a rate of arrival; else what was spent."""
    if arrived:
        return "到位" in about and "应到位" not in about
    return _SPENT.search(about) is not None and _GIVEN.search(about) is None


def _stem_in(rate: Fact, counted: Fact) -> bool:
    """Whether the words of the rate name what was counted: 准确率 after 准确143户."""
    found = re.search(r"([一-鿿]{2})(?:发放)?[率度](?:达到?|为|是)?$", rate.about)
    if found is None or rate.sentence != counted.sentence:
        return False
    stems = (found.group(1), *_ALIKE.get(found.group(1), ()))
    return any(stem in counted.about + counted.clause for stem in stems)


def _out_of(whole: Fact) -> bool:
    """Whether the number is told as that of which the next is a part: 复核的36户中，35户认定正确."""
    return re.search(r"(?:中|里|里面)$", whole.clause) is not None


def _due_and_done(rate: Fact, due: Fact, done: Fact) -> bool:
    """Whether the sentence tells what was due, what was done and the rate of it: 应复核40户，已复核38户，完成率95%."""
    together = due.sentence == done.sentence == rate.sentence
    named = rate.about.endswith(("率", "率为", "率达"))
    return together and named and bool(_DUE.search(due.about)) and bool(_DONE.search(done.about))


def _fits(rate: Decimal, over: Decimal, under: Decimal) -> bool:
    """Whether the rate is the share rounded in the rate's last place; an over-spent 100 % is capped by many."""
    step = Decimal(1).scaleb(int(rate.as_tuple().exponent))
    return abs(over * 100 / under - rate) <= step / 2 if under else True


def _due(over: Decimal, under: Decimal, rate: Decimal) -> str:
    places = max(2, -int(rate.as_tuple().exponent))
    return said(half_up(Fraction(over) * 100 / Fraction(under), places))
