"""办预警: the township looks, another confirms; nothing happens to the money by itself; what was done can be undone."""

import pytest

from opendibao.audit.duties import NotYourDuty
from opendibao.audit.queries import events_of
from opendibao.audit.session import acting
from opendibao.decision.models import Decision
from opendibao.intake.actions import submit_case
from opendibao.kernel.duties import Duty
from opendibao.verification.models import Alert, AlertStep, NotSamePerson
from opendibao.verification.refusal import VerificationRefused
from opendibao.verification.rematch.answering import (
    explain_alert,
    return_alert,
    settle_alert,
    settle_as_another,
    tie_alerts,
    undo_alert,
    visit_alert,
)
from opendibao.verification.rematch.queries import (
    AlertQuestion,
    alert_of,
    alerts,
    alerts_to_do,
    disposition_by_month,
    loads,
    steps_of,
)
from opendibao.verification.rematch.reasons import alert_reasons, reason_zh, reasons_for
from tests.registry.builders import FATHER, VILLAGE, at
from tests.verification.delivered import row
from tests.verification.rematch.county import HOME, NEXT_MONTH, ON, brought, clerk, confirmer, couple, only, run

pytestmark = pytest.mark.usefixtures("places")


@pytest.fixture
def alert(places: None) -> Alert:
    """A car that nobody declared."""
    couple()
    brought("vehicles", row(FATHER, plate="赣Z1A234", kind="car", use="private", registered_on="2024-04-12"))
    run()
    return only()


def explained(alert: Alert, officer: str = "王经办") -> None:
    with clerk(officer):
        explain_alert(alert.pk, words="借给弟弟登记的", on=ON, at=at(ON))


def confirmed(alert: Alert, officer: str = "李审核") -> None:
    with confirmer(officer):
        settle_alert(alert.pk, is_true=True, reason_code="seen", words="", on=ON, at=at(ON))


def test_the_township_asks_and_the_county_decides(alert: Alert) -> None:
    explained(alert)
    with clerk("陈走访"):
        visit_alert(alert.pk, words="车停在院里", companion="黄走访", on=ON, at=at(ON))
    confirmed(alert)

    alert.refresh_from_db()
    assert (alert.state, alert.looked_by, alert.settled_by, alert.reason_code) == (
        "confirmed", "陈走访", "李审核", "seen",
    )  # fmt: skip
    assert [(step.came_to, step.officer, step.companion, step.words) for step in steps_of(alert.pk)] == [
        ("explained", "王经办", "", "借给弟弟登记的"),
        ("visited", "陈走访", "黄走访", "车停在院里"),
        ("confirmed", "李审核", "", "入户或者现场看到"),
    ]
    assert [event.action for event in events_of(f"家庭 {HOME}")][-3:] == ["登记预警说明", "登记预警入户", "处置预警"]


def test_a_confirmed_warning_by_itself_changes_no_decision(alert: Alert) -> None:
    before = Decision.objects.values_list("amount_fen", "ended_on", "last_month").get()
    explained(alert)
    confirmed(alert)

    assert Decision.objects.values_list("amount_fen", "ended_on", "last_month").get() == before


def test_nobody_decides_before_the_township_has_looked(alert: Alert) -> None:
    with pytest.raises(VerificationRefused, match="乡镇还没有听家庭说明或者入户核实"):
        confirmed(alert)


def test_who_looked_does_not_decide(alert: Alert) -> None:
    explained(alert, "李审核")

    with pytest.raises(VerificationRefused, match="应由两人分别办理"):
        confirmed(alert, "李审核")


def test_a_clerk_has_not_the_duty_to_decide(alert: Alert) -> None:
    explained(alert)

    with clerk(), pytest.raises(NotYourDuty, match="审核确认"):
        settle_alert(alert.pk, is_true=True, reason_code="seen", words="", on=ON, at=at(ON))


def test_a_clerk_of_another_township_sees_nothing(alert: Alert) -> None:
    with acting("外镇", "360429101", {Duty.ACCEPT}):
        assert alert_of(alert.pk) is None
        with pytest.raises(VerificationRefused, match="不在本人可见的区划内"):
            explain_alert(alert.pk, words="x", on=ON, at=at(ON))


@pytest.mark.parametrize(
    ("code", "words", "said"),
    [
        ("exempt", "理由", "不能用于“属实”"),
        ("strange", "", "理由“strange”"),
        ("other_confirmed", " ", "“处置说明”没有填"),
        ("seen", "长" * 201, "最多200个字"),
    ],
)
def test_a_reason_must_fit(alert: Alert, code: str, words: str, said: str) -> None:
    explained(alert)

    with confirmer(), pytest.raises(VerificationRefused, match=said):
        settle_alert(alert.pk, is_true=True, reason_code=code, words=words, on=ON, at=at(ON))
    alert.refresh_from_db()
    assert alert.state == "explained"


@pytest.mark.parametrize("companion", ["", " ", "王经办", "长" * 21])
def test_two_go_to_visit(alert: Alert, companion: str) -> None:
    with clerk(), pytest.raises(VerificationRefused, match="两人以上"):
        visit_alert(alert.pk, words="看了", companion=companion, on=ON, at=at(ON))


def test_nothing_is_done_before_it_was_found(alert: Alert) -> None:
    with clerk(), pytest.raises(VerificationRefused, match="早于发现日期2024-05-20"):
        explain_alert(alert.pk, words="x", on=ON.replace(day=19), at=at(ON))


def test_the_county_sends_it_back_for_another_look(alert: Alert) -> None:
    explained(alert)
    with confirmer():
        return_alert(alert.pk, words="看购车发票", on=ON, at=at(ON))

    alert.refresh_from_db()
    assert (alert.state, alert.looked_by, alert.looked_on) == ("open", "", None)
    assert steps_of(alert.pk)[-1].words == "看购车发票"


class TestAnother:
    def test_it_is_remembered_and_may_be_taken_back(self, alert: Alert) -> None:
        with clerk():
            settle_as_another(alert.pk, reason_code="namesake", words="", on=ON, at=at(ON))
        assert NotSamePerson.objects.get().reason == "同名同姓，不是本人"

        with clerk():
            undo_alert(alert.pk, words="看错了", on=ON, at=at(ON))

        alert.refresh_from_db()
        assert (alert.state, alert.settled_by) == ("open", "")
        assert NotSamePerson.objects.get().taken_back_on == ON
        assert run(NEXT_MONTH).again == 1


class TestUndo:
    def test_a_decision_is_taken_back_by_whoever_took_it(self, alert: Alert) -> None:
        explained(alert)
        confirmed(alert)
        with confirmer("别人"), pytest.raises(VerificationRefused, match="只能撤回自己办的一步"):
            undo_alert(alert.pk, words="错", on=ON, at=at(ON))

        with confirmer():
            undo_alert(alert.pk, words="点错了", on=ON, at=at(ON))

        alert.refresh_from_db()
        assert (alert.state, alert.looked_by, alert.settled_by) == ("explained", "王经办", "")
        assert (steps_of(alert.pk)[-1].is_undo, steps_of(alert.pk)[-1].words) == (True, "点错了")

    def test_what_was_entered_is_taken_back_too(self, alert: Alert) -> None:
        explained(alert)
        with clerk():
            undo_alert(alert.pk, words="登错户了", on=ON, at=at(ON))

        alert.refresh_from_db()
        assert (alert.state, alert.looked_by) == ("open", "")
        with clerk(), pytest.raises(VerificationRefused, match="没有可以撤回的一步"):
            undo_alert(alert.pk, words="再撤", on=ON, at=at(ON))


class TestCase:
    def test_a_confirmed_warning_waits_for_a_case_and_stays_once_there_is_one(self, alert: Alert) -> None:
        explained(alert)
        confirmed(alert)
        assert [(row.id, row.state) for row in alerts_to_do(ON)] == [(alert.pk, "confirmed")]
        case = submit_case(alert.household_id, kind="review", channel="review", declared={}, on=ON, at=at(ON))

        assert tie_alerts(alert.household_id, case.pk, at=at(ON)) == 1

        assert alerts_to_do(ON) == []
        with confirmer(), pytest.raises(VerificationRefused, match="已经为这条预警立了复核案件"):
            undo_alert(alert.pk, words="错", on=ON, at=at(ON))
        with pytest.raises(VerificationRefused, match="没有属实而还没有立案的预警"):
            tie_alerts(alert.household_id, case.pk, at=at(ON))


class TestQueries:
    def test_the_rate_counts_what_is_settled_of_what_was_found(self, alert: Alert) -> None:
        assert [(row.found, row.settled) for row in loads(AlertQuestion(today=ON), 9)] == [(1, 0)]
        explained(alert)
        confirmed(alert)

        (row,) = loads(AlertQuestion(today=ON), 12)
        assert (row.place, row.found, row.settled, row.overdue) == (VILLAGE, 1, 1, 0)
        (month,) = disposition_by_month(2024)
        assert (month.month.month, month.found, month.settled, month.confirmed, month.in_time) == (5, 1, 1, 1, 1)

    def test_it_is_overdue_the_day_after_its_last(self, alert: Alert) -> None:
        due = alert.due_on  # ten working days: 3 June
        assert due.isoformat() == "2024-06-03"

        assert alerts(AlertQuestion(standing="overdue", today=due)) == []
        assert len(alerts(AlertQuestion(standing="overdue", today=due.replace(day=4)))) == 1

    def test_the_grave_and_dear_come_first(self, alert: Alert) -> None:
        brought("public_security", row(FATHER, status="moved_out", moved_on="2024-04-02"))
        brought("social_insurance", row(FATHER, kind="employee", since="2023-06", employer="某厂"))
        run()

        # car 2 × 1,480; moved away 2 × 1,480 (not computable: all of it) and due the same day; wages 1 × 1,480
        assert [row.kind for row in alerts(AlertQuestion(today=ON))] == ["new_vehicle", "moved_away", "wages"]
        assert [row.kind for row in alerts(AlertQuestion(kind="wages", today=ON))] == ["wages"]


def test_every_reason_is_dated_and_can_be_said() -> None:
    assert {one.of for one in alert_reasons()} == {"confirmed", "refuted", "not_same"}
    assert reasons_for("confirmed", ON.replace(year=2020)) == []
    assert reason_zh("seen") == "入户或者现场看到"
    assert reason_zh("no_longer_covered") == "家庭或者本人已不在保"
    assert reason_zh("unknown") == "unknown"
    assert not AlertStep.objects.exists()
