"""核对报告用语: what was declared and surveyed of the thing that a hit speaks of, in the words of the forms."""

from collections.abc import Iterator, Mapping
from typing import Any

from opendibao.reporting.case_papers.items import holdings, incomes
from opendibao.verification.report_queries import ReportAnswer

Facts = Mapping[str, Any]
OWNED = {
    "financial_assets": ("financial_assets", "deposits", "securities", "funds", "insurance", "claims", "online"),
    "dwellings": ("dwellings",), "houses": ("house",), "vehicles": ("vehicle",), "companies": ("companies",),
}  # fmt: skip
"""Which items of the forms speak of which field of what is owned."""
NONE = "没有申报"


def declared_words(facts: Facts, answer: ReportAnswer) -> str:
    """What the family declared of the things that a hit speaks of."""
    return _said(facts, answer) or NONE


def found_words(facts: Facts, answer: ReportAnswer) -> str:
    """What the survey found of them; "" where it found nothing of the kind."""
    return _said(facts, answer)


def _said(facts: Facts, answer: ReportAnswer) -> str:
    return "；".join(dict.fromkeys(_pieces(facts, answer)))


def _pieces(facts: Facts, answer: ReportAnswer) -> Iterator[str]:
    found = answer.found
    owned = found.get("property")
    if isinstance(owned, Mapping):
        wanted = {kind for name in owned for kind in OWNED.get(name, ())}
        mine = {"property": facts.get("property") or {}}
        yield from (f"{one.zh}{one.said}" for one in holdings(mine) if one.kind in wanted)
    income = found.get("income")
    if isinstance(income, list):
        kinds = {str(one.get("kind")) for one in income if isinstance(one, Mapping)}
        mine = {"members": [one for one in facts.get("members") or () if one.get("name") == answer.person]}
        yield from (f"{one.zh}{one.said}" for one in incomes(mine) if one.kind in kinds)
    if "died" in found:
        yield from (f"{one['died']}去世" for one in facts.get("members") or ()
                    if one.get("name") == answer.person and one.get("died"))  # fmt: skip
