"""来源的格式: what a department's delivery holds: columns as departments head them, widths, and what it finds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

ACT_IN_FORCE = date(2026, 7, 1)
"""社会救助法第七十八条."""
TEXT, DAY, MONTH, MONEY, COUNT, MEASURE, CODE = "text", "day", "month", "money", "count", "measure", "code"
Row = Mapping[str, Any]
"""One accepted row by column name: days as 2024-03-05, months as 2024-03, money in whole fen, counts as int,
measures (亩、平方米) in whole hundredths, the rest as text; what the department left empty is "", None or absent."""


@dataclass(frozen=True)
class Column:
    """A column: its identifier, its heading, other headings that departments give it, what may stand in it.

    `unit` of money is yuan, wan (万元) or fen; `choices` maps what a department writes to the code that is kept, and
    what it does not name is refused. `is_ahead`: the day may lie after the day of the data, like a planned release.
    """

    name: str
    zh: str
    kind: str = TEXT
    also: tuple[str, ...] = ()
    is_needed: bool = False
    unit: str = "yuan"
    choices: Mapping[str, str] = field(default_factory=dict)
    is_ahead: bool = False


IDENTITY = (
    Column("id_number", "证件号码", also=("身份证号", "身份证号码", "公民身份号码", "公民身份证号", "证件号")),
    Column("name", "姓名", also=("人员姓名", "当事人姓名")),
    Column("sex", "性别"),
    Column("born", "出生日期", kind=DAY, also=("出生年月日", "生日")),
    Column("division", "区划", also=("户籍地区划", "区划代码", "行政区划")),
    Column("phone", "电话", also=("联系电话", "手机号", "手机号码")),
)
"""Who a row is about; any of them may be empty or wrong, and a source may head one otherwise."""


def identity(**also: tuple[str, ...]) -> tuple[Column, ...]:
    """The identity columns with the headings that a department uses besides, by column name."""
    return tuple(replace(one, also=(*one.also, *also.get(one.name, ()))) for one in IDENTITY)


@dataclass(frozen=True)
class Found:
    """What linked rows of one person say: in words, and as a piece of the facts in the format of `assess`.

    `facts` has `property`, `income`, `spending`, `died`, `absent`, `already` or nothing; `alerts` are the warnings a
    re-match raises, each (kind of `alerts.ALERTS`, words). `with_whom`: names of those the rows join the person to;
    where all of them are of the family and there are no facts, the rows bear on nothing.
    """

    words: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    alerts: tuple[tuple[str, str], ...] = ()
    with_whom: tuple[str, ...] = ()


Finding = Callable[[Sequence[Row], date], "Found | None"]
"""Rows of one person and the day of the question → what they say; None: checked, and nothing that bears on the case.

The rows of a whole family together give its `property` with a thing that two of them own counted once.
"""


@dataclass(frozen=True)
class Source:
    """A department that answers: `name` is stored with its answers, `zh` is shown, `holds` says what it knows.

    `legal_basis` is the article of the ministry's rules, `act_basis` that of the Act, said from its first day
    (`basis_on`). `since`: the first day on which the law lets it be asked; `columns` come after the identity; `key`
    names the columns (identity too) that tell one thing of this source from another (a plate, a unit number);
    `widths` is the fixed-width layout in GB18030 bytes, in file order, identity columns included; `speaks_of` are the
    pieces of the facts that its answer stands beside: `financial_assets.deposits`, `income.wages`, `died`.
    """

    name: str
    zh: str
    holds: str
    department: str = ""
    legal_basis: str = ""
    since: date | None = None
    columns: tuple[Column, ...] = ()
    key: tuple[str, ...] = ()
    widths: tuple[tuple[str, int], ...] = ()
    identity: tuple[Column, ...] = IDENTITY
    found: Finding | None = None
    speaks_of: tuple[str, ...] = ()
    act_basis: str = ""

    def basis_on(self, day: date) -> str:
        """By which articles the department may be asked on a day."""
        acts = [self.act_basis] if self.act_basis and day >= ACT_IN_FORCE else []
        return "；".join([self.legal_basis, *acts])
