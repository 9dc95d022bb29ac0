"""登记到位资金: as the paper says, once; wrong entries are refused by field and taken back by red ones."""

from datetime import date

import pytest

from opendibao.audit.models import Event
from opendibao.budget.arrivals import arrivals, take_back_arrival
from opendibao.budget.refusal import FundRefused
from tests.budget.papers import CENTRAL, COUNTY_SHARE, END_OF_MARCH, JANUARY_2, YEAR, came, take_back
from tests.conftest import ActAs
from tests.payment.builders import at

APRIL_10 = date(2024, 4, 10)


@pytest.mark.usefixtures("county")
class TestEntering:
    def test_an_arrival_is_kept_as_its_paper_says(self) -> None:
        came()
        (row,) = arrivals(YEAR)
        assert (row.level, row.number, row.fen, row.left_fen) == ("central", "财社〔2024〕1号", 1_000_000, 1_000_000)
        assert (row.arrived_on, row.officer, row.of, row.days_late) == (JANUARY_2, "张经办", "", 0)
        event = Event.objects.get()
        assert (event.action, event.subject) == ("登记到位资金", "到位资金 财社〔2024〕1号")
        assert event.payload["fen"] == 1_000_000

    def test_a_county_share_that_comes_late_says_by_how_many_days(self) -> None:
        # due on March 31st, there on April 10th
        came(COUNTY_SHARE, arrived_on=APRIL_10)
        assert [row.days_late for row in arrivals(YEAR)] == [10]

    def test_the_day_it_is_due_is_not_late(self) -> None:
        came(COUNTY_SHARE, arrived_on=END_OF_MARCH)
        assert [row.days_late for row in arrivals(YEAR)] == [0]

    def test_one_paper_may_bring_money_of_several_levels_and_areas(self) -> None:
        came()
        came(level="province", fen=500_000)
        came(area="rural", fen=200_000)
        assert sum(row.fen for row in arrivals(YEAR)) == 1_700_000

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"level": "town"}, "预算级次“town”不认识，应为中央、省级、市级、县级"),
            ({"source": "loan"}, "资金来源“loan”不认识"),
            ({"area": "suburb"}, "城乡“suburb”不认识"),
            ({"number": ""}, "文号要照文件填"),
            ({"number": "财" * 61}, "文号要照文件填，最多60个字"),
            ({"text": "摘" * 101}, "摘要最多100个字，现在有101个"),
            ({"year": 24}, "预算年度“24”不是年份"),
            ({"year": 2022}, "预算年度2022和到位日期2024-01-02相差一年以上"),
            ({"year": 2026}, "预算年度2026和到位日期2024-01-02相差一年以上"),
            ({"fen": 0}, "到位金额应大于0；登错的用“冲回”"),
            ({"fen": -1}, "到位金额应大于0"),
            ({"arrived_on": date(2024, 1, 3)}, "到位日期2024-01-03晚于今天"),
            ({"due_on": END_OF_MARCH}, "“应到位日期”只用于县级"),
            ({"level": "county"}, "县级配套要填“应到位日期”"),
            ({"level": "county", "source": "carried", "due_on": END_OF_MARCH}, "“应到位日期”只用于县级"),
        ],
    )
    def test_a_wrong_paper_is_refused_by_field(self, changes: dict[str, object], words: str) -> None:
        with pytest.raises(FundRefused, match=words):
            came(day=JANUARY_2, **changes)
        assert arrivals(YEAR) == []

    def test_the_same_paper_is_not_entered_twice(self) -> None:
        came()
        with pytest.raises(FundRefused, match=r"1号的中央资金（不分城乡）2024-01-02已经登记，10,000\.00元"):
            came(fen=5)

    def test_blanks_around_a_number_are_no_other_number(self) -> None:
        came(number="  财社〔2024〕1号 ", text=" 第一季度 ")
        assert [(row.number, row.text) for row in arrivals(YEAR)] == [("财社〔2024〕1号", "第一季度")]
        with pytest.raises(FundRefused, match="不能登记两次"):
            came()

    def test_an_entry_that_is_wholly_taken_back_begins_no_keeping(self) -> None:
        take_back(came(year=2023), 1_000_000)
        came(source="carried", number="结转", fen=40_000)
        assert [row.left_fen for row in arrivals(YEAR)] == [40_000]

    def test_what_was_left_from_before_is_entered_in_the_first_year_alone(self) -> None:
        came(source="carried", number="结转", fen=40_000)
        with pytest.raises(FundRefused, match="2024年度起已经登记到位资金，2025年的上年结转由系统算出"):
            came(source="carried", number="结转", year=2025)
        with pytest.raises(FundRefused, match="2024年度登记过上年结转，这以前的资金都在里面，不能再登记2023年度的"):
            came(year=2023)


@pytest.mark.usefixtures("county")
class TestTakingBack:
    def test_a_red_entry_takes_back_a_part(self) -> None:
        red = take_back(came(), 300_000)
        first, second = arrivals(YEAR)
        assert (first.left_fen, second.fen, second.of, second.level) == (700_000, -300_000, CENTRAL.number, "central")
        assert red.takes_back_id == first.id
        event = Event.objects.get(action="冲回到位资金")
        assert (event.subject, event.payload["number"]) == ("到位资金 财社〔2024〕1号", "财社〔2024〕9号")

    def test_no_more_is_taken_back_than_is_left(self) -> None:
        arrival = came()
        take_back(arrival, 300_000)
        with pytest.raises(FundRefused, match=r"只剩7,000\.00元可以冲回，不能冲回7,000\.01元"):
            take_back(arrival, 700_001)
        take_back(arrival, 700_000)
        assert sum(row.fen for row in arrivals(YEAR)) == 0

    def test_an_entry_that_was_wrong_is_entered_anew_once_it_is_wholly_back(self) -> None:
        arrival = came()
        take_back(arrival, 999_999)
        with pytest.raises(FundRefused, match="不能登记两次；登错的先全部冲回"):
            came(fen=100_000)
        take_back(arrival, 1)
        assert came(fen=100_000).entry_no == 2

    def test_a_red_entry_is_not_taken_back(self) -> None:
        red = take_back(came(), 300_000)
        with pytest.raises(FundRefused, match="财社〔2024〕9号是红字，不能再冲回"):
            take_back(red, 1)

    @pytest.mark.parametrize("fen", [0, -1])
    def test_nothing_is_no_amount(self, fen: int) -> None:
        with pytest.raises(FundRefused, match="冲回金额应大于0"):
            take_back(came(), fen)

    def test_it_cannot_go_back_before_it_came(self) -> None:
        with pytest.raises(FundRefused, match="冲回日期应在2024-01-02和今天之间"):
            take_back(came(), 1, on=date(2024, 1, 1))

    def test_what_is_not_there_is_not_taken_back(self) -> None:
        with pytest.raises(FundRefused, match="没有这笔到位资金"):
            take_back_arrival(7, number="某", fen=1, arrived_on=JANUARY_2, on=JANUARY_2, at=at(JANUARY_2))


def test_a_township_sees_nothing_of_the_countys_money(act_as: ActAs) -> None:
    with act_as("360429"):
        came()
    with act_as("360429100"):
        assert arrivals(YEAR) == []
    with act_as("360430"):
        assert arrivals(YEAR) == []
