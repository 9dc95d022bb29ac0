"""增长说法体检: more persons or applicants claimed while the report's own numbers fall (W10)."""

import re
from collections.abc import Iterator

from opendibao.evaluation.checkup.catalogue import Hit, check
from opendibao.evaluation.checkup.finding import Place, Severity
from opendibao.evaluation.checkup.movement import movement_of
from opendibao.evaluation.checkup.outline import Part
from opendibao.evaluation.checkup.report import Report
from opendibao.evaluation.checkup.sentences import blocks_of, clauses, quoted, sentences
from opendibao.evaluation.checkup.vocabulary import any_of

_PERSONS, _GROWS = any_of("persons"), any_of("grows")
_GROWING = re.compile(
    rf"{_PERSONS}[^，。；]{{0,14}}?(?:{any_of('growing')}(?:的|地|在)?{_GROWS}|越来越多|净增|比(?:上年|去年|往年)多|与日俱增|不降反升|只升不降|稳中有[升增]|保持增长|多于往年|比往年多|年年[增上]|屡创新高|居高|水涨船高|[大急倍剧陡]增|只增不减|只增不降|有增无减|翻番|翻一番|居高不下|逐年走高|一年比一年多|一年多过一年|连年攀升|激增|猛增|成倍增)"
    rf"|{any_of('growing')}{_GROWS}的?(?:{_PERSONS})"
    rf"|{_PERSONS}[^，。；]{{0,8}}?(?:每年|以)[^，。；]{{0,10}}{_GROWS}"
    rf"|{_PERSONS}[^，。；]{{0,8}}?{_GROWS}(?:明显|迅猛|较多|较快|很快|显著|势头|不少|过快|幅度)"
)
# a clause may say it without an adverb: 保障对象数量增加
_GREW = re.compile(
    rf"{_PERSONS}(?:的?(?:数量|总量|规模|人数|总数))?(?:大量|较快|过快|的)?{_GROWS}(?:较快|过快|明显|迅速|较多)?$"
)
_SUPPOSED = re.compile(any_of("supposed"))
_OF_ELSE = re.compile(r"标准|收入|支出|补助水平|补助额|资金|压力|难度|满意|需求|负担|费用|开支|获得感|能力|机会|年龄")
_OWN_NUMBERS = re.compile(r"由[^，。]*\d[^，。]*(?:增|升)[^，。]*\d")


@check("W10", Severity.CONTRADICTION, "说人数、申请逐年增加，本报告的数却在减少")
def growth_against_the_figures(report: Report) -> Iterator[Hit]:
    """Claims that persons or applicants grow, in a report whose entered are fewer than its left."""
    movement = movement_of(report)
    if movement is None or not movement.falls:
        return
    aims = blocks_of(report, Part.GOALS, Part.SUGGESTIONS)
    told: set[int] = set()
    for one in sentences(report.document.paragraphs()):
        if one.block in aims or one.block in told or _OWN_NUMBERS.search(one.text):
            continue
        if any(_claims_growth(clause) for clause in clauses(one.text)):
            told.add(one.block)
            zh = f"“{quoted(one.text, 40)}”说在增加，而本报告的数是{movement.zh}；请用历年数据说明，或者改掉这个说法"
            yield Hit(zh, Place(one.block))


def _claims_growth(clause: str) -> bool:
    if _SUPPOSED.search(clause):
        return False
    if found := _GROWING.search(clause):
        return not _OF_ELSE.search(found.group())
    return bool(_GREW.search(clause)) and not re.search("家庭人[数口]|家庭成员", clause)
