"""存量与流量: splits the wanted numbers by area into those who stay, leave, enter, join and go, with exact sums."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from opendibao.demo.families import MOST_MEMBERS
from opendibao.demo.targets import AREAS, ImpossibleTargets, Stock, Targets

AREA_ZH = {"rural": "农村", "urban": "城镇"}
JOIN_SHARE, LARGEST_EXIT = 6, 5  # percent of those entering who join staying families; persons of a leaving family
LEAVE_CAP = 30  # percent of the spare persons of staying families who may go in a year


@dataclass(frozen=True)
class Flow:
    """What happens in one area: whole households stay, leave or enter; persons join or leave those that stay."""

    area: str
    staying: Stock
    leaving: Stock
    entering: Stock
    joins: int
    goes: int


def split(targets: Targets) -> dict[str, Flow]:
    """The flows of both areas; raises ImpossibleTargets where no families of one to seven persons can make them up."""
    entered = _by_area(targets.entered, targets.closing)
    left = _by_area(targets.left, targets.closing)
    return {area: _flow(area, targets.closing[area], entered[area], left[area]) for area in AREAS}


def _by_area(total: Stock, closing: Mapping[str, Stock]) -> dict[str, Stock]:
    """A total divided as the closing stock is, never fewer persons than households."""
    rural, urban = closing["rural"], closing["urban"]
    households = _share(total.households, rural.households, rural.households + urban.households)
    persons = _share(total.persons, rural.persons, rural.persons + urban.persons)
    persons = max(households, min(persons, total.persons - (total.households - households)))
    if total.households and households in (0, total.households):
        persons = total.persons if households else 0  # whole families come and go, so persons follow them
    first = Stock(households, persons)
    return {"rural": first, "urban": total - first}


def _share(number: int, part: int, whole: int) -> int:
    """number × part / whole, rounded half up; everything when there is no whole."""
    return (2 * number * part + whole) // (2 * whole) if whole else number


def _flow(area: str, closing: Stock, entered: Stock, left: Stock) -> Flow:
    opening = closing - entered + left
    name = AREA_ZH[area]
    if entered.households > closing.households:
        raise ImpossibleTargets(f"{name}进入{entered.households}户，年末却只有{closing.households}户")
    if opening.persons < opening.households:
        raise ImpossibleTargets(f"{name}年初要有{opening.households}户，却只有{opening.persons}人，一户至少一人")
    entering = _entering(entered)
    leaving = _leaving(opening, left, name)
    staying = opening - leaving
    flow = Flow(area, staying, leaving, entering, entered.persons - entering.persons, left.persons - leaving.persons)
    _check(flow, name)
    return flow


def _entering(entered: Stock) -> Stock:
    """Households that enter; a few persons join families that stay."""
    joins = entered.persons * JOIN_SHARE // 100
    joins = max(joins, entered.persons - LARGEST_EXIT * entered.households)
    joins = min(joins, entered.persons - entered.households)
    return Stock(entered.households, entered.persons - joins)


def _leaving(opening: Stock, left: Stock, name: str) -> Stock:
    """Households that leave are as large as the others, unless too few staying persons could go besides."""
    if not left.households:
        return Stock(0, 0)
    usual = opening.persons * left.households // opening.households
    persons = max(left.households, min(usual, left.persons, opening.persons))
    while left.persons - persons > _may_go(opening - Stock(left.households, persons)):
        if persons >= LARGEST_EXIT * left.households:
            raise ImpossibleTargets(
                f"{name}退出{left.households}户却有{left.persons}人，退出的户和留下的家庭里都找不出这么多人"
            )
        persons += 1
    return Stock(left.households, persons)


def _may_go(staying: Stock) -> int:
    return max(0, staying.persons - staying.households) * LEAVE_CAP // 100


def _check(flow: Flow, name: str) -> None:
    for what, stock in (("留下的", flow.staying), ("退出的", flow.leaving), ("进入的", flow.entering)):
        if not stock.households <= stock.persons <= MOST_MEMBERS * stock.households:
            raise ImpossibleTargets(
                f"{name}{what}{stock.households}户要有{stock.persons}人，一户应有1到{MOST_MEMBERS}人"
            )
    if flow.joins > flow.staying.households // 2 or flow.goes > _may_go(flow.staying):
        raise ImpossibleTargets(
            f"{name}留下的{flow.staying.households}户里，一年内加入{flow.joins}人、减少{flow.goes}人，多得不合情理"
        )


def sizes(stock: Stock, rng: Random) -> list[int]:
    """Household sizes with the exact sum, about half of one person where the mean allows; in random order."""
    found = _spread(stock, _weights(stock))
    rng.shuffle(found)
    return found


USUAL = (50, 25, 13, 8, 3, 1, 0)  # how often households of one to seven persons occur, in percent


def _weights(stock: Stock) -> Sequence[int]:
    """The usual shape, tilted by powers until its mean is the wanted one."""
    low, high = 1, 4_000_000
    for _ in range(60):
        tilt = (low + high) // 2
        weights = [(w + 1) * tilt**place * 1000 ** (MOST_MEMBERS - place) for place, w in enumerate(USUAL)]
        total, heads = sum(weights), sum(w * (place + 1) for place, w in enumerate(weights))
        if heads * stock.households < stock.persons * total:
            low = tilt
        else:
            high = tilt
    return weights


def _spread(stock: Stock, weights: Sequence[int]) -> list[int]:
    """So many of each size by weight, then single persons moved until the sum is exact."""
    total = sum(weights)
    counts = [stock.households * weight // total for weight in weights]
    counts[0] += stock.households - sum(counts)
    found = [place + 1 for place, count in enumerate(counts) for _ in range(count)]
    missing = stock.persons - sum(found)
    place = 0
    while missing:
        step = 1 if missing > 0 else -1
        if 1 <= found[place] + step <= MOST_MEMBERS:
            found[place] += step
            missing -= step
        place = (place + 1) % len(found)
    return found
