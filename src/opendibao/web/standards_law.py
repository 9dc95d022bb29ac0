"""现行规定: the county's numbers and rules as its pages read them, and how a number of the law is said in words."""

from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from opendibao.formula.graph import Plan
from opendibao.kernel.money import yuan_text
from opendibao.policy.pack import Pack, Row
from opendibao.rulemaking.queries import pack_in_force
from opendibao.rules.book import rule_book
from opendibao.web.access import opens
from opendibao.web.asking import BadQuestion
from opendibao.web.labels import Labels
from opendibao.web.tables import Choice, Choices

EARLIEST, LATEST = date(2014, 5, 1), date(2099, 12, 31)
# the first part of a number's path → what it is about; the order of the page
TOPICS = Labels({
    "regime": gettext_noop("法规时期"), "standard": gettext_noop("保障标准"), "income": gettext_noop("收入核算"),
    "exclusion": gettext_noop("不计入收入的"), "deduction": gettext_noop("从收入里扣减的"),
    "support": gettext_noop("赡养、抚养、扶养费"), "property": gettext_noop("财产限额"),
    "age": gettext_noop("年龄和劳动能力"), "work": gettext_noop("年龄和劳动能力"), "tekun": gettext_noop("特困人员"),
    "tier": gettext_noop("补助金额"), "benefit": gettext_noop("补助金额"), "supplement": gettext_noop("分类施保"),
    "edge": gettext_noop("边缘、刚性支出和渐退"), "rigid": gettext_noop("边缘、刚性支出和渐退"),
    "grace": gettext_noop("边缘、刚性支出和渐退"), "procedure": gettext_noop("办理程序"), "clock": gettext_noop("时限"),
    "review": gettext_noop("定期复核"), "cost_share": gettext_noop("资金分担"), "evaluation": gettext_noop("绩效评价"),
})  # fmt: skip
TABS = (
    ("standards", gettext_lazy("标准")), ("rules", gettext_lazy("规则")),
    ("standards-difference", gettext_lazy("两天的差别")), ("standards-changes", gettext_lazy("改动")),
    ("standards-what-if", gettext_lazy("全县试算")),
)  # fmt: skip
DATED = ("standards", "rules")
UNITS = {
    "months": gettext_lazy("%(n)s 个月"), "years": gettext_lazy("%(n)s 岁"), "days": gettext_lazy("%(n)s 天"),
    "workdays": gettext_lazy("%(n)s 个工作日"), "day": gettext_lazy("%(n)s 日"),
    "square_metres": gettext_lazy("%(n)s 平方米"),
}  # fmt: skip
NAMED = Labels({
    "county": gettext_noop("县级民政部门"), "ALWAYS": gettext_noop("每件都评议"),
    "R1": gettext_noop("社会救助暂行办法时期"), "R2": gettext_noop("57号办法时期"),
    "R3": gettext_noop("社会救助法时期"),
})  # fmt: skip
LEVELS = {2: gettext_lazy("省"), 4: gettext_lazy("市"), 6: gettext_lazy("县")}


def pack_in_county() -> Pack:
    """The numbers that hold in this county, with every change that was approved and scheduled."""
    return pack_in_force()


def tabs(request: HttpRequest, current: str, tail: str = "") -> Choices:
    """The pages of this section that open to the viewer; `tail` carries the day from one list to the other."""
    viewer = request.viewer  # type: ignore[attr-defined]
    named = [(route, words, reverse(route)) for route, words in TABS]
    options = [
        Choice(str(words), href + (tail if route in DATED else ""), route == current)
        for route, words, href in named
        if opens(href, viewer)
    ]
    return Choices(_("规则与标准"), options)


def plan_on(day: date) -> Plan:
    """The rules in force on a day."""
    return rule_book().on(day)


def asked_day(request: HttpRequest, name: str, default: date) -> date:
    """The day the address names; raises BadQuestion for what is not a day, or lies where there is no law."""
    text = request.GET.get(name, "").strip()
    try:
        found = date.fromisoformat(text) if text else default
    except ValueError:
        raise BadQuestion(_("“%(text)s”不是日期，应写成 2024-12-31 这样") % {"text": text}) from None
    if not EARLIEST <= found <= LATEST:
        said = _("日期“%(day)s”不在 %(first)s 到 %(last)s 之间，请改一个日期")
        raise BadQuestion(said % {"day": found, "first": EARLIEST, "last": LATEST})
    return found


def topic_of(path: str) -> str:
    """What a number is about, in words."""
    return TOPICS.get(path.split(".", 1)[0], _("其他"))


def topics() -> list[str]:
    """All topics in the order of the page."""
    return [*dict.fromkeys(TOPICS.values()), _("其他")]


def amount_words(value: int | str, unit: str) -> str:
    """A number of the law with its unit: fen as yuan, basis points as percent, codes as words."""
    if isinstance(value, str):
        return NAMED.get(value, value)
    if unit == "fen":
        return _("%(n)s 元") % {"n": yuan_text(value, grouped=True)}
    if unit == "bp":
        return f"{_hundredths(value)}%"
    if unit == "mu":
        return _("%(n)s 亩") % {"n": _hundredths(value)}
    return str(UNITS[unit]) % {"n": value} if unit in UNITS else f"{value:,}"


def _hundredths(value: int) -> str:
    whole, rest = divmod(value, 100)
    return f"{whole}.{rest:02d}" if rest else str(whole)


def level_of(row: Row) -> str:
    """Which division a number comes from, in words."""
    return str(LEVELS.get(len(row.division), row.division)) if row.division != "00" else _("全国")
