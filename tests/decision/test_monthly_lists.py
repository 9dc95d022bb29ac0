"""月榜: a township's lists of a month at once are what each would be by itself; all or none."""

from datetime import date

import pytest

from opendibao.audit.models import Event
from opendibao.decision.models import Publication
from opendibao.decision.monthly_lists import publish_villages
from opendibao.decision.publication import publish_village
from opendibao.decision.refusal import DecisionRefused
from tests.decision.builders import DECIDED, covered
from tests.registry.builders import NEXT_VILLAGE, VILLAGE, at, divisions

pytestmark = pytest.mark.usefixtures("county")
MARCH, APRIL, MAY_DAY = date(2024, 3, 1), date(2024, 4, 1), date(2024, 5, 2)


@pytest.fixture(autouse=True)
def _covered(county: None) -> None:
    divisions()
    covered()


def counts() -> list[tuple[str, date, int, int, int]]:
    rows = Publication.objects.order_by("division", "month")
    return [(r.division, r.month, r.households, r.persons, r.monthly_fen) for r in rows]


def test_all_villages_of_a_month_at_once_a_poor_one_and_one_without_anybody() -> None:
    publish_villages([VILLAGE, NEXT_VILLAGE], MARCH, on=DECIDED, at=at(DECIDED))

    assert counts() == [(VILLAGE, MARCH, 1, 3, 137_800), (NEXT_VILLAGE, MARCH, 0, 0, 0)]
    assert Event.objects.filter(action="长期公布").count() == 2


def test_it_is_the_same_as_one_by_one() -> None:
    publish_villages([VILLAGE], MARCH, on=MAY_DAY, at=at(MAY_DAY))
    publish_village(VILLAGE, APRIL, on=MAY_DAY, at=at(MAY_DAY))

    (*_, march), (*_, april) = [row[2:] for row in counts()]
    assert march == april == 137_800


@pytest.mark.parametrize(
    ("villages", "month", "says"),
    [
        ([], MARCH, "每个一次"),
        ([VILLAGE, VILLAGE], MARCH, "每个一次"),
        (["360429100000"], MARCH, "360429100000"),
        ([VILLAGE], date(2024, 3, 2), "每月第一天"),
        ([VILLAGE], date(2024, 6, 1), "还没有到"),
    ],
)
def test_what_cannot_be_hung_up(villages: list[str], month: date, says: str) -> None:
    with pytest.raises(DecisionRefused, match=says):
        publish_villages(villages, month, on=MAY_DAY, at=at(MAY_DAY))

    assert counts() == []


def test_one_that_hangs_already_keeps_all_back() -> None:
    publish_village(VILLAGE, MARCH, on=MAY_DAY, at=at(MAY_DAY))

    with pytest.raises(DecisionRefused, match=f"已公布：{VILLAGE}"):
        publish_villages([NEXT_VILLAGE, VILLAGE], MARCH, on=MAY_DAY, at=at(MAY_DAY))

    assert len(counts()) == 1
