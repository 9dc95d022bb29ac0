"""A village where every page of its review, notices and publication has something to show."""

from dataclasses import dataclass
from datetime import date

from opendibao.decision.models import PublicNotice
from opendibao.decision.notice import post_notices
from opendibao.decision.objections import register_objection
from opendibao.decision.publication import publish_village
from opendibao.decision.review_meeting import hold_meeting
from tests.decision.reported import DECEMBER, verified
from tests.decision.villages import seats
from tests.registry.builders import NEXT_VILLAGE, VILLAGE, at

FIRST = 851
OBJECTED = date(2025, 1, 2)


@dataclass(frozen=True)
class InVillage:
    """The ids of a meeting with names, of a sheet whose days are over, and of cases on the way."""

    meeting: int
    sheet: int
    objected_case: int
    objection: int
    voted_case: int


def whole() -> InVillage:
    """Two of three cases are voted on; one is posted and objected to. The next village's list is up to date."""
    posted, voted, _waiting = (verified(FIRST + n, days=DECEMBER) for n in range(3))
    met = DECEMBER.met
    held = hold_meeting(
        VILLAGE, on=met, at=at(met), chair="邓主持", recorder="方记录", villagers=7, party_members=3, cadres=3,
        place="村委会", entitled=9, seats=seats(), votes=[(posted.pk, 12, 0, 0, 1), (voted.pk, 4, 8, 1, 0)],
    )  # fmt: skip
    post_notices(VILLAGE, [posted.pk], on=DECEMBER.posted, at=at(DECEMBER.posted), places=["村务公开栏"])
    objection = register_objection(
        posted.pk, words="家里有门面出租", person="钱邻居", contact="00012340000", on=OBJECTED, at=at(OBJECTED)
    )
    publish_village(NEXT_VILLAGE, date(2025, 1, 1), on=date(2025, 1, 3), at=at(date(2025, 1, 3)))
    return InVillage(held.pk, PublicNotice.objects.get(case=posted).pk, posted.pk, objection.pk, voted.pk)
