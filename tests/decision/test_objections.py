"""公示异议: what is objected is looked into and answered in time, and until then nothing goes on."""

from datetime import date

import pytest

from opendibao.audit.models import Event
from opendibao.decision.first_opinion import report_case
from opendibao.decision.models import Objection
from opendibao.decision.objections import register_objection, settle_objection
from opendibao.decision.refusal import DecisionRefused
from opendibao.decision.village_queries import notices_of
from opendibao.intake.models import Case, CaseLetter
from opendibao.intake.queries import case as case_row
from opendibao.kernel.workdays import workdays_between
from tests.decision.builders import confirm, family, meet, noticed, reviewed, surveyed, visit
from tests.decision.test_review_meeting import hold
from tests.decision.villages import OBJECTED, SETTLED, objected, post, procedure
from tests.registry.builders import at

pytestmark = pytest.mark.usefixtures("places")
EIGHTH = date(2024, 3, 18)


def register(case: Case, on: date = OBJECTED, **more: str) -> Objection:
    return register_objection(case.pk, on=on, at=at(on), **{"words": "家里有车", **more})


def settle(objection: int, outcome: str = "groundless", on: date = SETTLED, answer: str = "查无此事") -> Objection:
    return settle_objection(objection, outcome=outcome, answer=answer, on=on, at=at(on))


class TestRegister:
    def test_without_a_name_it_counts_the_same(self) -> None:
        made = register(noticed())

        assert (made.person, made.taken_by) == ("", "张经办")
        assert Event.objects.get(action="登记公示异议").payload["named"] is False

    def test_the_answer_is_due_by_the_clock_of_the_case(self) -> None:
        case = noticed()
        days = Case.objects.get(pk=case.pk).gates["clocks"]["objection"]

        made = register(case)

        assert workdays_between(OBJECTED, made.due_on) == days

    @pytest.mark.parametrize("words", ["", "  ", "长" * 301])
    def test_it_has_words(self, words: str) -> None:
        case = noticed()

        with pytest.raises(DecisionRefused, match="写明异议内容"):
            register(case, words=words)

    def test_not_before_the_sheet_hung(self) -> None:
        case = noticed()

        with pytest.raises(DecisionRefused, match="早于张贴日期"):
            register(case, on=date(2024, 3, 10))

    def test_without_a_notice_there_is_nothing_to_object_to(self) -> None:
        case = reviewed()

        with pytest.raises(DecisionRefused, match="没有公示中的初审意见"):
            register(case)

    def test_after_the_report_it_is_the_countys(self) -> None:
        case = noticed()
        report_case(case.pk, on=EIGHTH, at=at(EIGHTH))

        with pytest.raises(DecisionRefused, match="交县民政局入户核查"):
            register(case, on=EIGHTH)


class TestSettle:
    def test_the_answer_goes_out_in_writing(self) -> None:
        case = noticed()
        objected(case, "groundless")

        letter = CaseLetter.objects.get(case=case, kind="objection")

        lines = letter.text.split("\n")
        assert lines[:2] == ["公示异议答复书", "钱邻居："]
        assert lines[2].startswith("一、结果：异议不成立。")
        assert "三、查明的情况：已向市场监管部门核实" in letter.text

    def test_the_letter_says_nothing_of_the_family(self) -> None:
        case = noticed()
        objected(case, "groundless")

        text = CaseLetter.objects.get(case=case, kind="objection").text

        assert not [name for name in ("王秀英", "李建国", "李小红", "00012345678", "3组12号") if name in text]

    def test_a_new_survey_takes_the_case_back(self) -> None:
        case = noticed()

        objected(case, "survey")

        assert case_row(case.pk).state == "accepted"

    def test_a_new_review_waits_for_its_meeting(self) -> None:
        case = noticed()

        objected(case, "review")

        assert case_row(case.pk).state == "noticed"
        with pytest.raises(DecisionRefused, match="要求重新评议（2024-03-14办结），请先开评议会"):
            report_case(case.pk, on=EIGHTH, at=at(EIGHTH))

    def test_once(self) -> None:
        case = noticed()
        made = objected(case, "groundless")

        with pytest.raises(DecisionRefused, match="已于2024-03-14办结"):
            settle(made)

    @pytest.mark.parametrize(
        ("outcome", "answer", "on", "said"),
        [
            ("perhaps", "查了", SETTLED, "不在可选项内"),
            ("groundless", " ", SETTLED, "查了什么、结果怎样"),
            ("groundless", "长" * 301, SETTLED, "查了什么、结果怎样"),
            ("groundless", "查了", date(2024, 3, 11), "早于收到日期"),
        ],
    )
    def test_what_is_missing_is_said(self, outcome: str, answer: str, on: date, said: str) -> None:
        case = noticed()
        made = objected(case)

        with pytest.raises(DecisionRefused, match=said):
            settle(made, outcome, on, answer)
        assert Objection.objects.get(pk=made).settled_on is None

    def test_an_unknown_one_is_not_there(self) -> None:
        with pytest.raises(DecisionRefused, match="没有这件异议"):
            settle(99)

    def test_where_nobody_reviews_only_a_survey_is_left(self) -> None:
        with procedure("national-2021", democratic_review="NEVER"):
            case = surveyed()
        post(case, date(2024, 3, 11))
        made = objected(case)

        with pytest.raises(DecisionRefused, match="请改为重新调查"):
            settle(made, "review")

    def test_two_objections_are_both_answered(self) -> None:
        case = noticed()
        first, second = register(case).pk, register(case, words="还有存款").pk

        settle(first, "survey")
        settle(second, "survey")

        assert case_row(case.pk).state == "accepted"
        assert CaseLetter.objects.filter(case=case, kind="objection").count() == 2


class TestStory:
    def test_objection_review_notice_again_and_then_the_county(self) -> None:
        case = noticed()
        objected(case, "review")
        hold(case, on=SETTLED)

        with pytest.raises(DecisionRefused, match="请重新公示以后再报县"):
            report_case(case.pk, on=EIGHTH, at=at(EIGHTH))
        post(case, date(2024, 3, 15))
        decision = confirm(case, on=date(2024, 3, 22))

        assert [row.sequence for row in notices_of(case.pk)] == [1, 2]
        assert decision.kind == "confirm"

    def test_objection_survey_notice_again_without_a_second_vote(self) -> None:
        case = noticed()
        objected(case, "survey")
        visit(case, family(), date(2024, 3, 14))

        post(case, date(2024, 3, 15))
        decision = confirm(case, on=date(2024, 3, 22))

        assert decision.kind == "confirm"

    def test_where_review_is_only_for_objections_it_comes_after_one(self) -> None:
        with procedure("national-2021"):
            case = surveyed()
        post(case, date(2024, 3, 8))
        objected(case, "review")

        with pytest.raises(DecisionRefused, match="请先开评议会"):
            report_case(case.pk, on=EIGHTH, at=at(EIGHTH))
        hold(case, on=SETTLED)
        post(case, date(2024, 3, 15))

        assert case_row(case.pk).state == "noticed"

    def test_a_groundless_objection_lets_the_case_go_on(self) -> None:
        case = surveyed()
        meet(case)
        post(case, date(2024, 3, 11))
        objected(case, "groundless")

        assert confirm(case, on=EIGHTH).kind == "confirm"
