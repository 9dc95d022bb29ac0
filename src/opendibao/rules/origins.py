"""事实的出处: where in a case, or in which document, a fact that a rule read was written."""

from dataclasses import dataclass

from opendibao.rules.case import Case
from opendibao.rules.facts import OF_MEMBER

_HOUSEHOLD = {
    "is_urban": "area", "uses_tiers": "benefit_mode", "month": "decision_date", "listed": "members",
    "financial_assets": "property.financial_assets", "dwellings": "property.dwellings", "cars": "property.vehicles",
    "exempt_cars": "property.vehicles", "companies": "property.companies", "current_benefit": "current.benefit",
    "left_by_employment": "current.exit_cause",
}  # fmt: skip
_MEMBER = {
    "age": "born", "disability_kind": "disability.kind", "disability_grade": "disability.grade", "death_month": "died",
}  # fmt: skip
_SUPPORTER = {
    "supporter_is_urban": "area", "supporter_age": "born", "supporter_income": "income",
    "supporter_disability_kind": "disability.kind", "supporter_disability_grade": "disability.grade",
    "supporter_assets": "property.financial_assets", "supporter_dwellings": "property.dwellings",
    "supporter_cars": "property.vehicles",
}  # fmt: skip
_WRITTEN_SO = (
    "relation", "lives_together", "married_out", "study", "absent", "already", "severe_illness", "work_refusals",
    "special_hardship", "excluded_by_province",
)  # fmt: skip
_SPENT = ("social_insurance", "tax", "medical", "disability_care", "education")
_KINDS = {
    "pay": "wages", "months": "wages", "farm_mu": "farming", "business_revenue": "business",
    "business_cost": "business", "basic_pension": "resident_pension", "unsplit_pension": "resident_pension",
    "unsplit_months": "resident_pension", "has_support_order": "support_received", "other_income": "other",
    "medical": "medical_self_paid",
}  # fmt: skip


_THINGS = {"house": "houses", "vehicle": "vehicles", "exempt_asset": "exempt_assets"}


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a case's facts; `document` leads them where the facts were taken from one."""

    case: Case
    document: str = ""

    def of(self, entity: str, fact: str, row: int) -> str:
        """Where a fact stands: `members[0].income（wages）`; an unknown fact has its own name."""
        if entity in _OWN:
            place = _OWN[entity](self.case, fact, row)
        else:
            place = (_item if entity in OF_MEMBER else _owned)(self.case, entity, fact, row)
        return f"{self.document}·{place}" if self.document else place


def _household(_: Case, fact: str, __: int) -> str:
    return _HOUSEHOLD.get(fact, f"property.{fact}")


def _member(_: Case, fact: str, row: int) -> str:
    if fact in _MEMBER or fact in _WRITTEN_SO:
        return f"members[{row}].{_MEMBER.get(fact, fact)}"
    of = "spending" if fact in _SPENT else "income"
    return f"members[{row}].{of}（{_KINDS.get(fact, fact)}）"


def _item(case: Case, entity: str, fact: str, row: int) -> str:
    return _member(case, fact, case.items_of[entity][row])


def _supporter(case: Case, fact: str, row: int) -> str:
    return f"supporters（{case.supporters[row].name}）.{_SUPPORTER.get(fact, fact)}"


def _owned(case: Case, entity: str, _: str, row: int) -> str:
    return f"property.{_THINGS.get(entity, entity)}（{case.owned_names[entity][row]}）"


_OWN = {"household": _household, "member": _member, "supporter": _supporter}
