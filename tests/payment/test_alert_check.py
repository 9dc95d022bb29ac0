"""预警和发放: what the re-match found proposes to hold; whoever pays sees it and decides, nobody is stopped by it."""

from datetime import date

import pytest

from opendibao.intake.actions import submit_case
from opendibao.intake.models import Case
from opendibao.payment.actions import compute_run
from opendibao.payment.models import Finding, Hold, PayLine, PayRun
from opendibao.payment.prechecks import look_again, settle_findings, sign_checks
from opendibao.registry.models import Household
from opendibao.verification.models import Alert
from opendibao.verification.rematch.answering import explain_alert, settle_alert, tie_alerts
from tests.registry.builders import FATHER, MOTHER, at, divisions
from tests.verification.delivered import row
from tests.verification.rematch.county import ON, brought, clerk, confirmer, couple, run

JUNE, FROZEN = date(2024, 6, 1), date(2024, 5, 31)
NOW = {"on": FROZEN, "at": at(FROZEN)}


@pytest.fixture
def home(county: None) -> Household:
    divisions()
    return couple()


def computed() -> PayRun:
    return compute_run(JUNE, maker="孙编制", **NOW)  # type: ignore[arg-type]


def found() -> list[str]:
    return list(Finding.objects.filter(kind="alert").values_list("detail", flat=True))


def settled(is_true: bool = True) -> Alert:
    alert = Alert.objects.get()
    with clerk():
        explain_alert(alert.pk, words="说了", on=ON, at=at(ON))
    with confirmer():
        code = "seen" if is_true else "known_before"
        settle_alert(alert.pk, is_true=is_true, reason_code=code, words="", on=ON, at=at(ON))
    return alert


def car() -> None:
    brought("vehicles", row(FATHER, plate="赣Z1A234", kind="car", use="private", registered_on="2024-04-12"))
    run()


def test_a_death_that_nobody_has_settled_proposes_to_hold(home: Household) -> None:
    brought("public_security", row(FATHER, status="died", died_on="2024-05-01"))
    run()

    computed()

    assert found() == ["李建国：户籍登记：2024-05-01死亡（预警待处置）"]


def test_a_car_does_so_only_once_it_is_true(home: Household) -> None:
    car()
    computed()
    assert found() == []

    settled()
    look_again(PayRun.objects.get().pk, **NOW)  # type: ignore[arg-type]

    assert found() == ["李建国：小客车赣Z1A234（非营运，2024-04-12登记）（预警属实）"]


def test_whoever_pays_may_pay_all_the_same(home: Household) -> None:
    car()
    settled()
    made = computed()

    ids = list(Finding.objects.filter(outcome="").values_list("id", flat=True))
    settle_findings(ids, outcome="accepted", reason="决定没有变，照发", **NOW)  # type: ignore[arg-type]
    sign_checks(made.pk, **NOW)  # type: ignore[arg-type]

    assert PayLine.objects.get().amount_fen == 148_000
    assert not Hold.objects.exists()


def test_what_is_not_true_proposes_nothing(home: Household) -> None:
    car()
    settled(is_true=False)

    computed()

    assert found() == []


def test_a_case_that_kept_the_money_ends_the_proposal(home: Household) -> None:
    car()
    alert = settled()
    case = submit_case(alert.household_id, kind="review", channel="review", declared={}, on=ON, at=at(ON))
    tie_alerts(alert.household_id, case.pk, at=at(ON))
    computed()
    assert len(found()) == 1

    Case.objects.filter(pk=case.pk).update(state="kept")
    look_again(PayRun.objects.get().pk, **NOW)  # type: ignore[arg-type]

    assert Finding.objects.get(kind="alert").outcome == "fixed"


def test_two_warnings_of_a_family_are_one_finding(home: Household) -> None:
    brought("public_security", row(FATHER, status="died", died_on="2024-05-01"))
    brought("prisons", row(MOTHER, kind="prison", since="2024-03-01"))
    run()

    computed()

    assert found() == ["李建国：户籍登记：2024-05-01死亡（预警待处置）；王秀英：2024-03-01起在监狱服刑（预警待处置）"]
