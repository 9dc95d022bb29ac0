"""One case of each kind that the pages of acceptance show: fresh, returned, taken with its letters, sent online."""

from dataclasses import dataclass
from datetime import date

from opendibao.intake.actions import sign_consents, submit_case
from opendibao.intake.case_letters import deliver_letter
from opendibao.intake.completeness import return_for_supplement, take_case
from opendibao.intake.consent_queries import consents_of
from opendibao.intake.models import Case, CaseLetter, OnlineApplication
from opendibao.intake.official_relatives import register_relative
from opendibao.intake.online_door import leave_application
from tests.registry.builders import VILLAGE, MemberEntry, at, household, number

APPLIED, TODAY = date(2025, 1, 3), date(2025, 1, 6)
FIRST = 961
SEEN = {"application", "declaration", "promise"}


@dataclass(frozen=True)
class Entering:
    """The ids of these cases, of a consent, of two letters (one handed over today), and of an online application."""

    fresh: int
    returned: int
    taken: int
    signed: int
    letter: int
    handed: int
    online: int


def _case(place: int, channel: str = "counter") -> Case:
    head = MemberEntry(number(date(1951, 2, place - FIRST + 1), 23), f"申请{place}", "head")
    home = household(f"999999-{place:05d}", head)
    return submit_case(home, kind="application", channel=channel, declared={}, on=APPLIED, at=at(APPLIED))


def whole() -> Entering:
    """Enter them; the county's divisions are entered before."""
    fresh, returned, taken = _case(FIRST), _case(FIRST + 1, "helper"), _case(FIRST + 2)
    return_for_supplement(returned.pk, items=["委托书", "信息真实完整承诺书"], on=APPLIED, at=at(APPLIED))
    handed = CaseLetter.objects.get(case=returned)
    deliver_letter(handed.pk, how="village", receiver=f"申请{FIRST + 1}", on=TODAY, at=at(TODAY))
    sign_consents(taken.pk, on=APPLIED, at=at(APPLIED))
    take_case(taken.pk, seen=SEEN, on=APPLIED, at=at(APPLIED))
    register_relative(
        taken.pk, member=f"申请{FIRST + 2}", official="李书记", post="村支部书记", relation="兄弟", on=APPLIED,
        at=at(APPLIED),
    )  # fmt: skip
    leave_application(
        VILLAGE, applicant="刘小梅", id_number=number(date(1970, 5, 6), 4), phone="00012345678", key="k" * 32,
        content={"members": [{"name": "刘大", "relation": "child", "id_number": ""}], "reason": "生病"},
        received_at=at(TODAY),
    )  # fmt: skip
    letter = CaseLetter.objects.get(case=taken)
    signed = consents_of(taken.pk)[0]
    online = OnlineApplication.objects.get()
    return Entering(fresh.pk, returned.pk, taken.pk, signed.id, letter.pk, handed.pk, online.pk)
