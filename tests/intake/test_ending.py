"""不予受理和终止: on grounds of the law alone, in writing, with what the family can do then."""

from datetime import date

import pytest

from opendibao.intake.ending import discontinue_case, not_accept_case, withdraw_case
from opendibao.intake.models import CaseLetter
from opendibao.intake.refusal import IntakeRefused
from opendibao.intake.states import ForbiddenMove
from tests.intake.builders import ACCEPTED, APPLIED, accepted, submitted
from tests.registry.builders import at

LATER = date(2024, 3, 8)


@pytest.mark.usefixtures("places")
class TestNotAccepted:
    def test_the_letter_names_ground_clause_and_remedy(self) -> None:
        case = not_accept_case(
            submitted().pk, ground="elsewhere", reason="全家户籍在西镇", on=ACCEPTED, at=at(ACCEPTED)
        )

        text = CaseLetter.objects.get(case=case, kind="not_accepted").text

        assert (case.state, case.closed_on) == ("not_accepted", ACCEPTED)
        assert "一、结果：你家的最低生活保障申请不予受理。" in text
        assert "（民发〔2021〕57号第四条、第五条）。全家户籍在西镇。" in text
        assert "三、你可以这样做：请向户籍所在地的乡镇（街道）提出申请" in text
        assert "依法申请行政复议，也可以依法提起行政诉讼（社会救助暂行办法第六十五条）" in text

    def test_the_family_may_apply_again(self) -> None:
        case = not_accept_case(submitted().pk, ground="duties", reason="不授权", on=ACCEPTED, at=at(ACCEPTED))

        assert submitted(case.household_id, on=LATER).state == "submitted"

    def test_missing_papers_are_no_ground(self) -> None:
        with pytest.raises(IntakeRefused, match="“papers”不在可选项内；材料不齐的请告知补正"):
            not_accept_case(submitted().pk, ground="papers", reason="缺材料", on=ACCEPTED, at=at(ACCEPTED))

    def test_what_was_accepted_is_not_unaccepted(self) -> None:
        with pytest.raises(ForbiddenMove, match="已受理"):
            not_accept_case(accepted().pk, ground="duties", reason="不授权", on=LATER, at=at(LATER))

    @pytest.mark.parametrize(("reason", "said"), [(" ", "请写明理由"), ("长" * 201, "理由最多200字")])
    def test_a_reason_is_given(self, reason: str, said: str) -> None:
        case = submitted()

        with pytest.raises(IntakeRefused, match=said):
            not_accept_case(case.pk, ground="duties", reason=reason, on=ACCEPTED, at=at(ACCEPTED))
        case.refresh_from_db()
        assert case.state == "submitted"
        assert not CaseLetter.objects.exists()

    def test_no_end_lies_before_the_application(self) -> None:
        with pytest.raises(IntakeRefused, match="日期2024-02-01早于申请"):
            not_accept_case(submitted().pk, ground="duties", reason="不授权", on=date(2024, 2, 1), at=at(APPLIED))


@pytest.mark.usefixtures("places")
class TestTakenBack:
    def test_a_family_takes_its_case_back_and_is_told_it_may_come_again(self) -> None:
        case = withdraw_case(accepted().pk, reason="已有收入", on=LATER, at=at(LATER))

        text = CaseLetter.objects.get(case=case, kind="ended").text
        assert (case.state, case.closed_on) == ("withdrawn", LATER)
        assert "二、理由：已有收入。" in text
        assert "随时可以再申请" in text
        assert submitted(case.household_id, on=LATER).state == "submitted"

    def test_a_review_that_is_taken_back_needs_no_letter(self) -> None:
        withdraw_case(submitted(kind="review").pk, reason="排错了", on=LATER, at=at(LATER))

        assert not CaseLetter.objects.exists()


@pytest.mark.usefixtures("places")
class TestDiscontinued:
    def test_who_refuses_to_cooperate_is_told_why_and_what_then(self) -> None:
        case = discontinue_case(accepted().pk, reason="三次上门都不让入户", on=LATER, at=at(LATER))

        text = CaseLetter.objects.get(case=case, kind="ended").text
        assert case.state == "discontinued"
        assert "不配合审核确认工作（民发〔2021〕57号第二十九条）。三次上门都不让入户。" in text
        assert "行政复议" in text

    def test_before_acceptance_there_is_nothing_to_discontinue(self) -> None:
        with pytest.raises(ForbiddenMove, match="已申请"):
            discontinue_case(submitted().pk, reason="不让入户", on=LATER, at=at(LATER))
