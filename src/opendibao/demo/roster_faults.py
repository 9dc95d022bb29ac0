"""名册的错: the faults that people make in rosters, each planted into one household that is right otherwise."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from opendibao.decision.roster_columns import ID_NUMBER as ID
from opendibao.decision.roster_columns import RELATION
from opendibao.demo.roster_rows import Row
from opendibao.kernel.ids import DEMO_PREFIX, check_digit


@dataclass
class Rows:
    """One household's rows, free to be spoilt."""

    household: Row
    members: list[Row]


@dataclass(frozen=True)
class Fault:
    """A fault in words, how many members a household needs for it, and the spoiling."""

    zh: str
    least_members: int
    spoil: Callable[[Rows], None]


def _check_digit(rows: Rows) -> None:
    last = rows.members[-1]
    right = last[ID][-1]
    _set_id(rows, len(rows.members) - 1, last[ID][:-1] + ("1" if right != "1" else "2"))


def _set_id(rows: Rows, place: int, text: str) -> None:
    rows.members[place][ID] = text
    if place == 0:
        rows.household[ID] = text


def _with_birth_date(rows: Rows, birthday: str) -> None:
    """A number whose check digit is right and whose day of birth is not."""
    place = len(rows.members) - 1
    first17 = DEMO_PREFIX + birthday + rows.members[place][ID][14:17]
    _set_id(rows, place, first17 + check_digit(first17))


def _household(column: str, value: object) -> Callable[[Rows], None]:
    def spoil(rows: Rows) -> None:
        rows.household[column] = value

    return spoil


def _member(place: int, column: str, value: object) -> Callable[[Rows], None]:
    def spoil(rows: Rows) -> None:
        rows.members[place][column] = value

    return spoil


def _more(column: str, amount: int) -> Callable[[Rows], None]:
    def spoil(rows: Rows) -> None:
        rows.household[column] = int(rows.household[column]) + amount

    return spoil


def _twice_the_same(rows: Rows) -> None:
    rows.members[1][ID] = rows.members[0][ID]


def _shorter(rows: Rows) -> None:
    _set_id(rows, 0, rows.members[0][ID][:17])


def _as_number(rows: Rows) -> None:
    """What a spreadsheet makes of a long number: the last places are gone."""
    rows.household[ID] = float(rows.household[ID][:17] + "0")


def _head_unknown(rows: Rows) -> None:
    first17 = DEMO_PREFIX + "19500505" + "999"
    rows.household[ID] = first17 + check_digit(first17)


def _no_members(rows: Rows) -> None:
    rows.members.clear()


def _basic_above(rows: Rows) -> None:
    rows.members[0] |= {"养老金月额(元)": 100, "其中基础养老金(元)": 123}


FAULTS: Sequence[Fault] = (
    Fault("校验位不对", 1, _check_digit),
    Fault("出生日期不存在", 1, lambda rows: _with_birth_date(rows, "19790230")),
    Fault("出生日期在未来", 1, lambda rows: _with_birth_date(rows, "20350101")),
    Fault("号码少一位", 1, _shorter),
    Fault("号码被存成数字", 1, _as_number),
    Fault("两个户主", 2, _member(1, RELATION, "户主")),
    Fault("没有户主", 1, _member(0, RELATION, "其他")),
    Fault("户主不在成员中", 1, _head_unknown),
    Fault("一人写了两次", 2, _twice_the_same),
    Fault("没有这个村", 1, _household("区划代码", "360429199999")),
    Fault("金额为负", 1, _household("保障金(元)", -320)),
    Fault("金额不足一分", 1, _household("保障金(元)", "326.255")),
    Fault("合计不等于各项之和", 1, _more("发放合计(元)", 10)),
    Fault("人数对不上", 1, _more("保障人数", 1)),
    Fault("没有成员", 1, _no_members),
    Fault("缺原决定文号", 1, _household("原决定文号", "")),
    Fault("决定日期不存在", 1, _household("原决定日期", "2023-02-30")),
    Fault("起发月不存在", 1, _household("起发月", "2023-13")),
    Fault("城乡写错", 1, _household("城乡", "乡村")),
    Fault("关系写错", 2, _member(1, RELATION, "儿媳")),
    Fault("残疾等级不存在", 1, lambda rows: rows.members[0].update({"残疾类别": "肢体", "残疾等级": 5})),
    Fault("务工月数不可能", 1, lambda rows: rows.members[0].update({"务工月收入(元)": 900, "务工月数": 13})),
    Fault("收入为负", 1, _member(0, "其他月收入(元)", -100)),
    Fault("基础养老金多于养老金", 1, _basic_above),
    Fault("没有账号", 1, _household("账号", "")),
    Fault("姓名空白", 1, _member(0, "姓名", "")),
)


def plant(households: Sequence[Rows], count: int, rng: Random) -> Iterator[tuple[int, Fault]]:
    """Choose `count` households and a fault for each, all kinds in turn; yields place and fault."""
    places = rng.sample(range(len(households)), len(households))
    for number in range(count):
        fault = FAULTS[number % len(FAULTS)]
        place = next((p for p in places if len(households[p].members) >= fault.least_members), None)
        if place is None:
            continue
        places.remove(place)
        yield place, fault
