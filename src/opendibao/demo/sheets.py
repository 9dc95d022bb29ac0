"""核查单: what was asked of seasonal work that leaves no books, and of debts, which change no amount."""

from collections.abc import Iterator
from random import Random

from opendibao.demo.plan import CaseFacts
from opendibao.verification.item_sheets import Sheet

FEN = 100
SPREAD_PERCENT = 15
DEBT_ONE_IN = 3
WITNESSES = "两名工友说法一致，与村里了解的用工情况相符"
BILLS = "看了欠条和住院结算单"


def sheets_of(facts: CaseFacts, rng: Random) -> Iterator[Sheet]:
    """One sheet for each season of work in the facts; here and there one for what is owed for a doctor's bills."""
    for member in facts["members"]:
        for item in member.get("income", ()):
            if item["kind"] == "seasonal_wages":
                yield _season(str(member["name"]), item)
        if member.get("severe_illness") and rng.randrange(DEBT_ONE_IN) == 0:
            owed = rng.randrange(2, 20) * 1000
            yield Sheet("debts", str(member["name"]), {"amount": owed}, "A", BILLS, method="按欠条和结算单的余额",
                        low_fen=owed * FEN, high_fen=owed * FEN)  # fmt: skip


def _season(name: str, item: dict[str, object]) -> Sheet:
    values = {key: value for key, value in item.items() if key != "kind"}
    year = int(str(item["amount"])) * int(str(item["months"])) * FEN
    return Sheet(
        "seasonal_wages", name, values, "C", WITNESSES, method="月数乘以月工资，问了本人和工友",
        comparables=("本村同工种务工人员",), low_fen=year * (100 - SPREAD_PERCENT) // 100,
        high_fen=year * (100 + SPREAD_PERCENT) // 100,
    )  # fmt: skip
