"""家庭办理: another account is typed twice and asked for, the address is in a village of one's own."""

import pytest

from opendibao.registry.models import AccountChange, HouseholdPlace
from opendibao.registry.queries import account_on, place_on
from tests.payment.builders import FAR_VILLAGE, OTHER_VILLAGE, Family, family
from tests.web.conftest import Page
from tests.web.desk import Desk, hired
from tests.web.test_acts_tickets import TODAY

ACCOUNT, PLACE = "/households/A1/account/", "/households/A1/place/"
GIVEN = {
    "holder": "成员1", "bank": "农商银行", "number": "6222 0000 1111 2222", "again": "6222-0000-1111-2222",
    "cause": "lost", "asker": "成员1", "asker_is": "member", "channel": "window", "evidence": "book",
    "asked_on": "2025-01-06",
}  # fmt: skip
MOVED = {"division": OTHER_VILLAGE, "area": "rural", "address": "5号", "phone": "0792-1234567", "on": "2025-01-06"}


@pytest.fixture
def home(county: None) -> Family:
    return family("A1", persons=2)


@pytest.fixture
def clerk(home: Family) -> Desk:
    return Desk(hired("clerk91", "王经办"))


def refused(page: Page) -> str:
    assert page.status == 422, page.words
    return page.words


def test_another_account_is_asked_for_and_nothing_changes_yet(clerk: Desk, home: Family) -> None:
    page = clerk.follows(clerk.does(clerk.reads("/households/A1/").link("改正账户"), **GIVEN))

    assert "已提出变更：农商银行 ************2222，户名 成员1。另一人核实以前，低保金仍发原账户" in page.words
    assert "王经办 2025-01-06提出改到农商银行（户名 成员1），等另一人核实" in page.words
    account = account_on(home.household.pk, TODAY)
    assert account
    assert account.number == "62A1"
    (change,) = AccountChange.objects.all()
    assert (change.number, change.asker, change.made_by, change.state) == (
        "6222000011112222", "成员1", "王经办", "waiting",
    )  # fmt: skip
    assert "王经办 2025-01-06提出的账户变更还在等核实，请先核实或撤回" in clerk.reads(ACCOUNT).words


def test_full_width_digits_are_digits(clerk: Desk) -> None:
    clerk.does(ACCOUNT, **{**GIVEN, "number": "６２２２００００１１１１", "again": "622200001111"})

    assert AccountChange.objects.get().number == "622200001111"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"holder": ""}, "请填写“户名”"),
        ({"holder": "王|秀英"}, "“户名”里有“|”或换行等符号，银行的文件写不下"),
        ({"bank": "农商\t银行"}, "“开户银行”里有“|”或换行等符号"),
        ({"number": "6222 0000 1111 2223"}, "两遍账号不一样，请对照存折或银行卡重填"),
        ({"number": "1234567", "again": "1234567"}, "“账号”应为 8 至 30 位数字"),
        ({"number": "6222O0001111", "again": "6222O0001111"}, "“账号”应为 8 至 30 位数字"),
        ({"number": "=HYPERLINK(1)", "again": "=HYPERLINK(1)"}, "“账号”应为 8 至 30 位数字"),
        ({"bank": "银" * 61}, "“开户银行”最多 60 个字，现在有 61 个"),
        ({"asked_on": "2025-02-01"}, "“提出日期”2025-02-01 还没有到"),
        ({"cause": ""}, "请选择“变更原因”"),
        ({"asker": "路人"}, "提出人“路人”在2025-01-06不是家庭成员"),
        ({"evidence": "copy"}, "凭据不是存折或银行卡原件的，要附照片或扫描件"),
    ],
)
def test_a_wrong_account_is_refused_and_nothing_changes(clerk: Desk, changes: dict[str, str], said: str) -> None:
    assert said in refused(clerk.does(ACCOUNT, **{**GIVEN, **changes}))
    assert not AccountChange.objects.exists()


def test_the_full_number_of_the_account_stands_nowhere_on_the_form(clerk: Desk) -> None:
    clerk.does(ACCOUNT, **GIVEN)

    for page in (clerk.reads(ACCOUNT), clerk.reads("/households/A1/"), clerk.reads("/account-changes/")):
        assert "6222000011112222" not in page.html


def test_a_household_moves_within_the_township_with_its_telephone(clerk: Desk, home: Family) -> None:
    page = clerk.follows(clerk.does(PLACE, **MOVED))

    assert "已变更住址和电话：镇100西村" in page.words
    place = place_on(home.household.pk, TODAY)
    assert place
    assert (place.division, place.address, place.phone) == (OTHER_VILLAGE, "5号", "0792-1234567")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"division": FAR_VILLAGE}, "“村社区”里没有这一项，请从列出的里面重选"),
        ({"area": ""}, "请选择“适用标准”"),
        ({"phone": "找村长"}, "“电话”应为 7 至 20 位数字，请重填；没有就空着"),
        ({"address": "长" * 121}, "“住址”最多 120 个字，现在有 121 个"),
    ],
)
def test_a_wrong_place_is_refused_and_nothing_changes(clerk: Desk, changes: dict[str, str], said: str) -> None:
    assert said in refused(clerk.does(PLACE, **{**MOVED, **changes}))
    assert HouseholdPlace.objects.count() == 1


def test_an_unknown_household_and_one_of_another_township_are_not_there(clerk: Desk) -> None:
    family("C1", division=FAR_VILLAGE)

    for number in ("C1", "nobody"):
        for address in (f"/households/{number}/account/", f"/households/{number}/place/"):
            assert clerk.reads(address).status == 404
            assert clerk.sends(address, **GIVEN).status == 404
