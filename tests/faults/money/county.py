"""小县发放: a few households in two townships, and the officers through whose hands their money goes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from opendibao.audit.session import acting
from opendibao.decision.models import Decision
from opendibao.kernel.duties import EVERY_DUTY
from opendibao.rulemaking.proving import proposal, prove
from opendibao.rulemaking.queries import row_of_change
from tests.decision import builders as facts
from tests.faults.money.entitled import FORMER_STANDARD, NEW_STANDARD, RAISED_FROM, reckoned
from tests.payment.builders import FAR_VILLAGE, OTHER_VILLAGE, VILLAGE, Family, at, family, opening_act
from tests.rulemaking import builders as numbers

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
TILLING = {"R1": (VILLAGE, 6), "R2": (FAR_VILLAGE, 2)}
"""Families whose facts are known, so that a new standard raises them: village, and how many mu they till."""


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


def few_homes() -> dict[str, Family]:
    """Two of them share an account, one has none: the checks before payment find something every month."""
    made = {
        number: family(number, division=village, area=area, fen=fen, persons=persons, has_account=number != "B3")
        for number, village, area, fen, persons in HOMES
    }
    return made | {number: tilling(number, mu, division=village) for number, (village, mu) in TILLING.items()}


def tilling(number: str, mu: int, **more: object) -> Family:
    """A family of three whose facts the rules can read, with what they gave it by the former standard."""
    made = Family(number, persons=3, fen=reckoned(mu, FORMER_STANDARD), **more).enter()  # type: ignore[arg-type]
    known = facts.family()
    known["members"][0]["income"] = [{"kind": "farming", "mu": mu}]
    Decision.objects.create(
        number=f"旧{number}", household=made.household, opening_act=opening_act(), division=made.division,
        area=made.area, kind="legacy", cause="opening", outcome="dibao", decided_on=made.decided_on, maker="甲签",
        approver="乙签", persons=3, amount_fen=made.fen, facts=known, rule_set="r1", first_month=made.first_month,
    )  # fmt: skip
    return made


def new_standard(since: date = RAISED_FROM, drafted: date = date(2023, 6, 20)) -> None:
    """The county raises its rural standard from a day on."""
    change = numbers.drafted(on=drafted, since=since, value=NEW_STANDARD)
    with officer(numbers.SECOND):
        numbers.approve_change(change.pk, at=at(drafted))
        moved = prove(proposal([row_of_change(change.pack, change)])).moved
        numbers.schedule_changes([change.pk], at=at(drafted), moved=moved)


def many_homes(count: int, *, tills: int = 0) -> int:
    """So many households with an account each, some of them with facts; returns what they are owed a month in fen."""
    villages = (VILLAGE, OTHER_VILLAGE, FAR_VILLAGE)
    early = {"decided_on": date(2023, 1, 15), "first_month": date(2023, 2, 1)}
    for n in range(count - tills):
        family(f"H{n:03}", division=villages[n % 3], area=("rural", "urban")[n % 2], fen=30_000 + n, **early)
    raised = [tilling(f"R{n:03}", n, division=villages[n % 3], **early).fen for n in range(tills)]
    return sum(30_000 + n for n in range(count - tills)) + sum(raised)
