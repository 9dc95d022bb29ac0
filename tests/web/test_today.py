"""今日工作: what is overdue, open, with others or coming; whose turn it is; the next act in words.

Today is Monday 2025-01-06; it and the 10th have four working days between them.
"""

from datetime import date

import pytest
from django.db import connection
from django.urls import resolve, reverse

from opendibao.audit.session import acting
from opendibao.decision.letters import deliver_decision
from opendibao.intake.actions import accept_case, contact_lead, record_lead, submit_case
from opendibao.kernel.duties import EVERY_DUTY, Duty
from opendibao.outreach.actions import approve_post, open_ticket
from opendibao.reviews.actions import schedule_reverifications
from opendibao.reviews.models import Reverification
from opendibao.web.access import policy_of
from opendibao.web.today_sources import DONE_AT, STEPS
from tests.decision import builders as decision_builders
from tests.payment.builders import COUNTY, FAR_VILLAGE, OTHER_VILLAGE, VILLAGE, Family, at, divisions, family
from tests.payment.months import approved
from tests.registry.builders import divisions as registered
from tests.web.conftest import Page, Reader
from tests.web.desk import OTHER_TOWN, TOWN, Desk, hired

THURSDAY, FRIDAY = date(2025, 1, 2), date(2025, 1, 3)


def due(home: Family, on: date, review_class: str = "yearly") -> None:
    """A review of a household that is due on a day."""
    Reverification.objects.create(
        household=home.household, division=home.division, review_class=review_class, due_on=on
    )


def clerk(division: str = TOWN) -> Desk:
    """A township's clerk."""
    return Desk(hired("clerk01", "王经办", division=division))


def clerk_again() -> Desk:
    """Another clerk of the township."""
    return Desk(hired("clerk02", "赵经办"))


def officer(*duties: Duty) -> Desk:
    """A county officer with these duties."""
    return Desk(hired("county01", "李审核", division=COUNTY, duties=duties))


def bands(page: Page) -> list[str]:
    """The names of the bands with their numbers, in the order of the page."""
    rows = page.html.split('<tr class="band">')[1:]
    return [row.split('scope="colgroup">', 1)[1].split(" <small>", 1)[0] for row in rows]


@pytest.fixture
def reviews(county: None) -> None:
    """One review overdue, two open this month, one of them in another township, one to come."""
    due(family("A1", persons=3), date(2024, 12, 31))
    due(family("B1", division=OTHER_VILLAGE), date(2025, 1, 31), "halfyear")
    due(family("C1", division=FAR_VILLAGE), date(2025, 1, 31))
    due(family("D1"), date(2025, 2, 28))


@pytest.mark.usefixtures("reviews")
class TestReviews:
    def test_the_most_urgent_comes_first_with_working_days_over_or_left(self) -> None:
        page = clerk().reads("/today/")

        assert bands(page) == ["逾期 1 件", "窗口内 1 件", "接下来 1 件"]
        # from 31 December: 2, 3 and 6 January
        assert "年度复核 常保 ● 逾期 2024-12-01 至 2024-12-31 · 过 3 天" in page.words
        # to 31 January: 7 to 10, 13 to 17, 20 to 24, Sunday the 26th (a make-up day) and the 27th; then the festival
        assert "半年复核 非常保 01-01 至 01-31 · 剩 16 天" in page.words

    def test_the_next_thing_is_the_most_urgent_one_of_the_officer(self) -> None:
        page = clerk().reads("/today/")
        assert page.link("办下一件：成员1 年度复核 N") == "/households/A1/review/"
        assert page.link("登记走访") == "/households/A1/review/"

    def test_a_county_officer_sees_with_whom_it_is(self) -> None:
        page = officer(Duty.CONFIRM).reads("/today/")
        assert bands(page) == ["逾期 1 件", "窗口内 1 件", "等别人 3 件", "接下来 1 件"]
        assert "镇101远村 年度复核 常保 01-01 至 01-31 · 剩 16 天 剩 16 天 镇101 查看" in page.words
        # what is his own: A1 has no review laid down for 2025; the month's run is the paying officers'
        assert "1 户 演示县 排 2025 年定期复核" in page.words

    def test_a_count_opens_its_rows(self) -> None:
        page = clerk().reads("/today/?group=overdue")
        assert bands(page) == ["逾期 1 件"]
        assert "逾期 1 件" in page.words
        assert page.link("全部待办") == "/today/"

    def test_a_place_opens_its_rows(self) -> None:
        page = clerk().reads(f"/today/?place={OTHER_VILLAGE}")
        assert bands(page) == ["窗口内 1 件"]

    def test_another_township_is_not_seen(self) -> None:
        page = clerk(OTHER_TOWN).reads("/today/")
        assert bands(page) == ["窗口内 1 件"]
        assert "东村" not in page.words

    def test_who_only_reads_is_told_what_waits_but_not_to_do_it(self, read: Reader) -> None:
        page = read("/today/")
        assert "data-next" not in page.html
        assert "查看" in page.words

    def test_script_gets_the_part_alone(self, read: Reader) -> None:
        response = read.client.get("/today/?group=window", headers={"HX-Request": "true"})
        # two reviews, the plan of the year's, the month's run, and two things of the evaluation
        body = response.content.decode()
        assert body.startswith('<div id="today"')
        assert 'data-say="窗口内 6 件"' in body
        assert "HX-Request" in response.headers["Vary"]


class TestKinds:
    @pytest.fixture(autouse=True)
    def places(self, county: None) -> None:
        divisions()

    def test_a_case_says_what_it_needs_next(self) -> None:
        home = family("A1").household
        case = submit_case(home.pk, kind="review", channel="review", declared={}, on=THURSDAY, at=at(THURSDAY))
        accept_case(case.pk, on=THURSDAY, at=at(THURSDAY))
        page = clerk().reads("/today/")
        # three working days after the 2nd, a Thursday; two of them have gone
        assert f"入户调查 {case.number} 01-02 至 01-07 · 剩 1 天 剩 1 天 本岗 已 2 天 两人入户" in page.words
        assert page.link("两人入户") == f"/cases/{case.pk}/survey/"

    def test_a_step_leads_to_a_page_that_its_officer_may_open(self) -> None:
        for key, (_what, _act, duty) in STEPS.items():
            there = resolve(reverse(DONE_AT.get(key, "case"), args=[1])).func
            assert duty in policy_of(there).duties, key  # type: ignore[union-attr]

    def test_a_named_report_is_to_be_answered_in_time(self) -> None:
        open_ticket(
            VILLAGE, number="T1", kind="report", is_named=True, received_on=FRIDAY, summary="有车", at=at(FRIDAY)
        )
        page = clerk().reads("/today/")
        assert page.link("T1") == "/hotline/"
        assert "举报：有车 实名" in page.words
        assert page.link("核实答复") == "/hotline/T1/answer/"

    def test_a_lead_waits_until_somebody_went_there(self) -> None:
        lead = record_lead(VILLAGE, source="grid", on=THURSDAY, at=at(THURSDAY), summary="独居老人生病")
        desk = clerk()
        assert "主动发现：独居老人生病 网格员 01-02 起 · 已等 2 天" in desk.reads("/today/").words

        contact_lead(lead.pk, outcome="informed", on=FRIDAY, at=at(FRIDAY))

        assert "独居老人" not in desk.reads("/today/").words

    def test_a_vacant_post_is_the_countys(self) -> None:
        approve_post(TOWN, title="低保专干", needed_since=date(2024, 10, 1), due_on=date(2024, 12, 31), at=at(FRIDAY))
        assert "低保专干 镇100 岗位空缺 ● 逾期" in officer(Duty.CONFIRM).reads("/today/").words

    @pytest.mark.parametrize(
        ("duty", "turn", "state"),
        [(Duty.PAY, "编制名册", ""), (Duty.FINANCE, "县局发放", ""), (Duty.PAY, "出盘", "approved")],
    )
    def test_the_months_run_says_whose_turn_it_is(self, duty: Duty, turn: str, state: str) -> None:
        if state:
            family("A1")
            approved(date(2025, 1, 1))
        page = officer(duty).reads("/today/")
        assert "01-01 至 01-10 · 剩 4 天" in page.words
        assert turn in page.words
        assert "离期限 4 个工作日" in page.words

    def test_the_evaluator_has_this_years_sheet_to_enter(self) -> None:
        page = officer(Duty.EVALUATE).reads("/today/")
        assert "2024 年度评价 演示县 还没有锁定快照" in page.words
        assert "2025 年度评价 演示县 指标表还没有录入" in page.words

    def test_who_runs_the_machine_sees_its_nights_and_no_family(self) -> None:
        due(family("A1"), date(2024, 12, 31))
        operator = officer(Duty.OPERATE)
        page = operator.reads("/today/")
        assert "账目与审计链 演示县 夜间核对还没有运行过" in page.words
        assert "成员1" not in page.words
        assert 'id="q"' not in page.html
        assert operator.reads("/today/?group=done").status == 403

    def test_what_was_done_lately_is_counted_and_listed(self) -> None:
        lead = record_lead(VILLAGE, source="grid", on=FRIDAY, at=at(FRIDAY), summary="困难")
        record_lead(VILLAGE, source="grid", on=FRIDAY, at=at(date(2024, 12, 26)), summary="太早")
        desk = clerk()
        assert "近 5 个工作日已办 1" in desk.reads("/today/").words
        assert f"登记线索 线索 {lead.pk} 镇100东村 张经办" in desk.reads("/today/?group=done").words


@pytest.mark.usefixtures("county")
class TestEdges:
    def test_a_refusal_is_to_be_told_in_three_working_days(self) -> None:
        registered()
        refusal = decision_builders.refuse(decision_builders.reviewed(decision_builders.earning(6000)))
        page = clerk().reads("/today/?group=overdue")
        # decided on Monday 18 March 2024: the 19th, 20th and 21st
        assert f"送达不予确认告知书 {refusal.number} ● 逾期 2024-03-18 至 2024-03-21" in page.words
        assert page.link("登记送达") == f"/decisions/{refusal.pk}/letter/deliver/"

        with acting("王经办", TOWN[:9], EVERY_DUTY):
            deliver_decision(refusal.pk, how="home", receiver="王秀英", on=date(2024, 3, 20), at=at(date(2024, 3, 20)))

        assert "送达不予确认告知书" not in clerk_again().reads("/today/?group=overdue").words

    def test_an_empty_day_says_what_comes_next(self) -> None:
        divisions()
        page = clerk().reads("/today/")
        assert "现在没有要办的 下一个期限：2025-01-10 发放到账" in page.words

    @pytest.mark.parametrize(
        ("asked", "words"),
        [
            ("group=mine", "没有“mine”这一组"), ("place=12", "“12”不是区划代码"), ("page=2", "没有第“2”页"),
            ("place=000000000000", ""),
        ],
    )  # fmt: skip
    def test_what_cannot_be_asked_is_said(self, read: Reader, asked: str, words: str) -> None:
        page = read(f"/today/?{asked}")
        assert page.status == (400 if words else 200)
        assert words in page.words

    def test_a_hundred_reviews_come_in_two_pages_and_few_queries(self) -> None:
        homes = [family(f"A{number}") for number in range(60)]
        for home in homes:
            due(home, date(2025, 1, 31))
        desk, asked = clerk(), []

        def note(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
            asked.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            page = desk.reads("/today/")

        assert page.html.count('class="does"') == 50
        assert "第 1—50 行，共 60 行" in page.words
        assert len(asked) <= 34  # one a kind of work; those of the money's changes are remembered on the real site
        assert desk.reads("/today/?page=2").html.count('class="does"') == 10

    def test_households_without_a_review_are_listed(self, read: Reader) -> None:
        planned, _ = family("A1"), family("B1", division=OTHER_VILLAGE)
        schedule_reverifications([(planned.household.pk, VILLAGE, "yearly")], year=2025, at=at(FRIDAY))
        page = read("/today/unscheduled/")
        assert "1 户在保，今年的定期复核还没有排" in page.words
        assert page.link("B1") == "/households/B1/"
        assert "A1" not in page.words
