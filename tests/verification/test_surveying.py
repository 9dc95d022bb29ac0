"""入户调查表: how the visit was, the sheets of what was found, a further visit, a correction beside the form."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from opendibao.intake.models import Case
from opendibao.intake.states import ForbiddenMove
from opendibao.verification.actions import Sheet, VerificationRefused, Visit, correct_survey, record_survey
from opendibao.verification.evidence import way_on
from opendibao.verification.item_sheets import with_sheets
from opendibao.verification.models import ItemSheet, Survey, SurveyCorrection
from opendibao.verification.queries import survey_of
from opendibao.verification.survey_queries import SurveyFile, surveys_of
from tests.conftest import ActAs
from tests.intake.builders import ACCEPTED, VISITED, accepted
from tests.registry.builders import SHANGHAI, at

pytestmark = pytest.mark.usefixtures("places")
FACTS: dict[str, Any] = {
    "area": "rural",
    "members": [
        {"name": "王秀英", "born": "1984-03-12", "sex": "female", "relation": "head"},
        {"name": "李建国", "born": "1982-05-01", "sex": "male", "relation": "spouse"},
    ],
    "property": {"financial_assets": 0, "dwellings": 1},
}
JOBS = Sheet("odd_jobs", "李建国", {"trade": "construction", "days": 60}, "C", "两名工友证言")
ALONE = Sheet("odd_jobs", "李建国", {"trade": "construction", "days": 60}, "D", "自己说的")
HOUSE = Sheet(
    "house", "全家", {"kind": "self_built", "area_m2": 96, "built": 1998, "structure": "brick",
                    "comparables": ["800", "900", "1000"]},
    "C", "现场丈量", "同村成交价", ("800 张家", "900 李家", "1000 赵家"), 6_000_000, 9_000_000,
)  # fmt: skip


def survey(case: Case, *sheets: Sheet, found: dict[str, Any] | None = None, on: date = VISITED, **visit: Any) -> Survey:
    facts = with_sheets(FACTS, sheets) if found is None else found
    return record_survey(
        case.pk, on=on, at=at(on), surveyors=("陈走访", "黄走访"), respondent="王秀英", found=facts,
        visit=Visit(sheets=sheets, **visit),
    )  # fmt: skip


def only(case: Case) -> SurveyFile:
    (found,) = surveys_of(case.pk)
    return found


class TestVisit:
    def test_when_where_and_how_they_live_is_kept(self) -> None:
        case = accepted()
        arrived = datetime(2024, 3, 6, 9, 30, tzinfo=SHANGHAI)
        survey(
            case, started_at=arrived, place="3组12号", latitude=Decimal("29.7391"), longitude=Decimal("116.2512"),
            home={"housing": "两间砖房"}, conclusion="与申报一致",
        )  # fmt: skip

        found = only(case)
        assert (found.started_at, found.place, str(found.latitude)) == (arrived, "3组12号", "29.739100")
        assert (found.home, found.conclusion, found.way) == ({"housing": "两间砖房"}, "与申报一致", "home")

    @pytest.mark.parametrize(
        ("visit", "words"),
        [
            ({"way": "letter"}, "不在可选项内"),
            ({"way": "phone"}, "重大突发事件"),
            ({"way_reason": "洪水"}, "入户调查不用写未入户的理由"),
            ({"way": "video", "way_reason": "长" * 201}, "最多200字"),
            ({"conclusion": "长" * 301}, "最多300字"),
            ({"started_at": datetime(2024, 3, 7, 1, tzinfo=SHANGHAI)}, "不在调查日期2024-03-06这一天"),
            ({"latitude": Decimal(1)}, "要两个一起填"),
            ({"latitude": Decimal(91), "longitude": Decimal(1)}, "不在地球上"),
        ],
    )
    def test_a_visit_that_cannot_be_is_refused(self, visit: dict[str, Any], words: str) -> None:
        case = accepted()
        with pytest.raises(VerificationRefused, match=words):
            survey(case, **visit)
        assert surveys_of(case.pk) == []

    def test_a_contested_result_is_surveyed_again_and_the_last_counts(self) -> None:
        case = accepted()
        survey(case)
        Case.objects.filter(pk=case.pk).update(state="accepted")
        with pytest.raises(VerificationRefused, match="早于上次调查2024-03-06"):
            survey(case, on=date(2024, 3, 5))

        survey(case, JOBS, on=date(2024, 3, 8))

        assert [one.sequence for one in surveys_of(case.pk)] == [1, 2]
        last = survey_of(case.pk)
        assert last is not None
        assert (last.surveyed_on, last.found["members"][1]["income"][0]["days"]) == (date(2024, 3, 8), 60)

    def test_another_township_sees_no_form(self, act_as: ActAs) -> None:
        made = survey(accepted())
        with act_as("360429101"):
            assert surveys_of(made.case_id) == []


class TestSheets:
    def test_they_are_kept_with_the_form_and_in_what_was_found(self) -> None:
        case = accepted()
        survey(case, JOBS, HOUSE)

        found = only(case)
        item = {"kind": "odd_jobs", "trade": "construction", "days": 60, "evidence": "C"}
        assert found.found["members"][1]["income"] == [item]
        assert found.found["property"]["houses"] == [dict(HOUSE.values)]
        assert [(one.kind, one.member, one.grade, one.low_fen) for one in found.sheets] == [
            ("odd_jobs", "李建国", "C", None), ("house", "全家", "C", 6_000_000),
        ]  # fmt: skip

    def test_one_stands_in_for_what_was_declared_of_its_sort(self) -> None:
        declared = with_sheets(FACTS, [Sheet("odd_jobs", "李建国", {"trade": "construction", "days": 10}, "D", "申报")])
        other = Sheet("odd_jobs", "李建国", {"trade": "farm_work", "days": 5}, "B", "村委会证明")

        days = [one["days"] for one in with_sheets(declared, [JOBS, other])["members"][1]["income"]]

        assert days == [60, 5]

    def test_what_somebody_owes_the_family_is_money_of_its_own(self) -> None:
        claim = Sheet("claims", "全家", {"amount": "3000"}, "A", "借条", "借条", (), 300_000, 300_000)
        found = with_sheets({**FACTS, "property": {"financial_assets": 1200}}, [claim])

        assert found["property"] == {"financial_assets": {"deposits": 1200, "claims": "3000"}}

    def test_what_no_rule_counts_changes_no_fact(self) -> None:
        debt = Sheet("debts", "全家", {"amount": "20000"}, "A", "借条", "借条", (), 2_000_000, 2_000_000)

        assert with_sheets(FACTS, [debt]) == FACTS

    @pytest.mark.parametrize(
        ("sheet", "words"),
        [
            (Sheet("lottery", "李建国", {}, "A", "看了"), "“lottery”不在可选项内"),
            (Sheet("odd_jobs", "外人", {"trade": "other", "days": 1}, "A", "看了"), "“外人”不是这一户的成员"),
            (Sheet("odd_jobs", "全家", {"trade": "other", "days": 1}, "A", "看了"), "“全家”不是这一户的成员"),
            (Sheet("odd_jobs", "李建国", {"trade": "other", "days": 1}, "E", "看了"), "证据等级“E”"),
            (Sheet("odd_jobs", "李建国", {"trade": "other", "days": 1}, "B", " "), "看到或听到了什么证据"),
            (Sheet("odd_jobs", "李建国", {"trade": "other", "days": 400}, "B", "看了"), "应为1到366之间的整数"),
            (
                Sheet("odd_jobs", "李建国", {"trade": "other", "days": 1}, "B", "看了", low_fen=2, high_fen=1),
                "下限不高于",
            ),
            (Sheet("odd_jobs", "李建国", {"trade": "other", "days": 1}, "B", "看了", low_fen=2), "要一起填"),
            (Sheet("vehicle", "全家", {}, "A", "看了", "发票", (), 1, 2), "请写明车辆种类"),
            (Sheet("claims", "全家", {}, "A", "看了", "借条", (), 1, 2), "请写明债权金额"),
            (Sheet("debts", "全家", {"amount": "1"}, "A", "看了", " ", (), 1, 2), "按什么办法估的价"),
            (Sheet("debts", "全家", {"amount": "1"}, "A", "看了", "借条"), "估价的下限和上限"),
            (
                Sheet("valuables", "全家", {}, "C", "看了", "问金店", ("1 甲", "2 乙"), 1, 2),
                "至少要3个可比的参照，现有2个",
            ),
            (Sheet("valuables", "全家", {}, "C", "看了", "问金店", ("长" * 121,), 1, 2), "最多120字"),
        ],
    )
    def test_a_sheet_that_cannot_stand_refuses_the_whole_form(self, sheet: Sheet, words: str) -> None:
        case = accepted()
        with pytest.raises(VerificationRefused, match=words):
            survey(case, JOBS, sheet)
        assert not Survey.objects.exists()
        assert not ItemSheet.objects.exists()

    def test_a_sheet_that_is_not_in_what_was_found_is_refused(self) -> None:
        with pytest.raises(VerificationRefused, match="没有写进查明的情况"):
            survey(accepted(), JOBS, found=FACTS)

    def test_ones_own_word_alone_does_not_raise_the_income(self) -> None:
        assert way_on("self_statement_raises_income", VISITED).value is False

        with pytest.raises(VerificationRefused, match=r"只有本人陈述（D），不能单独把收入核得比申报高.*未经核实"):
            survey(accepted(), ALONE)

    def test_ones_own_word_stands_where_it_is_what_was_declared(self) -> None:
        case = accepted()
        Case.objects.filter(pk=case.pk).update(declared=with_sheets(FACTS, [ALONE]))

        survey(case, ALONE)

        assert only(case).sheets[0].grade == "D"

    def test_before_the_first_way_nobody_guesses(self) -> None:
        with pytest.raises(VerificationRefused, match=r"还没有“只有本人陈述（D）的核查单.*的口径"):
            way_on("self_statement_raises_income", date(2020, 1, 1))


def corrected(made: Survey, *sheets: Sheet, on: date = VISITED, **given: Any) -> SurveyCorrection:
    said = {"after": with_sheets(FACTS, sheets or [JOBS]), "reason": "抄错了天数", "agreed_by": "王秀英", **given}
    return correct_survey(made.pk, on=on, at=at(on), **said)


class TestCorrection:
    def test_both_versions_stay_and_the_last_counts(self) -> None:
        case = accepted()
        made = survey(case)
        corrected(made)
        more = Sheet("odd_jobs", "李建国", {"trade": "construction", "days": 70}, "C", "工友")
        corrected(made, more, reason="又核了一遍", on=date(2024, 3, 7))

        found = only(case)
        assert found.signed == FACTS
        assert [(one.sequence, one.before == FACTS, one.reason) for one in found.corrections] == [
            (1, True, "抄错了天数"), (2, False, "又核了一遍"),
        ]  # fmt: skip
        last = survey_of(case.pk)
        assert last is not None
        assert last.found["members"][1]["income"][0]["days"] == 70
        made.refresh_from_db()
        assert made.found == FACTS

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            ({"after": FACTS}, "更正前后一样"),
            ({"reason": " "}, "为什么更正"),
            ({"agreed_by": ""}, "哪一位家庭成员"),
            ({"on": ACCEPTED}, "早于2024-03-06"),
            ({"after": {**FACTS, "members": []}}, "不能按规则计算"),
        ],
    )
    def test_a_correction_that_corrects_nothing_is_refused(self, given: dict[str, Any], words: str) -> None:
        made = survey(accepted())
        with pytest.raises(VerificationRefused, match=words):
            corrected(made, **given)
        assert not SurveyCorrection.objects.exists()

    @pytest.mark.parametrize("state", ["accepted", "noticed", "reported", "confirmed"])
    def test_once_posted_the_facts_change_by_a_new_survey_only(self, state: str) -> None:
        case = accepted()
        made = survey(case)
        Case.objects.filter(pk=case.pk).update(state=state)

        with pytest.raises(ForbiddenMove, match="请退回重新调查"):
            corrected(made)

    def test_a_form_of_another_township_is_none(self, act_as: ActAs) -> None:
        made = survey(accepted())
        with act_as("360429101"), pytest.raises(VerificationRefused, match="没有这张入户调查表"):
            corrected(made)

    @pytest.mark.parametrize("change", [{"conclusion": "改"}, {"found": {}}, {"respondent": "别人"}])
    def test_the_signed_form_itself_is_never_changed(self, change: dict[str, Any]) -> None:
        survey(accepted())
        with pytest.raises(DatabaseError), transaction.atomic():
            Survey.objects.update(**change)
