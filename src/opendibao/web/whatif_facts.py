"""假设之后: a member's facts in words as they stand, and changed to what is supposed of him; nothing is stored."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from opendibao.kernel.money import yuan, yuan_text
from opendibao.web.labels import DISABILITIES, Labels
from opendibao.web.standards_law import amount_words

Facts = dict[str, Any]
GONE = Labels({
    "died": gettext_noop("已去世"), "prison": gettext_noop("在监狱服刑"),
    "compulsory_rehab": gettext_noop("强制隔离戒毒"), "missing": gettext_noop("宣告失踪"),
    "married_out": gettext_noop("已婚另立家庭"), "apart": gettext_noop("不共同居住"), "here": gettext_noop("在家"),
})  # fmt: skip


def said_yuan(amount: object) -> str:
    """An amount as facts hold it, in words."""
    return amount_words(yuan(str(amount)), "fen")


def said_wages(member: Mapping[str, Any]) -> str:
    """Every job in words."""
    jobs = [item for item in member.get("income") or () if item["kind"] == "wages"]
    said, yearly = _("%(pay)s × %(n)s 个月"), _("一年 %(pay)s")
    words = [
        (said if item["per"] == "month" else yearly) % {"pay": said_yuan(item["amount"]), "n": item.get("months", 12)}
        for item in jobs
    ]
    return _("、").join(words) if words else _("没有")


def said_spending(member: Mapping[str, Any], kind: str) -> str:
    """A year's spending of a kind in words."""
    items = [item for item in member.get("spending") or () if item["kind"] == kind]
    fen = sum(yuan(str(one["amount"])) * (one.get("months", 12) if one["per"] == "month" else 1) for one in items)
    return amount_words(fen, "fen") if fen else _("没有")


def said_disability(member: Mapping[str, Any]) -> str:
    """Kind and grade in words."""
    found = member.get("disability")
    if not found:
        return _("没有")
    return _("%(kind)s %(n)s 级") % {"kind": DISABILITIES[found["kind"]], "n": found["grade"]}


def suppose(member: Facts, given: Mapping[str, Any], on: date) -> None:
    """Change a member's facts to what is supposed of him."""
    if given["wage"] is not None or given["months"] is not None:
        member["income"] = [*_kept(member, "income", "wages"), *_job(member, given)]
    if given["other"]:
        more = {"kind": "other", "amount": yuan_text(given["other"]), "per": "month"}
        member["income"] = [*(member.get("income") or ()), more]
    if given["medical"] is not None:
        cost = {"kind": "medical_self_paid", "amount": yuan_text(given["medical"]), "per": "year"}
        member["spending"] = [*_kept(member, "spending", "medical_self_paid"), cost]
    if given["ill"]:
        member["severe_illness"] = given["ill"] == "yes"
    _suppose_disability(member, given["disability"], given["grade"])
    _suppose_gone(member, given["gone"], on)


def _kept(member: Facts, list_name: str, kind: str) -> list[Any]:
    return [item for item in member.get(list_name) or () if item["kind"] != kind]


def _job(member: Facts, given: Mapping[str, Any]) -> list[Facts]:
    """The one job that takes the place of all; the months alone change those of the first."""
    former = next((item for item in member.get("income") or () if item["kind"] == "wages"), None)
    if given["wage"] is None:
        return [{**former, "months": given["months"]}] if former else []
    return [{"kind": "wages", "amount": yuan_text(given["wage"]), "per": "month", "months": given["months"] or 12}]


def _suppose_disability(member: Facts, kind: str, grade: str) -> None:
    if kind == "none":
        member["disability"] = None
    elif grade:
        member["disability"] = {"kind": kind or member["disability"]["kind"], "grade": int(grade)}


def _suppose_gone(member: Facts, gone: str, on: date) -> None:
    if gone:
        member |= {"absent": None, "died": None, "married_out": False, "lives_together": True}
    if gone == "died":
        member["died"] = on.isoformat()
    elif gone in ("prison", "compulsory_rehab", "missing"):
        member["absent"] = gone
    elif gone == "married_out":
        member |= {"married_out": True, "lives_together": False}
    elif gone == "apart":
        member["lives_together"] = False


def baby(number: int, on: date) -> Facts:
    """A child born today."""
    name = _("新生儿%(n)s") % {"n": number}
    return {"name": name, "born": on.isoformat(), "relation": "child"}
