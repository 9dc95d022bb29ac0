"""听取意见: before less or nothing is decided the family is told, speaks or lets its days run out, and is answered."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from opendibao.audit.models import Event
from opendibao.decision.actions import HearingMissing, change_benefit, stop_benefit
from opendibao.decision.hearing import hearing_needed, hearing_of, is_heard, record_hearing, tell_of_hearing
from opendibao.decision.models import Decision, Hearing
from opendibao.decision.refusal import DecisionRefused
from opendibao.intake.models import Case, CaseLetter
from tests.decision.builders import HANDS, checking, covered, earning, review
from tests.intake.builders import submitted
from tests.registry.builders import VILLAGE, at

pytestmark = pytest.mark.usefixtures("places")
# Wednesday 2026-07-01; five working days for the family's words end on Wednesday the 8th
TOLD, UNTIL, DECIDED = date(2026, 7, 1), date(2026, 7, 8), date(2026, 7, 15)
OLD_DAY = date(2026, 6, 30)
PROPOSAL = "父亲有了工作，每月保障金拟减发"


def less(on: date) -> Case:
    """A re-verification that found the father earning 1,500 a month: the rules give less."""
    return review(covered(), earning(1500), on)


def reduce(case: Case, on: date = DECIDED) -> Decision | None:
    with checking():
        return change_benefit(case.pk, cause="income", facts=earning(1500), on=on, at=at(on), **HANDS)


def tell(case: Case, on: date = TOLD, proposal: str = PROPOSAL) -> Hearing:
    return tell_of_hearing(case.pk, proposal=proposal, on=on, at=at(on))


def hear(
    case: Case,
    on: date = date(2026, 7, 3),
    way: str = "meeting",
    words: str = "只做到年底",
    considered: str = "工资按实际月数算",
) -> Hearing:
    return record_hearing(case.pk, way=way, words=words, considered=considered, on=on, at=at(on))


class TestTheStory:
    def test_a_reduction_of_july_is_refused_until_the_family_was_heard(self) -> None:
        case = less(TOLD)
        with pytest.raises(HearingMissing, match="第四十八条"):
            reduce(case)

        tell(case)
        with pytest.raises(HearingMissing):  # told is not heard
            reduce(case)
        hear(case)
        decision = reduce(case)

        assert decision is not None
        assert (decision.kind, decision.decided_on) == ("reduce", DECIDED)
        assert [event.action for event in Event.objects.filter(action__contains="听取意见").order_by("id")] == [
            "告知听取意见", "听取意见",
        ]  # fmt: skip

    def test_on_the_last_day_of_june_none_was_needed(self) -> None:
        case = less(OLD_DAY)

        decision = reduce(case, OLD_DAY)

        assert decision is not None
        assert decision.kind == "reduce"
        assert hearing_of(case.pk) is None

    def test_a_case_accepted_in_june_is_heard_when_it_is_decided_in_july(self) -> None:
        case = less(OLD_DAY)

        with pytest.raises(HearingMissing):
            reduce(case)

        tell(case)
        hear(case)
        assert reduce(case) is not None

    def test_a_family_that_says_nothing_is_decided_after_its_days(self) -> None:
        case = review(covered(), earning(4000), TOLD)
        tell(case)
        with pytest.raises(DecisionRefused, match="可以提意见到2026-07-08为止"):
            hear(case, UNTIL, "silent", "")
        hear(case, date(2026, 7, 9), "silent", "")

        with checking():
            stopped = stop_benefit(case.pk, cause="income", on=DECIDED, at=at(DECIDED), **HANDS)

        assert stopped.kind == "stop"

    def test_what_was_heard_later_does_not_bear_an_earlier_decision(self) -> None:
        case = less(TOLD)
        tell(case)
        hear(case, date(2026, 7, 20), "phone")

        assert not is_heard(case.pk, DECIDED)
        with pytest.raises(HearingMissing):
            reduce(case)

    def test_the_database_asks_for_it_too(self, monkeypatch: pytest.MonkeyPatch) -> None:
        case = less(TOLD)
        tell(case)
        monkeypatch.setattr("opendibao.decision.determination.is_heard", lambda case_id, on: True)

        with pytest.raises(IntegrityError, match="没有听取家庭意见"), transaction.atomic():
            reduce(case)


class TestTelling:
    def test_the_letter_says_it_is_no_decision_until_when_and_the_remedies(self) -> None:
        tell(less(TOLD))

        letter = CaseLetter.objects.get(kind="hearing")
        for said in (PROPOSAL, "还不是决定", str(UNTIL), "第四十八条", "行政复议", "社会救助服务热线"):
            assert said in letter.text

    @pytest.mark.parametrize(
        ("proposal", "on", "said"),
        [(" ", TOLD, "200字以内"), ("长" * 201, TOLD, "200字以内"), (PROPOSAL, date(2026, 6, 1), "早于受理日期")],
    )
    def test_what_cannot_be_told_is_refused(self, proposal: str, on: date, said: str) -> None:
        with pytest.raises(DecisionRefused, match=said):
            tell(less(TOLD), on, proposal)
        assert not CaseLetter.objects.filter(kind="hearing").exists()

    def test_it_is_told_once(self) -> None:
        case = less(TOLD)
        tell(case)
        with pytest.raises(DecisionRefused, match="已于2026-07-01告知过"):
            tell(case, DECIDED)

    def test_nobody_is_told_before_acceptance(self) -> None:
        with pytest.raises(DecisionRefused, match="受理后、办结前"):
            tell(submitted(on=TOLD))


class TestHearing:
    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"way": "dream"}, "不在可选项内"),
            ({"words": " "}, "家庭说了什么"),
            ({"words": "长" * 501}, "500字以内"),
            ({"considered": " "}, "是否采纳"),
            ({"considered": "长" * 301}, "300字以内"),
            ({"on": OLD_DAY}, "早于告知日期"),
            ({"on": DECIDED, "way": "silent"}, "就不要填家庭意见"),
        ],
    )
    def test_what_cannot_stand_is_refused_by_name(self, change: dict[str, object], said: str) -> None:
        case = less(TOLD)
        tell(case)

        with pytest.raises(DecisionRefused, match=said):
            hear(case, **change)  # type: ignore[arg-type]

        assert not is_heard(case.pk, DECIDED)

    def test_first_it_is_told(self) -> None:
        with pytest.raises(DecisionRefused, match="还没有告知"):
            hear(less(TOLD))

    def test_what_was_heard_stays_as_it_was_said(self) -> None:
        case = less(TOLD)
        tell(case)
        hear(case)

        with pytest.raises(DecisionRefused, match="已于2026-07-03登记，不能改写"):
            hear(case)
        with pytest.raises(IntegrityError, match="不能改写"), transaction.atomic():
            Hearing.objects.update(words="别的")
        row = hearing_of(case.pk)
        assert row is not None
        assert (row.until, row.words, row.heard_by) == (UNTIL, "只做到年底", "张经办")


@pytest.mark.parametrize(("day", "needed"), [(OLD_DAY, False), (TOLD, True)])
def test_the_law_of_the_day_says_whether(day: date, needed: bool) -> None:
    assert hearing_needed(VILLAGE, day) is needed
