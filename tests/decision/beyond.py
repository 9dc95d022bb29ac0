"""A family between the lines: too much for dibao, little enough for the low-income register; referred, looked into."""

from dataclasses import dataclass
from datetime import date

from opendibao.decision.inquiries import close_inquiry, open_inquiry
from opendibao.decision.low_income import recognise_low_income
from opendibao.decision.models import Decision, Inquiry, LowIncomeEntry, Referral
from opendibao.decision.referrals import close_referral, refer_household
from tests.decision.builders import checking, earning, refuse, surveyed
from tests.decision.reported import DECEMBER, facts_of, verified
from tests.registry.builders import at

RECOGNISED = date(2024, 3, 20)
# (2,700 − 200) × 12 + 3,000 = 33,000 a year: above 3 × 8,880 = 26,640, below 1.5 times that, 39,960
PAY = 2700
FOUND = "复核时发现漏算父亲在外打工的收入"


def edge_refused(home: int | None = None, pay: int = PAY) -> Decision:
    """The family of three when the father earns 2,700: dibao is refused, the rules say 低保边缘."""
    return refuse(surveyed(earning(pay), home))


def recognised(home: int | None = None) -> LowIncomeEntry:
    """The family in the register, recognised two days after the refusal."""
    decision = edge_refused(home)
    assert decision.case_id
    with checking():
        return recognise_low_income(decision.case_id, on=RECOGNISED, at=at(RECOGNISED))


def refer(home: int, on: date = RECOGNISED, *, kind: str = "education", because: str = "孩子在校就读") -> Referral:
    """The family is referred to the education office."""
    return refer_household(home, kind=kind, office="县教育局", because=because, on=on, at=at(on))


def look_into(decision: Decision, on: date = RECOGNISED, finding: str = "wrongly_out") -> Inquiry:
    """A re-verification found the decision wrong."""
    return open_inquiry(decision.pk, finding=finding, source="review", words=FOUND, on=on, at=at(on))


@dataclass(frozen=True)
class Beyond:
    """Ids for pages: a candidate's case, an entry, an open and a closed referral, an open and a closed inquiry."""

    edge_case: int
    edge_entry: int
    referral: int
    closed_referral: int
    inquiry: int
    closed_inquiry: int
    looked_into: int


def lone_edge(sequence: int) -> Decision:
    """A man alone who earns 1,100 a month: (1,100 − 200) × 12 = 10,800, above 8,880 and below 13,320; refused."""
    found = facts_of(sequence)
    found["members"][0]["income"] = [{"kind": "wages", "amount": 1100, "per": "month", "months": 12}]
    return refuse(verified(sequence, found, DECEMBER), DECEMBER.reported)


def whole(first: int = 871) -> Beyond:
    """One family to be recognised, one recognised, both referred; one decision looked into twice."""
    waiting, known = lone_edge(first), lone_edge(first + 1)
    assert waiting.case_id
    assert known.case_id
    day, later = date(2024, 12, 31), date(2025, 1, 3)
    with checking():
        entry = recognise_low_income(known.case_id, on=day, at=at(day))
    open_one, done = refer(waiting.household_id, day), refer(known.household_id, day)
    close_referral(done.pk, outcome="granted", words="免除学费", on=later, at=at(later))
    looked = look_into(waiting, day)
    with checking("郭评价"):
        close_inquiry(
            looked.pk, outcome="educated", reason="没有问清打工月数", topic="外出务工收入核算", on=later, at=at(later)
        )
    again = look_into(waiting, later)
    return Beyond(waiting.case_id, entry.pk, open_one.pk, done.pk, again.pk, looked.pk, waiting.pk)
