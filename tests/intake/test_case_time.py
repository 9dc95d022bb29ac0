"""案件时限: a clock stands still on a named ground and runs again; it is lengthened once, in time, with a reason."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from opendibao.audit.models import Event
from opendibao.intake.clock_pauses import pause_clock, pauses_of, resume_clock
from opendibao.intake.ending import withdraw_case
from opendibao.intake.extending import extend_case
from opendibao.intake.models import Case, CaseLetter, ClockPause
from opendibao.intake.refusal import IntakeRefused
from opendibao.rules.deadlines import Paused
from tests.intake.builders import ACCEPTED, accepted, submitted
from tests.registry.builders import at

pytestmark = pytest.mark.usefixtures("places")
FRIDAY, NEXT_FRIDAY = date(2024, 3, 8), date(2024, 3, 15)
# thirty working days after 4 March 2024, and forty-five
LIMIT, LONG_LIMIT = date(2024, 4, 16), date(2024, 5, 9)


def pause(case: Case, on: date = FRIDAY, ground: str = "hospital", reason: str = "户主住院") -> ClockPause:
    return pause_clock(case.pk, ground=ground, reason=reason, on=on, at=at(on))


def resume(case: Case, on: date = NEXT_FRIDAY) -> ClockPause:
    return resume_clock(case.pk, on=on, at=at(on))


def extend(case: Case, on: date = FRIDAY, reason: str = "外省信息没有回复") -> Case:
    return extend_case(case.pk, reason=reason, on=on, at=at(on))


class TestPausing:
    def test_days_stand_still_until_it_is_resumed(self) -> None:
        case = accepted()
        pause(case)

        assert pauses_of(case.pk, date(2024, 3, 12)) == [Paused(FRIDAY, date(2024, 3, 13))]

        resume(case)

        assert pauses_of(case.pk, date(2024, 4, 1)) == [Paused(FRIDAY, NEXT_FRIDAY)]
        assert list(Event.objects.filter(action__endswith="计时").values_list("action", flat=True)) == [
            "暂停计时", "恢复计时",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"ground": "holiday"}, "不在程序规定的情形内"),
            ({"reason": " "}, "200字以内"),
            ({"reason": "长" * 201}, "200字以内"),
            ({"on": date(2024, 3, 1)}, "早于受理日期"),
            ({"on": date(2024, 4, 17)}, "期限2024-04-16已过"),
        ],
    )
    def test_what_cannot_stand_is_refused_by_name(self, change: dict[str, object], said: str) -> None:
        with pytest.raises(IntakeRefused, match=said):
            pause(accepted(), **change)  # type: ignore[arg-type]
        assert not ClockPause.objects.exists()

    def test_it_stands_still_once_at_a_time(self) -> None:
        case = accepted()
        pause(case)

        with pytest.raises(IntakeRefused, match="已经暂停计时，请先恢复"):
            pause(case, date(2024, 3, 11))
        with pytest.raises(IntegrityError, match="one_open_pause"), transaction.atomic():
            ClockPause.objects.create(
                case=case, division=case.division, ground="hospital", reason="再停", paused_on=FRIDAY
            )

    def test_two_pauses_do_not_overlap(self) -> None:
        case = accepted()
        pause(case)
        resume(case)

        with pytest.raises(IntakeRefused, match="落在2024-03-08至2024-03-15的暂停里"):
            pause(case, date(2024, 3, 12))

    def test_it_is_not_resumed_before_it_stood_still(self) -> None:
        case = accepted()
        with pytest.raises(IntakeRefused, match="没有暂停计时"):
            resume(case)
        pause(case)
        with pytest.raises(IntakeRefused, match="早于暂停日期"):
            resume(case, date(2024, 3, 7))
        with pytest.raises(IntegrityError, match="resumed_after_paused"), transaction.atomic():
            ClockPause.objects.update(resumed_on=date(2024, 3, 7))

    def test_before_acceptance_and_after_the_end_there_is_no_clock(self) -> None:
        with pytest.raises(IntakeRefused, match="受理后、办结前"):
            pause(submitted())
        case = Case.objects.get()
        withdraw_case(case.pk, reason="不办了", on=FRIDAY, at=at(FRIDAY))
        with pytest.raises(IntakeRefused, match="受理后、办结前"):
            pause(case)


class TestExtending:
    def test_the_family_is_told_the_day_the_reason_and_the_clause(self) -> None:
        case = extend(accepted())

        letter = CaseLetter.objects.get(kind="extended")
        assert (case.extended_on, case.extension_reason) == (FRIDAY, "外省信息没有回复")
        assert letter.kind == "extended"
        for said in (str(LONG_LIMIT), "45个工作日", "外省信息没有回复", "民发〔2021〕57号第二十二条"):
            assert said in letter.text
        assert Event.objects.get(action="延长办理期限").payload["due_on"] == str(LONG_LIMIT)

    def test_only_once(self) -> None:
        case = extend(accepted())

        with pytest.raises(IntakeRefused, match="只能延长一次"):
            extend(case)
        assert CaseLetter.objects.filter(kind="extended").count() == 1

    def test_on_the_last_day_but_not_after_it(self) -> None:
        case = accepted()

        with pytest.raises(IntakeRefused, match="已过，不能补办延长"):
            extend(case, date(2024, 4, 17))

        assert extend(case, LIMIT).extended_on == LIMIT

    def test_days_that_stood_still_move_the_limit(self) -> None:
        case = accepted()
        pause(case)
        resume(case)

        # five working days stood still: the 8th, 11th to 14th
        assert extend(case, date(2024, 4, 23)).extended_on == date(2024, 4, 23)
        assert "2024-05-15" in CaseLetter.objects.get(kind="extended").text

    @pytest.mark.parametrize(
        ("on", "reason", "said"),
        [(FRIDAY, " ", "特殊情况是什么"), (date(2024, 3, 1), "理由", "早于受理日期")],
    )
    def test_without_a_reason_or_a_day_it_is_refused(self, on: date, reason: str, said: str) -> None:
        with pytest.raises(IntakeRefused, match=said):
            extend(accepted(), on, reason)
        assert not CaseLetter.objects.filter(kind="extended").exists()

    def test_what_is_not_accepted_has_no_limit(self) -> None:
        with pytest.raises(IntakeRefused, match="受理后、办结前"):
            extend(submitted())

    def test_the_database_wants_a_reason_too(self) -> None:
        case = accepted()
        with pytest.raises(IntegrityError, match="extended_with_a_reason"), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(extended_on=ACCEPTED)
