"""入户控制: every accepted case and every due re-verification stands there once; the parts add up to the whole."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from opendibao.intake.actions import accept_case, submit_case
from opendibao.intake.models import Case
from opendibao.kernel.duties import Duty
from opendibao.registry.queries import numbers_by_id
from opendibao.reviews.models import Reverification
from opendibao.verification.actions import Visit, order_survey, record_refused_visit, record_survey
from opendibao.web.verification.control_rows import AWAY, HOME, WAITING, control_rows, counts_of
from tests.registry.builders import FAR_VILLAGE, NEXT_VILLAGE, VILLAGE, MemberEntry, at, divisions, household, number
from tests.web.desk import OTHER_TOWN, Desk, hired

TODAY, ACCEPTED = date(2025, 1, 6), date(2025, 1, 2)
PAIR = ("陈走访", "黄走访")
FOUND: dict[str, Any] = {"area": "rural", "members": [{"name": "单有福"}]}


def home(place: int, division: str = VILLAGE) -> int:
    head = MemberEntry(number(date(1950, 1, 1 + place), 11), f"单{place}福", "head")
    return household(f"999999-{place:05d}", head, division=division)


def case_of(place: int, division: str = VILLAGE, *, accepted_on: date | None = ACCEPTED) -> Case:
    day = accepted_on or ACCEPTED
    made = submit_case(home(place, division), kind="application", channel="counter", declared=FOUND, on=day, at=at(day))
    return accept_case(made.pk, on=day, at=at(day)) if accepted_on else made


def surveyed(case: Case, **visit: Any) -> None:
    on = date(2025, 1, 3)
    record_survey(
        case.pk, on=on, at=at(on), surveyors=PAIR, respondent="单有福", found=FOUND, visit=Visit(**visit)
    )  # fmt: skip


def review_of(household_id: int, due_on: date, division: str = VILLAGE) -> None:
    Reverification.objects.create(household_id=household_id, division=division, review_class="yearly", due_on=due_on)


@pytest.fixture
def county_of_cases(county: None) -> dict[str, Case]:
    divisions()
    made = {
        "waits": case_of(1), "sent": case_of(2), "home": case_of(3, NEXT_VILLAGE), "phone": case_of(4, FAR_VILLAGE),
        "late": case_of(5, accepted_on=date(2024, 12, 16)), "again": case_of(6),
        "not accepted": case_of(7, accepted_on=None), "ended": case_of(8),
    }  # fmt: skip
    order_survey(made["sent"].pk, surveyors=PAIR, from_day=TODAY, to_day=date(2025, 1, 8), on=TODAY, at=at(TODAY))
    surveyed(made["home"])
    surveyed(made["phone"], way="phone", way_reason="暴雪封山")
    surveyed(made["again"])
    Case.objects.filter(pk=made["again"].pk).update(state="accepted")
    record_refused_visit(
        made["waits"].pk, surveyors=PAIR, witness="村干部", words="不开门", on=ACCEPTED, at=at(ACCEPTED)
    )
    Case.objects.filter(pk=made["ended"].pk).update(state="withdrawn", closed_on=ACCEPTED)
    review_of(home(20), date(2025, 1, 20))
    review_of(home(21, FAR_VILLAGE), date(2024, 12, 20), FAR_VILLAGE)
    review_of(home(22), date(2025, 2, 20))  # not yet
    review_of(made["home"].household_id, date(2025, 1, 25), NEXT_VILLAGE)  # goes by its case
    return made


def by_number(reach: str = "360429") -> dict[str, Any]:
    rows = control_rows(reach, TODAY)
    numbers = numbers_by_id([row.household_id for row in rows])
    assert len(numbers) == len(rows)  # nobody is there twice
    return {numbers[row.household_id]: row for row in rows}


def test_nobody_drops_out_and_the_parts_add_up(county_of_cases: dict[str, Case]) -> None:
    rows = by_number()

    assert {number: row.standing for number, row in rows.items()} == {
        "999999-00001": WAITING, "999999-00002": WAITING, "999999-00003": HOME, "999999-00004": AWAY,
        "999999-00005": WAITING, "999999-00006": WAITING, "999999-00020": WAITING, "999999-00021": WAITING,
    }  # fmt: skip
    counts = counts_of(list(rows.values()))
    assert (counts.all, counts.home, counts.away, counts.waiting) == (8, 1, 1, 6)
    assert counts.home + counts.away + counts.waiting == counts.all


def test_it_says_who_goes_how_long_it_waits_and_what_is_late(county_of_cases: dict[str, Case]) -> None:
    rows = by_number()

    assert (rows["999999-00002"].surveyors, rows["999999-00002"].days) == ("陈走访、黄走访", "2025-01-06 至 2025-01-08")
    assert rows["999999-00001"].waits == 2  # accepted on Thursday the 2nd
    assert rows["999999-00001"].late == ""  # the third working day is tomorrow
    assert rows["999999-00005"].late == "应在 2024-12-19 前启动调查"
    assert rows["999999-00001"].note == "拒绝配合 1 次"
    assert rows["999999-00006"].note == "退回重新调查"
    assert rows["999999-00004"].note == "未入户的理由：暴雪封山"
    assert rows["999999-00021"].late == "过了期限 2024-12-20"


def test_a_window_that_has_gone_by_is_late(county_of_cases: dict[str, Case]) -> None:
    rows = {row.case_id: row for row in control_rows("360429", date(2025, 1, 9))}

    assert rows[county_of_cases["sent"].pk].late == "派单期限 2025-01-08 已过"


class TestPage:
    def test_a_clerk_sees_his_own_township(self, county_of_cases: dict[str, Case]) -> None:
        clerk = Desk(hired("clerk71", "王经办"))
        page = clerk.reads("/surveys/")

        assert page.status == 200
        assert "6 户，已入户 1，电话、视频（有理由）0，未入户 5；其中逾期 1。" in page.words
        assert "月亮村民委员会" in page.words
        assert "远山村民委员会" not in page.words
        assert page.link("999999-00001") == "/households/999999-00001/"

    def test_it_is_narrowed_by_place_and_standing(self, county_of_cases: dict[str, Case]) -> None:
        desk = Desk(hired("county71", "李审核", division="360429000000", duties=(Duty.CONFIRM,)))

        assert "999999-00004" in desk.reads("/surveys/?standing=away").words
        assert "999999-00003" not in desk.reads("/surveys/?standing=away").words
        late = desk.reads("/surveys/?standing=late")
        assert "999999-00005" in late.words
        assert "999999-00002" not in late.words
        there = desk.reads(f"/surveys/?division={OTHER_TOWN}")
        assert "2 户，已入户 0，电话、视频（有理由）1，未入户 1" in there.words
        assert desk.reads("/surveys/?standing=maybe").status == 400
        assert desk.reads("/surveys/?division=36042").status == 400

    def test_of_a_village_the_forms_of_all_who_wait_are_printed(self, county_of_cases: dict[str, Case]) -> None:
        clerk = Desk(hired("clerk74", "王经办"))

        link = clerk.reads(f"/surveys/?division={VILLAGE}").link("月亮村民委员会入户表册")

        assert link == f"/surveys/pack/{VILLAGE}/"
        assert "入户表册" not in clerk.reads(f"/surveys/?division={NEXT_VILLAGE}").words  # nobody waits there
        assert "入户表册" not in clerk.reads("/surveys/").words

    def test_the_workbook_holds_the_same_rows(self, county_of_cases: dict[str, Case]) -> None:
        clerk = Desk(hired("clerk72", "王经办"))
        response = clerk.client.get("/surveys/list.xlsx?standing=waiting")

        rows = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()
        assert rows[0][:2] == ["户编号", "户主"]
        assert sorted(str(row[0]) for row in rows[1:]) == [
            "999999-00001", "999999-00002", "999999-00005", "999999-00006", "999999-00020",
        ]  # fmt: skip

    def test_where_nobody_waits_it_says_what_will_come(self, county: None) -> None:
        divisions()
        page = Desk(hired("clerk73", "王经办")).reads("/surveys/")

        assert "受理了申请、复核到期时，要入户的家庭会列在这里" in page.words
