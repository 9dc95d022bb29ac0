"""A county whose rural standard rises from 740 to 780 on 2024-07-01, and the families that it concerns."""

from datetime import date
from typing import Any

from opendibao.audit.session import acting
from opendibao.decision.models import Decision, OpeningAct, Uprating
from opendibao.decision.uprating import approve_uprating, prepare_uprating
from opendibao.kernel.duties import EVERY_DUTY
from opendibao.registry.models import Household
from tests.decision.builders import AMOUNT, covered, family
from tests.registry.builders import VILLAGE, at, divisions
from tests.rulemaking.builders import scheduled

JULY = date(2024, 7, 1)
EARLY, LATE = date(2024, 6, 20), date(2024, 9, 12)
PREPARER, APPROVER = "周编制", "林批准"
# G01 at 780: (780 × 3 × 12 − 11,000) / 12 = 1,423.33 → 1,424, and 78 for the child
RAISED, RAISED_SUPPLEMENT, RAISED_GAP = 150_200, 7_800, 142_333


def raised_standard() -> Decision:
    """The family of G01, confirmed in March 2024, in a county that raises its rural standard in July."""
    divisions()
    decision = covered()
    scheduled()
    return decision


def opening() -> OpeningAct:
    """The county's opening act."""
    act, _made = OpeningAct.objects.get_or_create(
        division="360429000000",
        defaults={"signed_on": date(2024, 1, 2), "first_officer": "甲签", "second_officer": "乙签",
                  "households": 100_000, "persons": 1, "monthly_fen": 1},
    )  # fmt: skip
    return act


def stock(number: str, facts: dict[str, Any] | None = None, *, fen: int = AMOUNT, persons: int = 3) -> Decision:
    """A household that came with the opening, with what is known of it, paid from January 2024 on."""
    act = opening()
    home = Household.objects.create(number=number, division=VILLAGE, opened_on=date(2020, 1, 1))
    facts = family() if facts is None else facts
    return Decision.objects.create(
        number=f"旧{number}", household=home, opening_act=act, division=VILLAGE, area=facts.get("area", "rural"),
        kind="legacy", cause="opening", outcome="dibao", decided_on=date(2024, 1, 2), maker="甲签", approver="乙签",
        persons=persons, amount_fen=fen, facts=facts, rule_set="r1", first_month=date(2024, 1, 1),
    )  # fmt: skip


def prepared(on: date = EARLY, month: date = JULY, **more: Any) -> Uprating:
    """What the first officer of the county put down."""
    with acting(PREPARER, "360429", EVERY_DUTY):
        return prepare_uprating(month, on=on, at=at(on), **more)


def approved(on: date = EARLY, month: date = JULY, **more: Any) -> Uprating:
    """What the second officer approved on the same day."""
    made = prepared(on, month, **more)
    with acting(APPROVER, "360429", EVERY_DUTY):
        return approve_uprating(made.pk, on=on, at=at(on))
