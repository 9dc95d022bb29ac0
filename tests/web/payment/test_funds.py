"""资金页: what came is entered and taken back, months and levels are told in yuan, and a file waits for its money."""

from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from opendibao.budget.actions import propose_budget
from opendibao.budget.models import FundArrival
from opendibao.kernel.duties import Duty
from opendibao.payment.models import PayRun
from tests.budget.papers import came, take_back
from tests.payment.builders import COUNTY, at
from tests.payment.months import approved, checked
from tests.web.desk import Desk, hired
from tests.web.payment.forms import forms, presses, tidy
from tests.web.test_acts_tickets import faults

PAGE, NEW = "/funds/?year=2025", "/funds/arrivals/new/"
JANUARY_2025, JANUARY_2, JANUARY_3 = date(2025, 1, 1), date(2025, 1, 2), date(2025, 1, 3)
PAPER = {
    "level": "central", "number": "财社〔2025〕1号", "yuan": "930.00", "arrived_on": "2025-01-02", "year": "2025",
    "due_on": "", "area": "", "source": "", "text": "",
}  # fmt: skip
pytestmark = pytest.mark.usefixtures("county")


def finance() -> Desk:
    return Desk(hired("fin92", "钱财政", division=COUNTY, duties=(Duty.FINANCE,)))


def payer() -> Desk:
    return Desk(hired("pay92", "孙发放", division=COUNTY, duties=(Duty.PAY,)))


def payer_again() -> Desk:
    return Desk(hired("pay93", "吴发放", division=COUNTY, duties=(Duty.PAY,)))


def two_families() -> None:
    """1,000.00 and 500.00 yuan a month: central 930.00, province 270.00, city 75.00, county 225.00."""
    tidy("A1", fen=100_000)
    tidy("B1", fen=50_000, area="urban")


def arrived(central: int = 93_000) -> None:
    for level, fen in (("central", central), ("province", 27_000), ("city", 7_500)):
        came(year=2025, level=level, fen=fen, arrived_on=JANUARY_2)
    came(year=2025, level="county", fen=22_500, arrived_on=JANUARY_2, due_on=date(2025, 3, 31))


class TestEntries:
    def test_finance_enters_a_paper_and_sees_it_in_the_months(self) -> None:
        desk = finance()
        assert "这一年还没有登记到位资金" in desk.reads(PAGE).words

        page = desk.follows(desk.does(NEW, **PAPER))

        assert "已登记中央到位资金 财社〔2025〕1号，930.00 元。" in page.words
        assert "各级合计可用 930.00 元" in page.words
        assert "1 月 0.00 930.00 0.00 930.00 0.00 0.00" in page.words
        assert FundArrival.objects.get().amount_fen == 93_000

    def test_a_paper_that_brought_money_before_is_told_so_that_nobody_counts_it_twice(self) -> None:
        desk = finance()
        assert "以前登记过" not in desk.follows(desk.does(NEW, **PAPER)).words
        page = desk.follows(desk.does(NEW, **PAPER | {"arrived_on": "2025-01-03"}))
        assert "这个文号以前登记过 930.00 元，请核对是分次到的，不是重复登记。" in page.words

    def test_the_form_stands_beside_the_list_for_who_may(self) -> None:
        assert f'action="{NEW}"' in finance().reads(PAGE).html
        auditor = Desk(hired("audit92", "审计", division=COUNTY, duties=(Duty.AUDIT,)))
        assert f'action="{NEW}"' not in auditor.reads(PAGE).html
        assert auditor.reads(NEW).status == 403

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"level": ""}, "请选择“预算级次”"),
            ({"number": ""}, "请填写“文号”"),
            ({"yuan": "-5"}, "“金额（元）”应大于零"),
            ({"yuan": "1.005"}, "“金额（元）”应大于零"),
            ({"year": "二五"}, "“二五”不是年度"),
            ({"arrived_on": "2025-02-01"}, "还没有到"),
            ({"level": "county"}, "县级配套要填“应到位日期”"),
            ({"due_on": "2025-03-31"}, "“应到位日期”只用于县级"),
        ],
    )
    def test_a_wrong_field_is_named_and_nothing_is_kept(self, changes: dict[str, str], said: str) -> None:
        assert said in faults(finance().does(NEW, **PAPER | changes))
        assert not FundArrival.objects.exists()

    def test_an_entry_is_taken_back_by_a_red_one(self) -> None:
        desk = finance()
        desk.does(NEW, **PAPER)
        back = f"/funds/arrivals/{FundArrival.objects.get().pk}/back/"
        red = {"number": "财社〔2025〕2号", "yuan": "30.00", "arrived_on": "2025-01-03", "text": "上级收回"}

        assert "只剩930.00元可以冲回" in faults(desk.does(back, **red | {"yuan": "930.01"}))
        page = desk.follows(desk.does(back, **red))

        assert "已从 财社〔2025〕1号 冲回 30.00 元。" in page.words
        assert "各级合计可用 900.00 元" in page.words
        assert "−30.00" in page.words
        red_one = FundArrival.objects.get(amount_fen=-3_000)
        assert "这一笔是红字" in desk.reads(f"/funds/arrivals/{red_one.pk}/back/").words

    def test_two_who_take_back_the_same_entry_hear_of_one_another(self) -> None:
        desk = finance()
        desk.does(NEW, **PAPER)
        back = f"/funds/arrivals/{FundArrival.objects.get().pk}/back/"
        red = {"number": "财社〔2025〕2号", "yuan": "30.00", "arrived_on": "2025-01-03", "text": "上级收回"}
        opened = payer().opens(back)
        desk.does(back, **red)

        page = payer_again().sends(back, **{**opened, **red, "number": "另一号"})

        assert page.status == 409
        assert "钱财政" in page.words
        assert FundArrival.objects.count() == 2

    def test_what_is_not_there_is_not_found(self) -> None:
        assert finance().reads("/funds/arrivals/7/back/").status == 404

    def test_a_township_sees_no_money_of_the_county(self) -> None:
        clerk = Desk(hired("clerk92", "王经办"))
        assert [clerk.reads(page).status for page in (PAGE, NEW, "/funds/file/?year=2025")] == [403, 403, 403]


class TestTold:
    def test_the_levels_and_the_month_in_which_the_money_runs_out(self) -> None:
        two_families()
        propose_budget(
            2025, "rural", division=COUNTY, last_year_persons=1, standard_fen=1, average_benefit_fen=1,
            price_factor_bp=10_000, expected_entries=0, reserve_bp=0, approved_fen=400_000, approved_on=JANUARY_2,
            at=at(JANUARY_2),
        )  # fmt: skip
        arrived(central=200_000)
        approved(JANUARY_2025, JANUARY_3)

        page = finance().reads(PAGE)

        # 2,570.00 came, 1,500.00 are bound; February would need 1,500.00
        assert "照现在的支出，2025 年 2 月起资金不够。" in page.words
        assert "已审核到 2025 年 1 月，可用 1,070.00 元，最近每月平均 1,500.00 元。" in page.words
        # of 4,000.00: 2,480.00 − 2,000.00 central, 720.00 − 270.00, 200.00 − 75.00 and 600.00 − 225.00
        assert "各级还没有到位的 1,430.00 元都到了，2025 年 3 月起不够。" in page.words
        assert "中央 2,480.00 480.00 0.00 2,000.00 930.00 1,070.00" in page.words
        assert "省级 720.00 450.00 0.00 270.00 270.00 0.00" in page.words

    def test_the_workbook_holds_every_month_by_level(self) -> None:
        two_families()
        arrived()
        approved(JANUARY_2025, JANUARY_3)
        desk = finance()

        book = CalamineWorkbook.from_filelike(BytesIO(desk.client.get("/funds/file/?year=2025").content))

        rows = book.get_sheet_by_index(0).to_python()
        assert rows[0][:3] == ["月份", "预算级次", "月初结转（元）"]
        assert [row[:6] for row in rows[1:]] == [
            ["2025-01", "各级合计", "0.00", "1,500.00", "1,500.00", "0.00"],
            ["2025-01", "中央", "0.00", "930.00", "930.00", "0.00"],
            ["2025-01", "省级", "0.00", "270.00", "270.00", "0.00"],
            ["2025-01", "市级", "0.00", "75.00", "75.00", "0.00"],
            ["2025-01", "县级", "0.00", "225.00", "225.00", "0.00"],
        ]

    def test_the_book_of_the_treasury_is_told_by_level(self) -> None:
        two_families()
        arrived()
        approved(JANUARY_2025, JANUARY_3)
        page = finance().reads(PAGE)
        assert "可用＋已审核未支付＝账面余额" in page.words
        assert "中央 0.00 930.00 930.00" in page.words
        assert "合计 0.00 1,500.00 1,500.00" in page.words

    def test_money_that_was_taken_back_after_it_was_bound_is_told_in_red(self) -> None:
        two_families()
        arrived()
        approved(JANUARY_2025, JANUARY_3)
        take_back(FundArrival.objects.get(level="city"), 7_500, on=JANUARY_3)
        page = finance().reads(PAGE)
        assert "各级合计已透支 75.00 元。" in page.words
        assert "漏登的补登，没有到的请财政调度" in page.words

    def test_a_county_that_enters_nothing_is_told_what_that_means(self) -> None:
        assert "还没有登记过到位资金：现在出盘不查资金够不够" in finance().reads(PAGE).words
        came(year=2025, arrived_on=JANUARY_2)
        assert "还没有登记过到位资金" not in finance_again().reads(PAGE).words

    def test_the_county_page_warns_who_manages_the_money(self) -> None:
        two_families()
        arrived()
        approved(JANUARY_2025, JANUARY_3)
        said = "照现在的支出，2025 年 2 月起低保资金不够。 现在可用 0.00 元。"
        assert said in finance().reads("/?year=2025").words
        assert said not in finance_again().reads("/?year=2023").words
        assert said not in Desk(hired("clerk93", "王经办")).reads("/?year=2025").words

    def test_finance_finds_it_in_todays_work(self) -> None:
        two_families()
        arrived()
        approved(JANUARY_2025, JANUARY_3)
        assert "2025 年 2 月起低保资金不够" in finance().reads("/today/").words
        assert "可用 0.00 元" in finance_again().reads("/today/").words


def finance_again() -> Desk:
    return Desk(hired("fin93", "周财政", division=COUNTY, duties=(Duty.FINANCE,)))


class TestSending:
    def test_a_file_waits_for_its_money_and_the_page_says_what_to_do(self) -> None:
        two_families()
        arrived(central=92_999)
        approved(JANUARY_2025, JANUARY_3)
        desk = payer()

        page = desk.reads("/pay-runs/2025-01/")
        assert "出盘 等资金到位" in page.words
        said = "到位资金不够：各级合计少 0.01 元（中央少 0.01 元）。钱已经到的，登记到位资金；没有到的，请财政调度"
        assert said in page.words
        assert page.link("登记到位资金") == "/funds/?year=2025"
        assert "/pay-runs/2025-01/send/" not in forms(page)
        assert said in desk.reads("/pay-runs/2025-01/send/").words
        assert "资金到位" in desk.reads("/today/").words

        came(year=2025, number="补", fen=1, arrived_on=JANUARY_3)
        assert "出盘 等资金到位" not in desk.reads("/pay-runs/2025-01/").words
        desk.follows(presses(desk, "/pay-runs/2025-01/", "send"))
        assert PayRun.objects.get().state == "sent"

    def test_a_form_that_was_opened_before_the_money_went_back_is_refused_in_words(self) -> None:
        two_families()
        arrived()
        approved(JANUARY_2025, JANUARY_3)
        desk = payer()
        carried = forms(desk.reads("/pay-runs/2025-01/"))["/pay-runs/2025-01/send/"]
        take_back(FundArrival.objects.get(level="city"), 1, on=JANUARY_3)

        page = desk.sends("/pay-runs/2025-01/send/", **carried)

        assert "2025-01的到位资金不够：各级合计少0.01元（市级少0.01元）" in faults(page)
        assert PayRun.objects.get().state == "approved"

    def test_finance_is_told_before_it_approves_and_may(self) -> None:
        two_families()
        arrived(central=92_999)
        run = checked(JANUARY_2025, JANUARY_3)
        desk = finance()

        page = desk.reads("/pay-runs/2025-01/")
        assert "到位资金不够：各级合计少 0.01 元（中央少 0.01 元）。可以先审核，出盘要等钱到位。" in page.words
        assert "不够：各级合计少 0.01 元（中央少 0.01 元），不能出盘" in desk.reads("/pay-runs/2025-01/approve/").words
        done = desk.follows(presses(desk, "/pay-runs/2025-01/", "approve", total="1500.00"))
        assert "财政已审核；到位资金还不够，钱到位以后再出盘。" in done.words
        run.refresh_from_db()
        assert run.state == "approved"
        assert "1 月发放的钱没有到齐" in desk.reads("/today/").words
        assert "还差 0.01 元" in desk.reads("/today/").words

    def test_what_another_level_advances_is_said(self) -> None:
        two_families()
        arrived(central=92_999)
        came(year=2025, level="city", number="市多", fen=1, arrived_on=JANUARY_2)
        approved(JANUARY_2025, JANUARY_3)
        said = payer().reads("/pay-runs/2025-01/send/").words
        assert "中央少 0.01 元，由其他级次到位的资金垫付" in said

    def test_where_nothing_is_entered_it_is_said_and_nobody_is_kept_waiting(self) -> None:
        two_families()
        approved(JANUARY_2025, JANUARY_3)
        desk = payer()
        assert "还没有登记，出盘前没有查资金够不够" in desk.reads("/pay-runs/2025-01/send/").words
        desk.follows(presses(desk, "/pay-runs/2025-01/", "send"))


def test_a_late_county_share_is_told_in_days_and_yuan() -> None:
    came(level="county", fen=500_000, arrived_on=date(2024, 4, 10), due_on=date(2024, 3, 31))
    page = finance().reads("/funds/?year=2024")
    assert "县级配套有 1 笔晚到，共 5,000.00 元，最长晚 10 天。" in page.words
    assert "▲ 10 天" in page.words
