"""账户待办: whoever may confirm sees what waits, whoever asked sees for whom; agreements are told of in time."""

from datetime import date, timedelta

import pytest

from opendibao.audit.session import acting
from opendibao.kernel.duties import EVERY_DUTY, Duty
from opendibao.registry.actions import ask_account_change, check_custody, end_proxy, file_custody, file_proxy
from opendibao.registry.entries import AccountEntry
from tests.payment.builders import COUNTY, FAR_VILLAGE, Family, at, family
from tests.registry.agreements import a_custody, a_proxy
from tests.registry.changed import asked
from tests.web.conftest import Page
from tests.web.desk import OTHER_TOWN, Desk, hired
from tests.web.test_acts_tickets import TODAY

FRIDAY = date(2025, 1, 3)
NEW = AccountEntry("成员1", "邮储银行", "6222000011112222")


@pytest.fixture
def home(county: None) -> Family:
    return family("A1", persons=2, account="6222000000009999")


def clerk(name: str = "王经办", username: str = "clerk91", division: str = "360429100000") -> Desk:
    return Desk(hired(username, name, division=division, duties=(Duty.ACCEPT,)))


def officer() -> Desk:
    return Desk(hired("county09", "李审核", division=COUNTY, duties=(Duty.CONFIRM,)))


def today(desk: Desk) -> Page:
    return desk.reads("/today/")


def proxy(home: Family, since: date, *, until: date | None = None, is_filed: bool = True) -> int:
    made = a_proxy(home.household.pk, day=since, agreed_by="成员1", agreed_on=since, since=since, until=until)
    if is_filed:
        with acting("县备案", "360429", EVERY_DUTY):
            file_proxy(made.pk, on=since, at=at(since))
    return made.pk


def custody(home: Family, since: date, *, is_filed: bool = True) -> int:
    made = a_custody(home.household.pk, day=since, agreed_by="成员1", agreed_on=since, handed_on=since)
    if is_filed:
        with acting("县备案", "360429", EVERY_DUTY):
            file_custody(made.pk, on=since, at=at(since))
    return made.pk


class TestChanges:
    @pytest.fixture(autouse=True)
    def waiting(self, home: Family) -> None:
        with acting("王经办", "360429100", [Duty.ACCEPT]):
            ask_account_change(home.household.pk, asked(NEW, "成员1", FRIDAY), on=FRIDAY, at=at(FRIDAY))

    def test_a_colleague_and_the_county_may_confirm_it_in_three_working_days(self) -> None:
        for desk in (clerk("陈经办", "clerk92"), officer()):
            page = today(desk)
            # three working days after Friday the 3rd: Wednesday the 8th, two after today
            assert "核实账户变更：挂失换卡 邮储银行 01-08 前 · 剩 2 天" in page.words
            form = page.link("核实账户")
            assert "核实账户变更" in desk.reads(form).words

    def test_whoever_asked_sees_whom_it_waits_for_and_is_not_asked_to_do_it(self) -> None:
        page = today(clerk())
        assert "核实账户变更：挂失换卡" in page.words
        assert "另一人核实" in page.words
        assert "核实账户" not in [words for words, _href in page.links]
        assert page.link("填错了就撤回").endswith("/drop/")

    def test_another_township_is_not_told(self) -> None:
        family("Z1", division=FAR_VILLAGE)
        assert "核实账户变更" not in today(clerk("远经办", "clerk93", OTHER_TOWN)).words


class TestProxies:
    def test_what_is_not_filed_is_the_countys(self, home: Family) -> None:
        pk = proxy(home, FRIDAY, is_filed=False)
        assert today(officer()).link("备案") == f"/proxies/{pk}/note/"
        assert "备案" not in [words for words, _href in today(clerk()).links]

    @pytest.mark.parametrize(("days", "is_told"), [(30, True), (31, False)])
    def test_an_agreement_that_ends_within_thirty_days_is_told(self, home: Family, days: int, is_told: bool) -> None:
        pk = proxy(home, FRIDAY, until=TODAY + timedelta(days=days))
        page = today(clerk())
        assert ("代领协议快到期" in page.words) is is_told
        if is_told:
            assert page.link("问家庭") == f"/proxies/{pk}/"
            assert "续签，重新登记" in clerk("陈经办", "clerk92").reads(f"/proxies/{pk}/").words

    def test_one_that_has_ended_stays_until_somebody_cares_for_the_family(self, home: Family) -> None:
        pk = proxy(home, date(2024, 12, 2), until=FRIDAY)
        assert "代领协议已到期" in today(clerk()).words
        end_proxy(pk, reason="本人能自己领了", last_day=FRIDAY, on=TODAY, at=at(TODAY))
        assert "代领协议已到期" not in today(clerk("陈经办", "clerk92")).words

    def test_the_yearly_look_is_told_thirty_days_ahead(self, home: Family) -> None:
        pk = proxy(home, date(2024, 2, 5))  # twelve months: 5 February 2025
        page = today(clerk())
        assert page.link("问家庭") == f"/proxies/{pk}/review/"
        assert "代领年度复核 陈代领 年老行动不便" in page.words


class TestCustody:
    def test_what_is_not_filed_is_the_countys(self, home: Family) -> None:
        pk = custody(home, FRIDAY, is_filed=False)
        assert today(officer()).link("备案") == f"/custody/{pk}/note/"

    def test_a_card_nobody_looked_at_for_a_year_is_overdue(self, home: Family) -> None:
        pk = custody(home, FRIDAY.replace(year=2024))
        page = today(clerk())
        assert page.link("核查") == f"/custody/{pk}/check/"
        assert "代管年度核查 赵村干 银行卡 ● 逾期" in page.words

    def test_a_card_that_was_looked_at_is_not_told_for_a_year(self, home: Family) -> None:
        pk = custody(home, FRIDAY.replace(year=2024))
        check_custody(
            pk,
            way="visit",
            is_there=True,
            is_paid_out=True,
            spoken_with="成员1",
            findings="相符",
            on=FRIDAY,
            at=at(FRIDAY),
        )
        assert "代管年度核查 赵村干" not in today(clerk()).words

    def test_what_the_look_found_wrong_is_the_countys_until_the_card_is_back(self, home: Family) -> None:
        pk = custody(home, date(2024, 6, 3))
        check_custody(
            pk, way="visit", is_there=True, is_paid_out=False, spoken_with="成员1", findings="少交100元", on=FRIDAY,
            at=at(FRIDAY),
        )  # fmt: skip
        page = today(officer())
        assert page.link("查清") == f"/custody/{pk}/"
        assert "代管核查不相符 赵村干 银行卡" in page.words
