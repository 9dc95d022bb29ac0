"""跑复核比对: nothing is raised twice, what has grown is; who could not be checked is named; a run stands or falls."""

from datetime import date

import pytest

from opendibao.audit.duties import NotYourDuty
from opendibao.audit.session import acting
from opendibao.intake.models import Consent
from opendibao.kernel.duties import Duty
from opendibao.registry.actions import record_death
from opendibao.verification.linking import link_delivery
from opendibao.verification.models import (
    Alert,
    AlertStep,
    Link,
    Lookup,
    Rematch,
    RematchGap,
    RematchSource,
)
from opendibao.verification.refusal import VerificationRefused
from opendibao.verification.rematch import running
from opendibao.verification.rematch.answering import explain_alert, settle_alert, settle_as_another
from opendibao.verification.rematch.queries import gaps_by_why, gaps_of, sources_of
from opendibao.verification.rematch.running import perform_rematch, start_rematch
from tests.intake.builders import authorised
from tests.registry.builders import COUNTY, FATHER, LONER, MOTHER, at
from tests.verification.delivered import Row, delivered, deposit, row
from tests.verification.rematch.county import (
    AS_OF,
    LIMIT,
    NEXT_MONTH,
    ON,
    brought,
    clerk,
    confirmer,
    couple,
    only,
    person,
    run,
)

pytestmark = pytest.mark.usefixtures("places")
DEAD = row(FATHER, status="died", died_on="2024-05-01")


def car(plate: str = "赣Z1A234", since: str = "2024-04-12") -> Row:
    return row(FATHER, plate=plate, kind="car", use="private", registered_on=since)


def refuted(alert: Alert) -> None:
    with clerk():
        explain_alert(alert.pk, words="车是弟弟的，借名登记", on=ON, at=at(ON))
    with confirmer():
        settle_alert(
            alert.pk, is_true=False, reason_code="held_for_others", words="有购车合同", on=ON, at=at(ON)
        )  # fmt: skip


class TestOnce:
    def test_the_same_run_twice_on_a_day_raises_once(self) -> None:
        couple()
        brought("public_security", DEAD)

        first, second = run(), run()

        assert (first.found, first.again, second.found, second.again) == (1, 0, 0, 1)
        assert only().last_rematch_id == second.pk

    def test_what_was_answered_is_not_raised_again_by_the_next_file(self) -> None:
        couple()
        brought("vehicles", car())
        run()
        refuted(only())
        brought("vehicles", car(), as_of=date(2024, 6, 10), came=NEXT_MONTH)

        again = run(NEXT_MONTH)

        assert (again.found, again.again) == (0, 0)
        assert only().state == "refuted"

    def test_another_car_is_another_thing(self) -> None:
        couple()
        brought("vehicles", car())
        run()
        refuted(only())
        brought("vehicles", car(), car("赣Z9B999"), as_of=date(2024, 6, 10), came=NEXT_MONTH)

        assert run(NEXT_MONTH).found == 1
        assert Alert.objects.get(state="open").words.startswith("小客车赣Z9B999")

    @pytest.mark.parametrize(("fen", "found"), [(LIMIT * 11 // 10 + 1, 0), (LIMIT * 11 // 10 + 2, 1)])
    def test_money_is_raised_again_when_it_is_more_than_a_tenth_above(self, fen: int, found: int) -> None:
        couple()
        brought("bank_deposits", deposit(MOTHER, LIMIT + 1, as_of="2024-05-10"))
        run()
        refuted(only())
        brought("bank_deposits", deposit(MOTHER, fen, as_of="2024-06-10"), as_of=date(2024, 6, 10), came=NEXT_MONTH)

        assert run(NEXT_MONTH).found == found  # 35,520.01 and a tenth are 39,072.011
        assert [row.version for row in Alert.objects.order_by("id")] == [1, 2][: 1 + found]

    def test_who_is_not_the_same_is_never_raised_again(self) -> None:
        couple()
        brought("vehicles", car())
        run()
        with clerk():
            settle_as_another(only().pk, reason_code="namesake", words="", on=ON, at=at(ON))
        brought("vehicles", car(), as_of=date(2024, 6, 10), came=NEXT_MONTH)

        assert run(NEXT_MONTH).found == 0
        assert only().state == "not_same"


class TestEnd:
    def test_what_is_gone_before_anybody_asked_ends_by_itself(self) -> None:
        couple()
        brought("vehicles", car())
        run()
        brought("vehicles", row(LONER, plate="赣Z0", kind="car"), as_of=date(2024, 6, 10), came=NEXT_MONTH)

        assert run(NEXT_MONTH).ended == 1
        assert (only().state, only().reason_code) == ("ended", "no_longer_found")
        assert AlertStep.objects.get().words == "部门的数据里已经没有，或者新的决定已经计算在内"

    def test_what_the_family_was_asked_about_stays_though_it_is_gone(self) -> None:
        couple()
        brought("vehicles", car())
        run()
        with clerk():
            explain_alert(only().pk, words="刚卖了", on=ON, at=at(ON))
        brought("vehicles", row(LONER, plate="赣Z0", kind="car"), as_of=date(2024, 6, 10), came=NEXT_MONTH)

        assert run(NEXT_MONTH).ended == 0
        assert only().state == "explained"

    def test_whoever_is_covered_no_longer_is_warned_of_no_longer(self) -> None:
        couple()
        brought("public_security", DEAD)
        run()
        record_death(person(FATHER).pk, died=date(2024, 5, 1), at=at(ON))

        assert run().ended == 1
        assert (only().state, only().reason_code) == ("ended", "no_longer_covered")


class TestUnchecked:
    def test_a_source_without_data_checked_nobody(self) -> None:
        couple()
        brought("public_security", row(MOTHER, status="registered"), row(FATHER, status="registered"))

        made = run()

        assert (made.households, made.persons, made.unchecked) == (1, 2, 2)
        told = {row.source: (row.why, row.hits, row.no_hits, row.unchecked) for row in sources_of(made.pk)}
        assert told["vehicles"] == ("no_data", 0, 0, 2)
        assert told["public_security"] == ("", 0, 2, 0)  # a normal registration bears on nothing
        assert gaps_of(made.pk) == []  # nobody by name: it is the source that lacks

    def test_old_data_are_no_data(self) -> None:
        couple()
        brought("public_security", row(MOTHER, status="registered"), as_of=date(2024, 2, 17))

        assert RematchSource.objects.get(rematch=run(), source="public_security").why == "stale"  # 92 days: 18 February

    def test_the_last_day_is_fresh(self) -> None:
        couple()
        brought("public_security", row(MOTHER, status="registered"), as_of=date(2024, 2, 18))

        made = RematchSource.objects.get(rematch=run(), source="public_security")
        assert (made.why, made.hits, made.no_hits) == ("", 0, 2)

    def test_whom_the_list_did_not_name_is_told_by_name(self) -> None:
        couple()
        brought("vehicles", car(), list_of=date(2024, 5, 1))

        made = run()

        assert [(row.person, row.why, row.sources) for row in gaps_of(made.pk)] == [
            (MOTHER.name, "not_covered", ["vehicles"])
        ]

    def test_a_row_with_his_name_alone_proves_nothing(self) -> None:
        couple()
        brought("vehicles", row(name=FATHER.name, plate="赣Z5", kind="car"))

        made = run()

        assert [(row.person, row.why) for row in gaps_of(made.pk)] == [(FATHER.name, "no_key")]
        assert made.found == 0

    def test_a_doubtful_row_waits_for_somebody_to_say(self) -> None:
        couple()
        brought("vehicles", row(FATHER, name="赵铁柱", plate="赣Z5", kind="car"))
        assert Link.objects.get().state == "waiting"

        made = run()

        assert [(row.person, row.why) for row in gaps_of(made.pk)] == [(FATHER.name, "doubtful")]
        assert made.found == 0

    def test_who_took_his_consent_back_is_not_asked_about(self) -> None:
        home = couple()
        case = authorised(home.pk)
        consent = Consent.objects.get(case=case, person=person(FATHER))
        consent.revoked_on, consent.revoked_reason = date(2024, 5, 1), "不同意"
        consent.save()
        brought("public_security", DEAD)

        made = run()

        assert made.found == 0
        assert [(row.why, row.persons) for row in gaps_by_why(made.pk)] == [("no_consent", 1)]
        assert RematchGap.objects.get().sources == []
        assert [row.person.name for row in Lookup.objects.all()] == [MOTHER.name]

    def test_who_was_asked_about_is_on_record(self) -> None:
        couple()
        brought("public_security", DEAD)
        run()

        asked = {(one.person.name, tuple(one.sources), one.purpose) for one in Lookup.objects.all()}
        assert asked == {(who.name, ("public_security",), "rematch") for who in (MOTHER, FATHER)}


class TestWhole:
    def test_a_run_that_fails_leaves_nothing_and_says_so(self, monkeypatch: pytest.MonkeyPatch) -> None:
        couple()
        brought("public_security", DEAD)
        made = start_rematch(COUNTY, is_monthly=False, on=ON, at=at(ON))

        def broken(*_: object) -> None:
            raise OSError("disk full")

        monkeypatch.setattr(running, "_log", broken)
        with pytest.raises(OSError, match="disk full"):
            perform_rematch(made.pk, at=at(ON))

        assert Rematch.objects.get().state == "interrupted"
        assert (Alert.objects.count(), RematchSource.objects.count(), RematchGap.objects.count()) == (0, 0, 0)

    def test_only_one_runs_at_a_time(self) -> None:
        start_rematch(COUNTY, is_monthly=False, on=ON, at=at(ON))

        with pytest.raises(VerificationRefused, match="张经办发起的复核比对正在进行"):
            start_rematch(COUNTY, is_monthly=False, on=ON, at=at(ON))

    def test_one_that_hangs_gives_way_after_half_an_hour(self) -> None:
        first = start_rematch(COUNTY, is_monthly=False, on=ON, at=at(ON))
        late = at(ON).replace(minute=30)

        second = start_rematch(COUNTY, is_monthly=True, on=ON, at=late)

        first.refresh_from_db()
        assert (first.state, second.state) == ("interrupted", "running")
        with pytest.raises(VerificationRefused, match="已经结束"):
            perform_rematch(first.pk, at=late)

    def test_who_came_after_the_file_was_held_against_the_register_is_looked_for(self) -> None:
        link_delivery(delivered("public_security", [DEAD], as_of=AS_OF, came=ON), at=at(date(2024, 1, 1)))
        couple()  # entered on 2 January
        assert not Link.objects.exists()

        assert run().found == 1

    def test_it_is_the_confirmers_duty(self) -> None:
        with acting("王经办", "360429", {Duty.ACCEPT}), pytest.raises(NotYourDuty, match="审核确认"):
            start_rematch(COUNTY, is_monthly=False, on=ON, at=at(ON))
