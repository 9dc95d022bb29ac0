"""预警和复核比对的页面: the list, one warning with its four keys, the forms, the run and who could not be checked."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from opendibao.intake.models import Case
from opendibao.kernel.duties import Duty
from opendibao.verification.models import Alert, Rematch, Unchecked
from opendibao.verification.rematch.kinds import KINDS
from opendibao.verification.rematch.running import give_up_rematch, start_rematch
from opendibao.verification.rematch.states import AlertState
from opendibao.web.labels import UNCHECKED
from opendibao.web.verification import rematch_pages
from opendibao.web.verification.alerts_words import ALERT_KINDS, ALERT_STATES, rate_words
from tests.registry.builders import COUNTY, FATHER, OTHER_TOWN, at, divisions
from tests.verification.delivered import row
from tests.verification.rematch.county import ON, brought, couple, run
from tests.web.desk import Desk, county_desk, hired


@pytest.fixture
def alert(county: None) -> Alert:
    """A car that nobody declared, and a job without a stated wage; nobody was checked anywhere else."""
    divisions()
    couple()
    brought("vehicles", row(FATHER, plate="赣Z1A234", kind="car", use="private", registered_on="2024-04-12"))
    brought("social_insurance", row(FATHER, kind="employee", since="2023-06", employer="某厂"))
    run()
    return Alert.objects.get(kind="new_vehicle")


@pytest.fixture
def clerk(alert: Alert) -> Desk:
    return Desk(hired("clerk9", "王经办", duties=(Duty.ACCEPT, Duty.SURVEY)))


@pytest.fixture
def officer(alert: Alert) -> Desk:
    return county_desk()


def explained(clerk: Desk, alert: Alert) -> None:
    clerk.does(f"/alerts/{alert.pk}/explain/", on="2024-05-21", words="借名登记")


class TestList:
    def test_the_grave_and_dear_come_first_with_rate_and_load(self, clerk: Desk, alert: Alert) -> None:
        page = clerk.reads("/alerts/?standing=all")

        assert "共 2 条，待处置 2 条，其中逾期 2 条；处置率 0/2（0.00%）。" in page.words
        assert page.words.index("小客车赣Z1A234") < page.words.index("由某厂参加职工社会保险")
        assert "每月 1,480.00 → 0.00 元" in page.words
        assert "不能直接计算，要看核实结果；现在每月 1,480.00 元" in page.words
        assert page.link("新有机动车") == f"/alerts/{alert.pk}/" or (
            "新有机动车", f"/alerts/{alert.pk}/") in page.links  # fmt: skip

    def test_it_is_asked_by_kind_standing_and_month(self, clerk: Desk) -> None:
        assert "小客车" not in clerk.reads("/alerts/?kind=wages").words
        assert "小客车" in clerk.reads("/alerts/?month=2024-05").words
        assert "这里没有预警" in clerk.reads("/alerts/?month=2024-06").words
        assert "这里没有预警" in clerk.reads("/alerts/?standing=settled").words

    def test_the_numbers_of_the_year_have_its_months(self, officer: Desk) -> None:
        page = officer.reads("/matching/numbers/?year=2024")

        assert "2024-05 2 0 0 0 0/2（0.00%）" in page.words
        assert page.link("2024-05") == "/alerts/?standing=all&month=2024-05"
        assert "各月发现的预警和处置率列在这里" in officer.reads("/matching/numbers/?year=2019").words

    @pytest.mark.parametrize("question", ["kind=x", "standing=x", "month=x", "division=1"])
    def test_what_cannot_be_asked_is_said(self, clerk: Desk, question: str) -> None:
        assert clerk.reads(f"/alerts/?{question}").status == 400

    def test_it_goes_out_as_a_workbook(self, clerk: Desk) -> None:
        content = clerk.client.get("/alerts/list.xlsx?standing=all").content

        rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
        assert [one[0] for one in rows] == ["预警", "新有机动车", "工资没有申报"]

    def test_another_township_sees_none(self, alert: Alert) -> None:
        other = Desk(hired("clerk8", "外镇", division=OTHER_TOWN, duties=(Duty.ACCEPT,)))

        assert "赣Z1A234" not in other.reads("/alerts/?standing=all").words
        assert other.reads(f"/alerts/{alert.pk}/").status == 404


class TestOne:
    def test_it_says_what_was_found_where_and_why_it_is_he(self, clerk: Desk, alert: Alert) -> None:
        page = clerk.reads(f"/alerts/{alert.pk}/")

        assert "小客车赣Z1A234（非营运，2024-04-12登记）" in page.words
        assert f"数据截至 2024-05-10，文件 {alert.sha256[:12]} 第 2 行" in page.words
        assert "证件号和姓名相符；权重合计" in page.words
        assert "还没有人办理" in page.words
        assert "工资没有申报" in page.words  # the family's other warning
        assert 'data-key="1"' in page.html
        assert FATHER.id_number not in page.html

    def test_the_clerk_explains_and_the_county_decides(self, clerk: Desk, officer: Desk, alert: Alert) -> None:
        page = clerk.follows(clerk.does(f"/alerts/{alert.pk}/explain/", on="2024-05-21", words="借名登记"))
        assert "已登记说明，等县局处置" in page.words
        assert "等县局处置；处置的人不能是核实的人" in page.words

        page = officer.reads(f"/alerts/{alert.pk}/")
        assert "1 属实" in page.words
        assert "3 退回再查" in page.words
        page = officer.follows(officer.does(f"/alerts/{alert.pk}/settle/true/", reason_code="papers", words=""))

        assert "已定为“属实”" in page.words
        assert "等乡镇立复核案件" in page.words
        alert.refresh_from_db()
        assert (alert.state, alert.reason_code) == ("confirmed", "papers")

    def test_a_reason_that_wants_words_is_not_taken_without(self, clerk: Desk, officer: Desk, alert: Alert) -> None:
        explained(clerk, alert)

        page = officer.does(f"/alerts/{alert.pk}/settle/false/", reason_code="exempt", words="")

        assert page.status == 422
        assert "“处置说明”没有填" in page.words
        assert "按规定不计或者豁免（要写说明）" in page.words

    def test_one_click_opens_the_case_with_what_was_decided_upon(
        self, clerk: Desk, officer: Desk, alert: Alert
    ) -> None:
        explained(clerk, alert)
        officer.does(f"/alerts/{alert.pk}/settle/true/", reason_code="seen", words="")

        page = clerk.follows(clerk.does(f"/alerts/{alert.pk}/case/"))

        case = Case.objects.get()
        assert "已立复核案件" in page.words
        assert (case.kind, case.state, case.declared["members"][1]["name"]) == ("review", "accepted", FATHER.name)
        alert.refresh_from_db()
        assert alert.case_id == case.pk

    def test_every_other_way(self, clerk: Desk, officer: Desk, alert: Alert) -> None:
        clerk.does(f"/alerts/{alert.pk}/visit/", on="2024-05-21", companion="黄走访", words="车在院里")
        officer.does(f"/alerts/{alert.pk}/return/", words="看发票")
        clerk.does(f"/alerts/{alert.pk}/explain/", on="2024-05-22", words="发票在弟弟处")
        page = clerk.follows(clerk.does(f"/alerts/{alert.pk}/undo/", words="写错了"))
        assert "撤回为“待核实”" in page.words

        officer.does(f"/alerts/{alert.pk}/another/", reason_code="wrong_number", words="")
        alert.refresh_from_db()
        assert alert.state == "not_same"
        assert "这条预警现在是“不是本人”，不能这样办" in clerk.reads(f"/alerts/{alert.pk}/explain/").words

    def test_there_is_no_third_truth(self, officer: Desk, alert: Alert) -> None:
        assert officer.reads(f"/alerts/{alert.pk}/settle/maybe/").status == 404


class TestToday:
    def test_it_stands_in_the_days_work_of_whose_turn_it_is(self, clerk: Desk, officer: Desk, alert: Alert) -> None:
        assert "预警：新有机动车" in clerk.reads("/today/").words


class TestRun:
    def test_a_run_tells_three_outcomes_a_source(self, officer: Desk, alert: Alert) -> None:
        page = officer.reads(f"/rematch/{alert.rematch_id}/")

        assert "1 户 2 人；新预警 2 条，原有 0 条，终结 0 条；至少一个来源未核的 2 人。" in page.words
        assert "车辆 2024-05-10 1 1 0" in page.words
        assert "部门还没有送达数据" in page.words
        assert "没有因人而异未核的人" in page.words
        assert officer.reads(f"/rematch/{alert.rematch_id}/?why=x").status == 400
        assert officer.reads("/rematch/999999/").status == 404

    def test_who_could_not_be_checked_goes_out_as_a_workbook(self, officer: Desk, alert: Alert) -> None:
        brought("prisons", row(name=FATHER.name, kind="prison", since="2024-03-01"))
        made = run()

        content = officer.client.get(f"/rematch/{made.pk}/unchecked.xlsx").content
        rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
        assert [one[0] for one in rows[1:]] == [FATHER.name]
        assert rows[1][3] == "有同名而无证件号的记录，无法核对"

    def test_the_button_starts_one_and_the_page_waits(
        self, officer: Desk, alert: Alert, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        begun = list[int]()
        monkeypatch.setattr(rematch_pages, "begin", lambda rematch_id, viewer: begun.append(rematch_id))
        monkeypatch.setattr(rematch_pages.transaction, "on_commit", lambda act: act())

        page = officer.follows(officer.does("/rematch/start/"))

        made = Rematch.objects.get(state="running")
        assert begun == [made.pk]
        assert "正在比对，已完成 0 个来源" in page.words
        assert "正在比对" in officer.client.get("/rematch/progress/", headers={"HX-Request": "true"}).content.decode()
        assert "发起的比对正在进行" in officer.reads("/rematch/start/").words

    def test_when_there_is_nothing_to_wait_for_the_page_comes_back(self, officer: Desk) -> None:
        answer = officer.client.get("/rematch/progress/", headers={"HX-Request": "true"})

        assert answer.headers["HX-Redirect"] == "/rematch/"
        assert officer.client.get("/rematch/progress/").status_code == 302

    def test_a_run_that_was_interrupted_says_so(self, officer: Desk, alert: Alert) -> None:
        made = start_rematch(COUNTY, is_monthly=False, on=ON, at=at(ON))
        give_up_rematch(made.pk, at=at(ON))

        assert "没有完成的比对什么都没有留下" in officer.reads(f"/rematch/{made.pk}/").words
        assert "● 中断" in officer.reads("/rematch/").words


def test_every_word_of_the_tables_is_there() -> None:
    assert set(ALERT_KINDS) == set(KINDS)
    assert set(ALERT_STATES) == set(AlertState.values)
    assert {code: str(words) for code, words in Unchecked.choices} == dict(UNCHECKED)


@pytest.mark.parametrize(("settled", "found", "said"), [(0, 0, "—"), (2, 3, "2/3（66.66%）"), (3, 3, "3/3（100.00%）")])
def test_a_rate_is_never_rounded_up(settled: int, found: int, said: str) -> None:
    assert rate_words(settled, found) == said
