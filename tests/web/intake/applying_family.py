"""A family of three that the registry knows and that has not applied, and a clerk of its township."""

from datetime import date

from opendibao.registry.actions import register_household
from opendibao.registry.entries import AccountEntry, MemberEntry
from tests.registry.builders import at, divisions, entry, number
from tests.web.desk import Desk, hired

ON = date(2025, 1, 6)
HOME, VILLAGE = "360429100201-0001", "360429100201"
WIFE = MemberEntry(number(date(1962, 11, 12), 2), "王秀英", "head")
HUSBAND = MemberEntry(number(date(1960, 8, 5), 1), "张德明", "spouse")
DAUGHTER = MemberEntry(number(date(2002, 9, 21), 4), "张晓燕", "child")
ACCOUNT = AccountEntry("王秀英", "农商银行", "6200000000000000001")


def family(file: str = HOME, *members: MemberEntry) -> int:
    """The family's file; the divisions are entered first."""
    divisions()
    made = entry(file, *(members or (WIFE, HUSBAND, DAUGHTER)), division=VILLAGE, account=ACCOUNT)
    return register_household(made, on=date(2020, 1, 1), at=at(date(2024, 1, 2))).pk


def clerk(username: str = "clerk91", name: str = "王经办") -> Desk:
    """Somebody at the township's window."""
    return Desk(hired(username, name))
