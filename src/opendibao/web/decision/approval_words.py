"""审核确认用语: why a case wants a closer look, on what ground the county visits, as pages say it."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from opendibao.decision.clean import Judged
from opendibao.kernel.money import yuan_text
from opendibao.kernel.workdays import workdays_between
from opendibao.web.labels import Labels

DOUBTS = Labels({
    "refusal": _("初审拟不同意"), "open_hit": _("有核对信息没有处置"), "hit_against": _("采信了核对信息或建议终止"),
    "unanswered": _("有部门没有答复核对"), "unmatched": _("没有做信息核对"),
    "undeclared": _("申报不全，不能和调查比较"), "difference": _("申报和查明的情况不同"),
    "contested": _("评议结果有争议"), "negative_vote": _("评议多数不同意"), "objection": _("公示有异议"),
    "relative": _("近亲属备案，县里还没有入户"), "complaint": _("有投诉举报，县里还没有入户"),
    "sampled": _("抽中县级核查，还没有入户"), "visit_differs": _("县级入户与乡镇调查不一致"),
    "rules_differ": _("初审意见和今天按规则算的不同"), "overdue": _("已经逾期"),
})  # fmt: skip
GROUNDS = Labels({
    "relative": _("近亲属备案"), "complaint": _("投诉举报"), "sample": _("抽查"), "doubt": _("材料存疑"),
})  # fmt: skip
VIEWS = Labels({"grant": _("拟同意"), "refuse": _("拟不同意")})
MONTHS = 12


def doubts_said(one: Judged) -> list[str]:
    """The doubts of a case in words, the difference with its amount."""
    return [_difference(one) if code == "difference" else DOUBTS[code] for code in one.doubts]


def _difference(one: Judged) -> str:
    if not one.difference_fen:
        return gettext("申报和查明的财产不同")
    said = {"yuan": yuan_text(abs(one.difference_fen), grouped=True)}
    if one.difference_fen > 0:
        return gettext("查明的年收入比申报多 %(yuan)s 元") % said
    return gettext("查明的年收入比申报少 %(yuan)s 元") % said


def days_said(due: date, today: date) -> str:
    """How many working days are left or over."""
    if due < today:
        return gettext("过 %(n)s 天") % {"n": workdays_between(due, today)}
    left = workdays_between(today, due)
    return gettext("剩 %(n)s 天") % {"n": left} if left else gettext("今天到期")


def unfit_said(one: Judged | None, officer: str) -> str:
    """Why an officer may not decide a case, in words before the button; "" where he may."""
    if one is None or not one.case.is_of(officer):
        return ""
    return gettext("您（%(name)s）受理、调查、录入或初审过这一件，不能由您审核确认，请换人办理。") % {"name": officer}


def totals(cases: Sequence[Judged]) -> dict[str, str]:
    """Households, persons and monthly yuan of cases, for a sentence."""
    known = [one.ruled for one in cases if one.ruled]
    return {
        "n": f"{len(cases):,}", "persons": f"{sum(each.persons for each in known):,}",
        "yuan": yuan_text(sum(each.monthly_fen for each in known), grouped=True),
    }  # fmt: skip
