"""小县发放: a few households in two townships, and the officers through whose hands their money goes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from opendibao.audit.session import acting
from opendibao.kernel.duties import EVERY_DUTY
from tests.payment.builders import FAR_VILLAGE, OTHER_VILLAGE, VILLAGE, Family, family

COUNTY, TOWN, OTHER_TOWN = "360429", "360429100", "360429101"
MAKER, CHECKER, FINANCE, SECOND_FINANCE, AUDITOR = "张经办", "李复核", "王财政", "赵财政", "严核对"
CLERKS = {f"{TOWN}000": "钱乡镇", f"{OTHER_TOWN}000": "孙乡镇"}
HOMES = (
    ("A1", VILLAGE, "rural", 62_000, 1),
    ("A2", VILLAGE, "rural", 31_557, 2),
    ("A3", OTHER_VILLAGE, "urban", 40_001, 1),
    ("B1", FAR_VILLAGE, "rural", 55_503, 3),
    ("B2", FAR_VILLAGE, "urban", 20_009, 1),
    ("B3", FAR_VILLAGE, "rural", 10_007, 1),
)
"""Number, village, area, fen a month (no two sums of them are alike), persons."""


@contextmanager
def officer(name: str, reach: str = COUNTY) -> Iterator[None]:
    """Somebody with every duty, so that only the rules of the money itself refuse him."""
    with acting(name, reach, EVERY_DUTY):
        yield


@dataclass(frozen=True)
class Town:
    """A township and who confirms for it."""

    code: str

    @property
    def clerk(self) -> str:
        return CLERKS[self.code]

    @property
    def reach(self) -> str:
        return self.code[:9]


TOWNS = tuple(Town(code) for code in CLERKS)


def six_homes() -> dict[str, Family]:
    """Two of them share an account, one has none: the checks before payment find something every month."""
    return {
        number: family(number, division=village, area=area, fen=fen, persons=persons, has_account=number != "B3")
        for number, village, area, fen, persons in HOMES
    }


def many_homes(count: int) -> int:
    """So many households with an account each; returns what they are owed a month in fen."""
    villages = (VILLAGE, OTHER_VILLAGE, FAR_VILLAGE)
    for n in range(count):
        family(
            f"H{n:03}", division=villages[n % 3], area=("rural", "urban")[n % 2], fen=30_000 + n,
            decided_on=date(2023, 1, 15), first_month=date(2023, 2, 1),
        )  # fmt: skip
    return sum(30_000 + n for n in range(count))
