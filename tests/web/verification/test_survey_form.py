"""入户调查表: filled with what is known, kept whole or not at all, nothing typed or photographed is lost."""

from datetime import date
from typing import Any

import pytest

from opendibao.intake.actions import accept_case, sign_consents, submit_case
from opendibao.intake.models import Case
from opendibao.intake.queries import attachments_of
from opendibao.kernel.duties import Duty
from opendibao.verification.models import Survey
from opendibao.verification.survey_queries import surveys_of
from tests.intake.pictures import SVG, jpeg, pdf
from tests.registry.builders import at, divisions, household
from tests.web.desk import OTHER_TOWN, Desk, hired
from tests.web.verification.forms import fields_of, photo, surveyed

ACCEPTED = date(2025, 1, 2)  # today is 2025-01-06
FACTS: dict[str, Any] = {
    "area": "rural",
    "members": [
        {"name": "王秀英", "born": "1984-03-12", "sex": "female", "relation": "head", "severe_illness": True,
         "income": [{"kind": "wages", "amount": "620.50", "per": "month", "months": 6}],
         "spending": [{"kind": "medical_self_paid", "amount": 9000, "per": "year"}]},
        {"name": "李建国", "born": "1982-05-01", "sex": "male", "relation": "spouse",
         "disability": {"kind": "physical", "grade": 2}},
        {"name": "李小红", "born": "2014-09-30", "sex": "female", "relation": "child", "study": "compulsory"},
    ],
    "property": {"financial_assets": 1200, "dwellings": 1},
}  # fmt: skip


@pytest.fixture
def surveyor(county: None) -> Desk:
    divisions()
    return Desk(hired("survey71", "陈走访", duties=(Duty.SURVEY,)))


def case_of(facts: dict[str, Any] = FACTS) -> Case:
    case = submit_case(household(), kind="application", channel="counter", declared=facts, on=ACCEPTED, at=at(ACCEPTED))
    accept_case(case.pk, on=ACCEPTED, at=at(ACCEPTED))
    sign_consents(case.pk, on=ACCEPTED, at=at(ACCEPTED))
    return case


def survey_of(case: Case) -> Any:
    (found,) = surveys_of(case.pk)
    return found


class TestPrefilled:
    def test_what_was_declared_stands_there(self, surveyor: Desk) -> None:
        page = surveyor.reads(f"/cases/{case_of().pk}/survey/")

        found = fields_of(page)
        assert (found["i0-0_amount"], found["i0-0_per"], found["i0-0_months"]) == ("620.50", "month", "6")
        assert (found["m1_disability"], found["m1_grade"]) == ("physical", "2")
        assert (found["m2_study"], found["m0_ill"]) == ("compulsory", "yes")
        assert (found["p_deposits"], found["p_dwellings"]) == ("1200", "1")
        assert (found["first"], found["way"], found["on"]) == ("陈走访", "home", "2025-01-06")
        assert "申报：金额（元） 620.50，每月" in page.words
        assert "月亮村" in found["place"]

    def test_a_second_visit_stands_on_the_first(self, surveyor: Desk) -> None:
        case = case_of()
        surveyed(surveyor, case, **{"i0-0_amount": "700"})
        Case.objects.filter(pk=case.pk).update(state="accepted")  # the result was contested

        page = surveyor.reads(f"/cases/{case.pk}/survey/")

        assert fields_of(page)["i0-0_amount"] == "700"
        assert "上次：金额（元） 700" in page.words
        assert "第几次调查 2" in page.words
        surveyed(surveyor, case, **{"i0-0_amount": "800", "paper": photo("b.jpg", jpeg(90, 30))})
        assert [(one.sequence, one.found["members"][0]["income"][0]["amount"]) for one in surveys_of(case.pk)] == [
            (1, "700"), (2, "800"),
        ]  # fmt: skip


class TestSaved:
    def test_unchanged_it_is_what_was_declared(self, surveyor: Desk) -> None:
        case = case_of()

        page = surveyed(surveyor, case)

        assert page.status == 303, page.words
        found = survey_of(case)
        assert found.found == FACTS
        assert (found.surveyors, found.respondent, found.entered_by) == (("陈走访", "黄走访"), "王秀英", "陈走访")
        assert found.home["housing"] == "两间砖房，自有"
        assert [one["seen"] for one in found.home["members"]] == [True, True, True]
        assert found.started_at.astimezone().isoformat()[:16].endswith(("09:30", "01:30"))
        assert [row.kind for row in attachments_of(case.pk)] == ["survey"]
        case.refresh_from_db()
        assert case.state == "verified"

    def test_what_was_found_otherwise_is_kept(self, surveyor: Desk) -> None:
        case = case_of()

        page = surveyed(
            surveyor, case,
            **{"i0-0_gone": "on", "ni0_of": "1", "ni0_kind": "employee_pension", "ni0_amount": "1,800.00",
               "ni0_per": "month", "m1_lives": "prison", "nv0_kind": "electric_bike", "nv0_use": "private",
               "p_deposits": "5000", "p_online": "300", "latitude": "29.7391", "longitude": "116.2512",
               "home_others": "一名外甥，来做客"},
        )  # fmt: skip

        assert page.status == 303, page.words
        found = survey_of(case)
        mother, father, _child = found.found["members"]
        assert "income" not in mother
        assert father["income"] == [{"kind": "employee_pension", "amount": "1,800.00", "per": "month"}]
        assert father["absent"] == "prison"
        assert found.found["property"] == {
            "financial_assets": {"deposits": "5000", "online": "300"}, "dwellings": 1,
            "vehicles": [{"kind": "electric_bike", "use": "private"}],
        }  # fmt: skip
        assert (str(found.latitude), str(found.longitude)) == ("29.739100", "116.251200")
        assert found.signed == found.found

    def test_a_sheet_of_odd_jobs_enters_as_the_rules_read_it(self, surveyor: Desk) -> None:
        case = case_of()

        page = surveyed(
            surveyor, case,
            k0_what="odd_jobs:construction", k0_of="1", k0_number="60", k0_grade="C", k0_evidence="两名工友证言",
        )  # fmt: skip

        assert page.status == 303, page.words
        found = survey_of(case)
        item = {"kind": "odd_jobs", "trade": "construction", "days": 60, "evidence": "C"}
        assert found.found["members"][1]["income"] == [item]
        (sheet,) = found.sheets
        assert (sheet.kind, sheet.member, sheet.grade, sheet.evidence) == ("odd_jobs", "李建国", "C", "两名工友证言")

    def test_a_house_is_valued_by_comparing_it(self, surveyor: Desk) -> None:
        case = case_of()

        page = surveyed(
            surveyor, case,
            k0_what="house:self_built:brick", k0_of="all", k0_number="96", k0_since="1998", k0_grade="C",
            k0_evidence="现场丈量", k0_method="同村成交价", k0_low="60000", k0_high="90000",
            k0_comparables="800 张家\n900 李家\n1,000 赵家", k1_what="debts:", k1_of="all", k1_price="20000",
            k1_low="20000", k1_high="20000", k1_method="借条", k1_grade="A", k1_evidence="看了借条",
        )  # fmt: skip

        assert page.status == 303, page.words
        found = survey_of(case)
        assert found.found["property"]["houses"] == [
            {"kind": "self_built", "area_m2": 96, "structure": "brick", "built": 1998,
             "comparables": ["800", "900", "1000"]}
        ]  # fmt: skip
        house, debt = found.sheets
        assert (house.low_fen, house.high_fen, house.comparables[2]) == (6_000_000, 9_000_000, "1,000 赵家")
        assert (debt.kind, debt.values) == ("debts", {"amount": "20000"})

    def test_by_telephone_it_says_why(self, surveyor: Desk) -> None:
        case = case_of()

        page = surveyed(surveyor, case, way="phone", way_reason="")
        assert "没有入户要写明理由" in page.words
        page = surveyed(surveyor, case, way="phone", way_reason="暴雪封山，道路中断")

        assert page.status == 303, page.words
        assert (survey_of(case).way, survey_of(case).way_reason) == ("phone", "暴雪封山，道路中断")


BAD: list[tuple[dict[str, object], str]] = [
    ({"signed": None}, "签了字才能保存"),
    ({"second": "陈走访"}, "“调查人二”和“调查人一”是同一个人"),
    ({"respondent": ""}, "请选择“在场签字的家庭成员”"),
    ({"respondent": "外人"}, "“在场签字的家庭成员”里没有这一项"),
    ({"paper": None}, "请选择“签字的调查表”"),
    ({"on": "2025-01-01"}, "早于受理日期2025-01-02"),
    ({"on": "2025-01-07"}, "还没有到"),
    ({"arrived": "25:00"}, "“到达时间”不是时间"),
    ({"latitude": "29.7"}, "经纬度要两个一起填"),
    ({"latitude": "北纬29度"}, "“纬度”不是经纬度"),
    ({"latitude": "NaN", "longitude": "1"}, "“纬度”不是经纬度"),
    ({"i0-0_amount": "六百"}, "王秀英的工资：“金额（元）”"),
    ({"i0-0_amount": "-1"}, "不能是负数"),
    ({"i0-0_amount": ""}, "工资：请填“金额（元）”，查不到这一项就勾“查无此项”"),
    ({"i0-0_months": "13"}, "王秀英的工资：“一年几个月”“13”应为1到12之间的整数"),
    ({"ni0_kind": "wages"}, "另外查到的收入：请填“谁的”"),
    ({"m0_seen": ""}, "王秀英：请选“见到没有”"),
    ({"m1_grade": ""}, "李建国：残疾类别和等级要一起选"),
    ({"p_dwellings": "一套"}, "“住房（套）”"),
    ({"home_housing": "  "}, "请填写“住房情况”"),
    ({"conclusion": "长" * 301}, "最多 300 个字"),
    ({"k0_what": "odd_jobs:farm_work"}, "第 1 张核查单：请填“谁的”"),
    ({"k0_what": "odd_jobs:mining", "k0_of": "0"}, "“核查什么”里没有这一项"),
    ({"k0_what": "odd_jobs:farm_work", "k0_of": "1", "k0_number": "400", "k0_grade": "B", "k0_evidence": "村委会证明"},
     "李建国的打零工：“一年几天”“400”应为1到366之间的整数"),
    ({"k0_what": "odd_jobs:farm_work", "k0_of": "1", "k0_number": "120", "k0_grade": "D", "k0_evidence": "自己说的"},
     "只有本人陈述（D），不能单独把收入核得比申报高"),
    ({"k0_what": "vehicle:car", "k0_of": "all", "k0_grade": "C", "k0_evidence": "看到了", "k0_method": "问车行",
      "k0_low": "10000", "k0_high": "20000", "k0_comparables": "15000 同款"}, "可比价至少要3个，现有1个"),
    ({"k0_what": "valuables:", "k0_of": "all", "k0_grade": "C", "k0_evidence": "看到了", "k0_method": "问金店",
      "k0_price": "3000", "k0_low": "2000", "k0_high": "3000", "k0_comparables": "2800 金店甲"},
     "至少要3个可比的参照，现有1个，请补上（演示口径"),
    ({"k0_what": "valuables:", "k0_of": "all", "k0_grade": "A", "k0_evidence": "发票", "k0_method": "发票",
      "k0_price": "3000", "k0_low": "3000", "k0_high": "2000"}, "下限不高于上限"),
    ({"k0_what": "house:bought:brick", "k0_of": "all", "k0_number": "90", "k0_since": "2001", "k0_grade": "A",
      "k0_evidence": "合同", "k0_method": "合同", "k0_low": "1", "k0_high": "2", "k0_comparables": "隔壁 3800"},
     "参照“隔壁 3800”要先写价钱"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "words"), BAD, ids=[words[:24] for _, words in BAD])
def test_what_cannot_be_signed_is_said_and_nothing_is_saved(
    surveyor: Desk, typed: dict[str, object], words: str
) -> None:
    case = case_of()

    page = surveyed(surveyor, case, **{"home_school": "小红上五年级", **typed})

    assert page.status == 422
    assert words in page.words
    assert fields_of(page)["home_school"] == "小红上五年级"  # what was typed stays
    assert not Survey.objects.exists()
    case.refresh_from_db()
    assert case.state == "accepted"


class TestPictures:
    def test_a_picture_is_not_taken_twice_for_a_fault_elsewhere(self, surveyor: Desk) -> None:
        case = case_of()
        page = surveyed(surveyor, case, conclusion="", photo1=photo("home.jpg", jpeg(80, 80)))

        assert page.status == 422
        assert "入户照片 1 张，签字的调查表 1 份；不用再传" in page.words
        page = surveyed(surveyor, case, paper=None)

        assert page.status == 303, page.words
        assert sorted(row.kind for row in attachments_of(case.pk)) == ["home", "survey"]

    @pytest.mark.parametrize(
        ("name", "content", "words"),
        [
            ("photo1", SVG, "入户照片“x.jpg”：打不开这个文件"),
            ("photo1", pdf(), "这里要照片"),
            ("paper", b"<html>", "签字的入户调查表“x.jpg”：打不开"),
            ("paper", b"", "“签字的调查表”是空的"),
            ("paper", b"\xff" * (10 * 1024 * 1024 + 1), "“签字的调查表”超过 10 MB"),
        ],
        ids=["svg", "pdf", "html", "empty", "large"],
    )
    def test_a_wrong_file_is_refused_by_name(self, surveyor: Desk, name: str, content: bytes, words: str) -> None:
        case = case_of()
        file = photo("x.jpg")
        file.file.seek(0)  # type: ignore[union-attr]
        file.file.truncate()  # type: ignore[union-attr]
        file.file.write(content)  # type: ignore[union-attr]
        file.file.seek(0)  # type: ignore[union-attr]
        file.size = len(content)

        page = surveyed(surveyor, case, **{name: file})

        assert page.status == 422
        assert words in page.words
        assert not Survey.objects.exists()

    def test_a_scan_is_as_good(self, surveyor: Desk) -> None:
        case = case_of()
        file = photo("scan.pdf", pdf())

        assert surveyed(surveyor, case, paper=file).status == 303
        assert attachments_of(case.pk)[0].media_type == "application/pdf"


class TestTogether:
    def test_two_surveyors_on_one_family(self, surveyor: Desk) -> None:
        case = case_of()
        other = Desk(hired("survey72", "黄走访", duties=(Duty.SURVEY,)))
        opened = fields_of(other.reads(f"/cases/{case.pk}/survey/"))
        surveyed(surveyor, case)

        seen = {name: "yes" for name in opened if name.endswith("_seen")}
        page = other.sends(
            f"/cases/{case.pk}/survey/",
            **{**opened, **seen, "conclusion": "与申报不符", "signed": "on", "respondent": "王秀英", "second": "陈走访",
               "home_housing": "一间", "home_food": "一般", "paper": photo("c.jpg", jpeg(70, 70))},
        )  # fmt: skip

        assert page.status == 409
        assert "陈走访" in page.words
        assert "入户调查" in page.words
        assert "与申报基本一致" in page.words
        assert fields_of(page)["conclusion"] == "与申报不符"
        assert len(surveys_of(case.pk)) == 1

    def test_pressed_twice_it_is_one_survey(self, surveyor: Desk) -> None:
        case = case_of()
        known = fields_of(surveyor.reads(f"/cases/{case.pk}/survey/"))
        seen = {name: "yes" for name in known if name.endswith("_seen")}
        sent = {**known, **seen, "conclusion": "一致", "signed": "on", "respondent": "王秀英", "second": "黄走访",
                "home_housing": "一间", "home_food": "一般"}  # fmt: skip
        first = surveyor.sends(f"/cases/{case.pk}/survey/", **sent, paper=photo())  # type: ignore[arg-type]
        again = surveyor.sends(f"/cases/{case.pk}/survey/", **sent, paper=photo())  # type: ignore[arg-type]

        assert (first.status, again.status) == (303, 303)
        assert len(surveys_of(case.pk)) == 1

    def test_another_township_finds_no_such_case(self, surveyor: Desk) -> None:
        case = case_of()
        stranger = Desk(hired("survey73", "外镇", division=OTHER_TOWN, duties=(Duty.SURVEY,)))

        assert stranger.reads(f"/cases/{case.pk}/survey/").status == 404

    def test_once_surveyed_the_form_is_closed(self, surveyor: Desk) -> None:
        case = case_of()
        surveyed(surveyor, case)

        assert "案件现在是“已核对调查”" in surveyor.reads(f"/cases/{case.pk}/survey/").words
