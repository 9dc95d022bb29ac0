"""A couple covered in a small county, departments' files about it, and a run over everybody."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from opendibao.audit.session import acting
from opendibao.decision.models import Decision
from opendibao.kernel.duties import Duty
from opendibao.registry.models import Household, Person
from opendibao.verification.linking import link_delivery
from opendibao.verification.models import Alert, Rematch
from opendibao.verification.rematch.running import perform_rematch, start_rematch
from tests.payment.builders import opening_act
from tests.registry.builders import COUNTY, FATHER, MOTHER, TOWN, VILLAGE, MemberEntry, at, household
from tests.verification.delivered import Row, delivered

ON, NEXT_MONTH, DECIDED = date(2024, 5, 20), date(2024, 6, 20), date(2024, 1, 3)
AS_OF = date(2024, 5, 10)
STANDARD = 74_000
"""Rural, a person and month, 2024, fen; the couple has no income and gets it twice."""
LIMIT = 24 * 2 * STANDARD
"""24 months of the standard for two: 35,520.00 yuan."""
HOME = "999999-00001"
Facts = dict[str, Any]


def facts(**owned: object) -> Facts:
    """What the decision rests on: two of working age without income, 5,000 yuan and a home."""
    return {
        "area": "rural",
        "members": [
            {"name": MOTHER.name, "born": "1984-03-12", "sex": "female", "relation": "head"},
            {"name": FATHER.name, "born": "1982-05-01", "sex": "male", "relation": "spouse"},
        ],
        "property": {"financial_assets": {"deposits": "5000"}, "dwellings": 1, **owned},
    }


def couple(decided: Facts | None = None, file: str = HOME, *members: MemberEntry, division: str = VILLAGE) -> Household:
    """A household in force since January with 1,480 yuan a month."""
    home = household(file, *(members or (MOTHER, FATHER)), division=division)
    made = Household.objects.get(pk=home)
    Decision.objects.create(
        number=f"旧{file}", household=made, opening_act=opening_act(), division=division, area="rural", kind="legacy",
        cause="opening", outcome="dibao", decided_on=DECIDED, maker="甲签", approver="乙签", persons=2,
        amount_fen=2 * STANDARD, supplement_fen=0, rule_set="r1", first_month=date(2024, 2, 1),
        facts=facts() if decided is None else decided,
    )  # fmt: skip
    return made


def brought(source: str, *rows: Row, as_of: date = AS_OF, came: date = ON, **more: Any) -> int:
    """A department's file, held against the register."""
    delivery = delivered(source, rows, as_of=as_of, came=came, **more)
    link_delivery(delivery, at=at(came))
    return delivery


def run(on: date = ON) -> Rematch:
    """A run over everybody covered."""
    made = start_rematch(COUNTY, is_monthly=False, on=on, at=at(on))
    return perform_rematch(made.pk, at=at(on))


def raised(on: date = ON) -> list[tuple[str, str, int | None, int | None]]:
    """What a run raises: kind, words, measure, effect."""
    run(on)
    rows = Alert.objects.order_by("id")
    return [(row.kind, row.words, row.measure, row.effect_fen) for row in rows]


def person(who: MemberEntry) -> Person:
    return Person.objects.get(id_number=who.id_number)


def clerk(name: str = "王经办") -> Any:
    """As a clerk of the township who looks into warnings."""
    return acting(name, TOWN[:9], {Duty.ACCEPT, Duty.SURVEY})


def confirmer(name: str = "李审核") -> Any:
    """As the county's officer who decides."""
    return acting(name, COUNTY[:6], {Duty.CONFIRM})


def only(alerts: Sequence[Alert] | None = None) -> Alert:
    """The one warning there is."""
    (found,) = alerts or Alert.objects.all()
    return found
