"""目标: what a synthetic county's year must come to; read strictly, refused with the reason when it cannot be met."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from opendibao.rules.case_file import CaseText
from opendibao.rules.fields import CaseError

AREAS = ("rural", "urban")
MOST_HOUSEHOLDS = 200_000
PRINTED_STEP = 100  # yuan in one hundredth of 万元, the last place a report prints
_MONEY = re.compile(r"\d{1,9}(\.\d{1,2})?")
_KEYS = ("county", "year", "policy", "seed", "opening", "entered", "left", "closing", "paid_wan_yuan", "sheet")
_SHEET = ("rural_paid", "urban_paid", "rural_persons", "urban_persons", "trainings")


class BadTargets(ValueError):
    """The targets file is not as it should be; the text names key, line and remedy."""


class ImpossibleTargets(ValueError):
    """No county can meet these targets; the text says why."""


@dataclass(frozen=True)
class Stock:
    """So many households with so many persons."""

    households: int
    persons: int

    def __add__(self, other: "Stock") -> "Stock":
        return Stock(self.households + other.households, self.persons + other.persons)

    def __sub__(self, other: "Stock") -> "Stock":
        return Stock(self.households - other.households, self.persons - other.persons)


@dataclass(frozen=True)
class Printed:
    """An amount as a report prints it: hundredths of 万元, that is whole steps of 100 yuan."""

    hundredths: int

    @property
    def text(self) -> str:
        """In 万元 with two decimals."""
        return f"{self.hundredths // 100}.{self.hundredths % 100:02d}"

    def window(self) -> range:
        """The whole-yuan amounts that print so (half up)."""
        middle = self.hundredths * PRINTED_STEP
        return range(max(0, middle - PRINTED_STEP // 2), middle + PRINTED_STEP // 2)


@dataclass(frozen=True)
class Targets:
    """What is wanted of the county and its year; `closing` by area, `paid` by area and `total`."""

    county: str
    year: int
    policy: str
    seed: int
    opening: Stock
    entered: Stock
    left: Stock
    closing: Mapping[str, Stock]
    paid: Mapping[str, Printed]
    sheet: Mapping[str, int]


def default_targets() -> Targets:
    """The project's own demonstration."""
    return parse_targets((files("opendibao.demo") / "targets" / "hukou_2024.yaml").read_text("utf-8"))


def read_targets(path: Path) -> Targets:
    """Read a targets file; raises BadTargets naming key and line, ImpossibleTargets where the numbers contradict."""
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise BadTargets(f"目标文件“{path.name}”不是 UTF-8 文本，请另存为 UTF-8 后再用") from None
    except OSError as fault:
        raise BadTargets(f"目标文件“{path}”读不出来：{fault.strerror}") from None
    return parse_targets(text)


def parse_targets(text: str) -> Targets:
    """Read targets from YAML text; raises as `read_targets`."""
    try:
        found = CaseText(text)
    except CaseError as fault:
        raise BadTargets(f"目标文件{fault.reason}") from None
    try:
        targets = _targets(found.data)
    except CaseError as fault:
        line = found.line_of(fault.key)
        raise BadTargets(f"目标文件第{line or 1}行“{fault.key}”：{fault.reason}") from None
    check_arithmetic(targets)
    return targets


def _targets(raw: object) -> Targets:
    given = _mapping(raw, "", _KEYS)
    closing = _mapping(given["closing"], "closing", AREAS)
    paid = _mapping(given["paid_wan_yuan"], "paid_wan_yuan", (*AREAS, "total"))
    sheet = _mapping(given["sheet"], "sheet", _SHEET)
    return Targets(
        county=_matching(given["county"], "county", r"\d{6}", '应为六位县级区划代码，写在引号里，如 "360429"'),
        year=_whole(given["year"], "year", 2000, 2100),
        policy=_matching(given["policy"], "policy", r"[\w.-]+", "应为参数包的名字"),
        seed=_whole(given["seed"], "seed", 0, 2**31),
        opening=_stock(given["opening"], "opening"),
        entered=_stock(given["entered"], "entered"),
        left=_stock(given["left"], "left"),
        closing={area: _stock(closing[area], f"closing.{area}") for area in AREAS},
        paid={name: _printed(paid[name], f"paid_wan_yuan.{name}") for name in paid},
        sheet={name: _whole(sheet[name], f"sheet.{name}", 0, 10**9) for name in _SHEET},
    )


def _mapping(raw: object, key: str, names: tuple[str, ...]) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        raise CaseError(key or "开头", f"应为一组“键: 值”：{'、'.join(names)}")
    for name in raw:
        if name not in names:
            raise CaseError(f"{key}.{name}" if key else name, f"没有这个键，可用的有：{'、'.join(names)}")
    for name in names:
        if raw.get(name) is None:
            raise CaseError(f"{key}.{name}" if key else name, "没有填写")
    return raw


def _matching(raw: object, key: str, form: str, remedy: str) -> str:
    if not isinstance(raw, str) or not re.fullmatch(form, raw):
        raise CaseError(key, f"“{raw}”{remedy}")
    return raw


def _whole(raw: object, key: str, least: int, most: int) -> int:
    if type(raw) is not int or not least <= raw <= most:
        raise CaseError(key, f"“{raw}”应为{least}到{most}之间的整数")
    return raw


def _stock(raw: object, key: str) -> Stock:
    given = _mapping(raw, key, ("households", "persons"))
    most = (MOST_HOUSEHOLDS, MOST_HOUSEHOLDS * 10)
    return Stock(*(_whole(given[n], f"{key}.{n}", 0, m) for n, m in zip(("households", "persons"), most, strict=True)))


def _printed(raw: object, key: str) -> Printed:
    if isinstance(raw, bool) or not _MONEY.fullmatch(str(raw)):
        raise CaseError(key, f'“{raw}”应为万元，不小于零，最多两位小数，如 "5.20"')
    whole, _, decimals = str(raw).partition(".")
    return Printed(int(whole) * 100 + int(decimals.ljust(2, "0")))


def check_arithmetic(targets: Targets) -> None:
    """Refuse numbers that contradict each other before anything is made of them; raises ImpossibleTargets."""
    _check_sizes(targets)
    closing = targets.closing["rural"] + targets.closing["urban"]
    for unit, zh in (("households", "户"), ("persons", "人")):
        begin, come, go, end = (getattr(s, unit) for s in (targets.opening, targets.entered, targets.left, closing))
        if begin + come - go != end:
            raise ImpossibleTargets(
                f"{zh}数不平：年初{begin}＋进入{come}－退出{go}＝{begin + come - go}，年末农村加城镇却是{end}"
            )
    if targets.left.households > targets.opening.households:
        raise ImpossibleTargets(f"退出{targets.left.households}户，多于年初的{targets.opening.households}户")
    _check_sum(targets)


def _check_sizes(targets: Targets) -> None:
    named = {"年初": targets.opening, "进入": targets.entered, "退出": targets.left}
    named |= {"年末农村": targets.closing["rural"], "年末城镇": targets.closing["urban"]}
    for name, stock in named.items():
        if stock.persons < stock.households:
            raise ImpossibleTargets(f"{name}{stock.households}户却只有{stock.persons}人，一户至少一人")


def _check_sum(targets: Targets) -> None:
    rural, urban, total = (targets.paid[name].window() for name in (*AREAS, "total"))
    if rural[0] + urban[0] > total[-1] or rural[-1] + urban[-1] < total[0]:
        texts = [targets.paid[name].text for name in (*AREAS, "total")]
        raise ImpossibleTargets(
            f"发放额不平：农村{texts[0]}万元加城镇{texts[1]}万元，怎样舍入都不会印成合计{texts[2]}万元"
        )
