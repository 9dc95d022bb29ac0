"""A small county of two townships, and what an officer enters for its households."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from opendibao.kernel.ids import DEMO_PREFIX, make_id_number
from opendibao.registry.actions import load_divisions, register_household
from opendibao.registry.entries import AccountEntry, HouseholdEntry, MemberEntry

COUNTY, TOWN, OTHER_TOWN = "360429000000", "360429100000", "360429101000"
VILLAGE, NEXT_VILLAGE, FAR_VILLAGE = "360429100201", "360429100202", "360429101201"
PLACES = [
    ("county", COUNTY, "演示县", ""),
    ("town", TOWN, "东镇", COUNTY),
    ("town", OTHER_TOWN, "西镇", COUNTY),
    ("village", VILLAGE, "月亮村民委员会", TOWN),
    ("village", NEXT_VILLAGE, "太阳村民委员会", TOWN),
    ("village", FAR_VILLAGE, "远山村民委员会", OTHER_TOWN),
]
SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YEAR = date(2024, 1, 2)


def at(day: date) -> datetime:
    """Nine in the morning of a day."""
    return datetime(day.year, day.month, day.day, 9, tzinfo=SHANGHAI)


def number(born: date, sequence: int) -> str:
    """A valid number of nobody; odd sequences are men's."""
    return make_id_number(DEMO_PREFIX, born, sequence)


MOTHER = MemberEntry(number(date(1984, 3, 12), 2), "王秀英", "head")
FATHER = MemberEntry(number(date(1982, 5, 1), 1), "李建国", "spouse")
CHILD = MemberEntry(number(date(2014, 9, 30), 4), "李小红", "child")
LONER = MemberEntry(number(date(1950, 1, 20), 11), "单有福", "head")
ACCOUNT = AccountEntry("王秀英", "农商银行", "6200000000000000001")


def entry(
    file: str = "999999-00001",
    *members: MemberEntry,
    division: str = VILLAGE,
    area: str = "rural",
    account: AccountEntry | None = ACCOUNT,
) -> HouseholdEntry:
    """The family of three, or a household of the given members."""
    return HouseholdEntry(file, division, area, "3组12号", "00012345678", members or (MOTHER, FATHER, CHILD), account)


def divisions() -> None:
    """Enter the county's divisions; the session acts for the county."""
    load_divisions(PLACES, at=at(NEW_YEAR))


def household(file: str = "999999-00001", *members: MemberEntry, on: date = NEW_YEAR, division: str = VILLAGE) -> int:
    """A registered household."""
    return register_household(entry(file, *members, division=division), on=on, at=at(on)).pk
