"""预警种类: the kinds of warnings, and by dated data how grave each is and by when it is handled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from opendibao.kernel.workdays import add_workdays
from opendibao.policy.reader import value

KINDS: Mapping[str, str] = {
    "death": "死亡",
    "prison": "服刑或者强制隔离戒毒",
    "tekun": "已享受特困供养",
    "other_county": "在外县享受低保",
    "moved_away": "户籍迁出本县",
    "deposits_over_limit": "金融资产超过限额",
    "second_home": "另有住房",
    "new_vehicle": "新有机动车",
    "company": "名下有经营主体",
    "pension": "养老金没有申报",
    "wages": "工资没有申报",
    "married": "婚姻变化",
}
"""Kinds of warnings by the code that a source gives them."""


@dataclass(frozen=True)
class Handling:
    """How a kind of warning is handled: how grave (3 most), in how many working days, whether a hold is proposed."""

    severity: int
    workdays: int
    proposes_hold: bool

    def due(self, found_on: date) -> date:
        """The last day to handle what was found on a day."""
        return add_workdays(found_on, self.workdays)


def handling(kind: str, division: str, on: date) -> Handling:
    """How a kind is handled on a day in a county. Raises RuleGap, KeyError for a kind that nobody knows."""
    name = {kind: kind for kind in KINDS}[kind]
    return Handling(
        value(f"alert.severity.{name}", on=on, division=division),
        value(f"alert.workdays.{name}", on=on, division=division),
        bool(value(f"alert.hold.{name}", on=on, division=division)),
    )


def holding_kinds(division: str, on: date) -> list[str]:
    """The kinds that ask to hold the money while nobody has looked into them. Raises RuleGap."""
    return [kind for kind in KINDS if handling(kind, division, on).proposes_hold]
