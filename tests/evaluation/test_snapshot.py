"""快照: locked content is what was known; a later fact makes a new version and changes no old one."""

import json

import pytest

from opendibao.audit.models import Event
from opendibao.evaluation.actions import lock_year
from opendibao.evaluation.conclusion import conclude
from opendibao.evaluation.models import Snapshot
from opendibao.evaluation.queries import latest_snapshot, snapshot_period
from opendibao.evaluation.snapshot import conclusion_of
from tests.evaluation import small_county
from tests.evaluation.year import LATER, LOCKED, YEAR, dies, year
from tests.payment.builders import COUNTY

pytestmark = pytest.mark.usefixtures("county")


def value(snapshot: Snapshot, figure: str) -> str:
    return str(next(one["value"] for one in snapshot.content["figures"] if one["id"] == figure))


def test_a_lock_holds_every_figure_as_it_is_printed() -> None:
    small_county.whole()
    locked = lock_year(YEAR, COUNTY, at=LOCKED)
    assert (locked.version, locked.officer, str(locked.as_of)) == (1, "张经办", "2024-12-31")
    assert [value(locked, one) for one in ("paid.rural", "paid.urban", "paid")] == ["0.06", "0.06", "0.13"]
    assert [value(locked, one) for one in ("households", "rural.persons", "indicator.04")] == ["2", "2", "未测得"]
    assert len({one["id"] for one in locked.content["figures"]}) == len(locked.content["figures"])


def test_the_conclusion_comes_back_from_the_lock_as_it_was() -> None:
    small_county.whole()
    said = conclude(year())
    locked = lock_year(YEAR, COUNTY, at=LOCKED)
    assert conclusion_of(locked) == said
    assert conclusion_of(Snapshot.objects.get()) == said


def test_the_same_content_again_is_the_same_version() -> None:
    small_county.whole()
    first = lock_year(YEAR, COUNTY, at=LOCKED)
    again = lock_year(YEAR, COUNTY, at=LATER)
    assert (again.pk, again.version, again.known_at) == (first.pk, 1, LOCKED)
    assert Event.objects.filter(action="锁定快照").count() == 1


def test_a_late_death_makes_a_new_version_and_leaves_the_old_one() -> None:
    rural, _ = small_county.whole()
    first = lock_year(YEAR, COUNTY, at=LOCKED)
    before = json.dumps(first.content)
    dies(rural, 1, year().as_of.replace(day=20), known=LATER)

    second = lock_year(YEAR, COUNTY, at=LATER)

    assert (second.version, value(second, "rural.persons"), value(second, "left.persons")) == (2, "1", "1")
    first.refresh_from_db()
    assert json.dumps(first.content) == before
    assert value(first, "rural.persons") == "2"
    assert lock_year(YEAR, COUNTY, at=LOCKED).version == 1  # asked as it was known then: the figures of the first
    assert conclusion_of(first).rows[4].actual == "2人"


def test_a_snapshot_tells_what_it_was_asked() -> None:
    small_county.whole()
    lock_year(YEAR, COUNTY, at=LOCKED)
    kept = latest_snapshot(YEAR, COUNTY)
    assert kept is not None
    assert snapshot_period(kept) == year()
