"""墙: each promise about runs and warnings is broken here, and named by the database."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from opendibao.intake.actions import submit_case
from opendibao.verification.models import Alert, AlertStep, Rematch, RematchGap, RematchSource
from opendibao.verification.refusal import VerificationRefused
from opendibao.verification.rematch.states import NEXT, AlertState, move_alert
from tests.registry.builders import COUNTY, FATHER, at
from tests.verification.delivered import row
from tests.verification.rematch.county import ON, brought, couple, only, run

pytestmark = pytest.mark.usefixtures("places")


@pytest.fixture
def alert(places: None) -> Alert:
    couple()
    brought("vehicles", row(FATHER, plate="赣Z1A234", kind="car", use="private", registered_on="2024-04-12"))
    run()
    return only()


def refused(name: str, act: Any) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        act()


def again(alert: Alert, **changed: object) -> None:
    values = {field.attname: getattr(alert, field.attname) for field in Alert._meta.concrete_fields}
    values.pop("id")
    Alert.objects.create(**{**values, **changed})


def changed(alert: Alert, **fields: object) -> None:
    Alert.objects.filter(pk=alert.pk).update(**fields)


LOOKED = {"state": "explained", "looked_by": "王经办", "looked_on": ON}
SETTLED = {"state": "confirmed", "settled_by": "李审核", "settled_on": ON, "reason_code": "seen"}


class TestAlert:
    def test_an_alert_is_raised_once(self, alert: Alert) -> None:
        changed(alert, state="ended", settled_by="李审核", settled_on=ON, reason_code="no_longer_found")
        refused("an_alert_is_raised_once", lambda: again(alert))
        again(alert, version=2)

    def test_one_open_alert_of_a_thing(self, alert: Alert) -> None:
        refused("one_open_alert_of_a_thing", lambda: again(alert, version=2))

    def test_an_alert_is_due_later(self, alert: Alert) -> None:
        early = date(2024, 5, 19)
        refused("an_alert_is_due_later", lambda: again(alert, row_key="x", due_on=early))

    def test_a_looked_at_alert_says_who(self, alert: Alert) -> None:
        refused("a_looked_at_alert_says_who", lambda: changed(alert, state="explained"))
        refused("a_looked_at_alert_says_who", lambda: changed(alert, looked_by="王经办", looked_on=ON))

    def test_a_settled_alert_says_who(self, alert: Alert) -> None:
        changed(alert, **LOOKED)
        refused("a_settled_alert_says_who", lambda: changed(alert, state="confirmed"))
        refused("a_settled_alert_says_who", lambda: changed(alert, **{**SETTLED, "reason_code": ""}))

    def test_confirmed_by_another(self, alert: Alert) -> None:
        changed(alert, **LOOKED)
        refused("confirmed_by_another", lambda: changed(alert, **{**SETTLED, "settled_by": "王经办"}))
        changed(alert, **SETTLED)

    def test_only_what_is_confirmed_opens_a_case(self, alert: Alert) -> None:
        case = submit_case(alert.household_id, kind="review", channel="review", declared={}, on=ON, at=at(ON))
        refused("only_what_is_confirmed_opens_a_case", lambda: changed(alert, case=case))
        changed(alert, **LOOKED)
        changed(alert, **SETTLED)
        changed(alert, case=case)
        refused("预警已经立案", lambda: changed(alert, case=None))

    def test_it_begins_open_and_goes_its_way(self, alert: Alert) -> None:
        refused("从“待核实”开始", lambda: again(alert, row_key="x", **LOOKED))
        refused("不能从open变为confirmed", lambda: changed(alert, **{**LOOKED, **SETTLED}))

    def test_its_content_stays(self, alert: Alert) -> None:
        refused("内容不能改写", lambda: changed(alert, words="没有车"))
        refused("内容不能改写", lambda: changed(alert, due_on=date(2025, 1, 1)))
        with pytest.raises(DatabaseError), transaction.atomic():
            alert.delete()

    def test_the_table_and_the_database_agree(self, alert: Alert) -> None:
        """Every move of the table passes, every other is refused."""
        for now, following in NEXT.items():
            for then in AlertState:
                assert _moves(alert, now, then) == (then in following), (now, then)

    def test_a_move_that_is_not_in_the_table_is_refused_in_words(self) -> None:
        with pytest.raises(VerificationRefused, match="现在是“待核实”，不能变为“属实”"):
            move_alert(AlertState.OPEN, AlertState.CONFIRMED)


WAYS = {
    "open": [], "explained": ["explained"], "visited": ["visited"], "confirmed": ["visited", "confirmed"],
    "refuted": ["visited", "refuted"], "not_same": ["visited", "not_same"], "ended": ["visited", "ended"],
}  # fmt: skip


UNSETTLED = {"settled_by": "", "settled_on": None, "reason_code": ""}


def _fields(state: str) -> dict[str, object]:
    looked = {"looked_by": "王经办", "looked_on": ON} if state != "open" else {"looked_by": "", "looked_on": None}
    settled = {"settled_by": "李审核", "settled_on": ON, "reason_code": "seen"}
    return {"state": state, **looked, **(UNSETTLED if state in ("open", "explained", "visited") else settled)}


def _moves(alert: Alert, now: str, then: str) -> bool:
    """Whether the database lets a warning go from one state to another; the same again is no move."""
    if now == then:
        return False
    with transaction.atomic():
        for state in WAYS[now]:
            changed(alert, **_fields(state))
        try:
            with transaction.atomic():
                changed(alert, **_fields(then))
            may = True
        except IntegrityError:
            may = False
        transaction.set_rollback(True)
    return may


class TestStep:
    def test_its_place_its_words_and_the_second_visitor(self, alert: Alert) -> None:
        def step(**more: object) -> None:
            AlertStep.objects.create(**{  # type: ignore[misc]
                "alert": alert, "division": alert.division, "sequence": 1, "came_to": "explained", "done_on": ON,
                "officer": "王经办", "words": "说明", **more,
            })  # fmt: skip

        step()
        refused("an_alert_step_has_its_place", step)
        refused("an_alert_step_says_what", lambda: step(sequence=2, words=" "))
        refused("two_go_to_visit", lambda: step(sequence=2, came_to="visited"))
        refused("two_go_to_visit", lambda: step(sequence=2, came_to="visited", companion="王经办"))
        step(sequence=2, came_to="visited", companion="黄走访")
        step(sequence=3, came_to="visited", is_undo=True)
        with pytest.raises(DatabaseError), transaction.atomic():
            AlertStep.objects.update(words="别的")


class TestRun:
    def test_one_at_a_time_with_its_end(self, alert: Alert) -> None:
        def run_(**more: object) -> Rematch:
            return Rematch.objects.create(**{  # type: ignore[misc]
                "division": COUNTY, "ran_on": ON, "is_monthly": False, "started_by": "李审核", "started_at": at(ON),
                "state": "running", **more,
            })  # fmt: skip

        run_()
        refused("one_rematch_at_a_time", run_)
        refused("a_finished_rematch_has_its_end", lambda: run_(state="finished"))
        refused("not_more_unchecked_than_persons", lambda: run_(state="interrupted", unchecked=1))

    def test_a_finished_run_stays(self, alert: Alert) -> None:
        refused("已经结束的复核比对不能改写", lambda: Rematch.objects.update(found=0))

    def test_a_source_once_and_its_outcomes_add_up(self, alert: Alert) -> None:
        def source(**more: object) -> None:
            RematchSource.objects.create(**{  # type: ignore[misc]
                "rematch": alert.rematch, "division": COUNTY, "source": "x", "persons": 2, "hits": 1, "no_hits": 1,
                "unchecked": 0, "alerts": 0, **more,
            })  # fmt: skip

        source()
        refused("a_source_once_a_rematch", source)
        refused("rematch_outcomes_add_up", lambda: source(source="y", hits=2))
        refused("a_source_without_data_checks_nobody", lambda: source(source="y", why="no_data"))

    def test_a_gap_once_and_why(self, alert: Alert) -> None:
        def gap(**more: object) -> None:
            RematchGap.objects.create(**{  # type: ignore[misc]
                "rematch": alert.rematch, "person": alert.person, "household": alert.household,
                "division": alert.division, "why": "doubtful", "sources": ["x"], **more,
            })  # fmt: skip

        gap()
        refused("a_gap_of_a_person_once", gap)
        refused("a_gap_says_why", lambda: gap(why=""))
