"""登记到位资金: what came from each level of government, as its paper says; a red entry takes back."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.audit.sql_rows import read
from opendibao.budget.models import FundArrival
from opendibao.budget.refusal import FundRefused
from opendibao.kernel.duties import Duty
from opendibao.kernel.money import yuan_said
from opendibao.policy.shares import LEVELS

SOURCES = {"allocation": "当年安排", "carried": "上年结转"}
AREAS = {"": "不分城乡", "rural": "农村", "urban": "城镇"}
NUMBER, TEXT = 60, 100
FIRST_YEAR, LAST_YEAR = 2000, 2999
ENTERS_ALONE = "SELECT pg_advisory_xact_lock(57202111)::text"
# an entry that was not wholly taken back
STANDS = """a.takes_back_id IS NULL AND a.amount_fen
  > -coalesce((SELECT sum(red.amount_fen) FROM budget_fundarrival red WHERE red.takes_back_id = a.id), 0)"""
LISTED = """
SELECT a.id, a.year, a.level, a.source, a.area, a.number, a.amount_fen, a.arrived_on, a.due_on, a.text, a.officer,
  coalesce(first.number, ''),
  a.amount_fen + coalesce(
    (SELECT sum(red.amount_fen) FROM budget_fundarrival red WHERE red.takes_back_id = a.id), 0)::bigint
FROM budget_fundarrival a LEFT JOIN budget_fundarrival first ON first.id = a.takes_back_id
WHERE (%(year)s::int IS NULL OR a.year = %(year)s) AND (%(id)s::bigint IS NULL OR a.id = %(id)s)
ORDER BY a.arrived_on, a.id
"""


@dataclass(frozen=True)
class ArrivalPaper:
    """What the paper of an arrival says; `fen` is positive, `due_on` the day of the county's own share, else None."""

    year: int
    level: str
    number: str
    fen: int
    arrived_on: date
    due_on: date | None = None
    area: str = ""
    source: str = "allocation"
    text: str = ""


@dataclass(frozen=True)
class ArrivalRow:
    """An entry: `fen` is negative on a red one, `of` the number of the paper it takes back, `left_fen` what remains."""

    id: int
    year: int
    level: str
    source: str
    area: str
    number: str
    fen: int
    arrived_on: date
    due_on: date | None
    text: str
    officer: str
    of: str
    left_fen: int

    @property
    def days_late(self) -> int:
        """By how many days a county share came after its day; 0 in time or where no day is set."""
        return max(0, (self.arrived_on - self.due_on).days) if self.due_on else 0


def arrivals(year: int) -> list[ArrivalRow]:
    """The entries of a budget year in the order of their days."""
    return read(ArrivalRow, LISTED, {"year": year, "id": None})


def arrival(arrival_id: int) -> ArrivalRow | None:
    """One entry; None where there is none, or it is not in sight."""
    rows = read(ArrivalRow, LISTED, {"year": None, "id": arrival_id})
    return rows[0] if rows else None


def _refuse_words(number: str, text: str) -> None:
    if not number or len(number) > NUMBER:
        raise FundRefused(f"文号要照文件填，最多{NUMBER}个字")
    if len(text) > TEXT:
        raise FundRefused(f"摘要最多{TEXT}个字，现在有{len(text)}个")


def _refuse_codes(paper: ArrivalPaper) -> None:
    for words, code, known in (
        ("预算级次", paper.level, LEVELS), ("资金来源", paper.source, SOURCES), ("城乡", paper.area, AREAS)
    ):  # fmt: skip
        if code not in known:
            raise FundRefused(f"{words}“{code}”不认识，应为{'、'.join(known.values())}")


def _refuse_wrong(paper: ArrivalPaper, on: date) -> None:
    _refuse_codes(paper)
    _refuse_words(paper.number, paper.text)
    if not FIRST_YEAR <= paper.year <= LAST_YEAR:
        raise FundRefused(f"预算年度“{paper.year}”不是年份，请照文件填")
    if abs(paper.year - paper.arrived_on.year) > 1:
        raise FundRefused(f"预算年度{paper.year}和到位日期{paper.arrived_on}相差一年以上，请照文件核对")
    if type(paper.fen) is not int or paper.fen <= 0:
        raise FundRefused("到位金额应大于0；登错的用“冲回”，不填负数")
    if paper.arrived_on > on:
        raise FundRefused(f"到位日期{paper.arrived_on}晚于今天，钱到了再登记")
    is_share = paper.level == "county" and paper.source == "allocation"
    if is_share and paper.due_on is None:
        raise FundRefused("县级配套要填“应到位日期”，好算晚到几天")
    if not is_share and paper.due_on is not None:
        raise FundRefused("“应到位日期”只用于县级当年安排的配套，请不要填")


def _refuse_second_opening(paper: ArrivalPaper, division: str) -> None:
    """What was left from before is entered in the first year; afterwards the system counts it."""
    entered = FundArrival.objects.filter(division=division, takes_back=None).order_by("year")
    before = next((one for one in entered.filter(year__lt=paper.year) if _left(one)), None)
    if paper.source == "carried" and before is not None:
        raise FundRefused(
            f"{before.year}年度起已经登记到位资金，{paper.year}年的上年结转由系统算出，不能再登记；"
            "财政收回结余的，把原来的到位资金冲回"
        )
    opened = next((one for one in entered.filter(source="carried", year__gt=paper.year) if _left(one)), None)
    if opened is not None:
        raise FundRefused(f"{opened.year}年度登记过上年结转，这以前的资金都在里面，不能再登记{paper.year}年度的")


def _left(entry: FundArrival) -> int:
    """What of an arrival was not taken back, in fen."""
    return int(entry.amount_fen + sum(entry.reds.values_list("amount_fen", flat=True)))


@needs(Duty.FINANCE, Duty.PAY)
@transaction.atomic
def enter_arrival(paper: ArrivalPaper, *, division: str, on: date, at: datetime) -> FundArrival:
    """登记到位资金: as it stands on the paper; a paper's money of a level, area and day is entered once.

    Raises FundRefused naming the field, or the entry that is there already.
    """
    paper = replace(paper, number=paper.number.strip(), text=paper.text.strip())
    _refuse_wrong(paper, on)
    read(str, ENTERS_ALONE, {})
    _refuse_second_opening(paper, division)
    same = {
        "division": division, "year": paper.year, "number": paper.number, "level": paper.level, "area": paper.area,
        "arrived_on": paper.arrived_on,
    }  # fmt: skip
    before = list(FundArrival.objects.filter(amount_fen__gt=0, **same))
    for each in before:
        if _left(each):
            raise FundRefused(
                f"{paper.number}的{LEVELS[paper.level]}资金（{AREAS[paper.area]}）{each.arrived_on}已经登记，"
                f"{yuan_said(each.amount_fen)}元，不能登记两次；登错的先全部冲回，再登记"
            )
    made = FundArrival.objects.create(
        **same, source=paper.source, entry_no=len(before) + 1, amount_fen=paper.fen, due_on=paper.due_on,
        text=paper.text, officer=officer_name(),
    )  # fmt: skip
    _tell("登记到位资金", made, on=on, at=at)
    return made


@needs(Duty.FINANCE, Duty.PAY)
@transaction.atomic
def take_back_arrival(
    arrival_id: int, *, number: str, fen: int, arrived_on: date, text: str = "", on: date, at: datetime
) -> FundArrival:
    """冲回到位资金: a red entry over `fen` (positive) of one that was entered; it may take back a part.

    Raises FundRefused naming the field, or by how much more is taken back than is left of it.
    """
    number, text = number.strip(), text.strip()
    _refuse_words(number, text)
    read(str, ENTERS_ALONE, {})
    first = FundArrival.objects.filter(pk=arrival_id).first()
    if first is None:
        raise FundRefused("没有这笔到位资金，或不在本人可见的区划内")
    if first.amount_fen < 0:
        raise FundRefused(f"{first.number}是红字，不能再冲回；冲错的重新登记一笔")
    if type(fen) is not int or fen <= 0:
        raise FundRefused("冲回金额应大于0，系统自己记成红字")
    if not first.arrived_on <= arrived_on <= on:
        raise FundRefused(f"冲回日期应在{first.arrived_on}和今天之间")
    left = _left(first)
    if fen > left:
        raise FundRefused(f"{first.number}只剩{yuan_said(left)}元可以冲回，不能冲回{yuan_said(fen)}元")
    made = FundArrival.objects.create(
        year=first.year, division=first.division, level=first.level, source=first.source, area=first.area,
        number=number, amount_fen=-fen, arrived_on=arrived_on, text=text, officer=officer_name(), takes_back=first,
    )  # fmt: skip
    _tell("冲回到位资金", made, on=on, at=at)
    return made


def _tell(action: str, made: FundArrival, *, on: date, at: datetime) -> None:
    told: dict[str, object] = {
        "number": made.number, "on": str(on), "year": made.year, "level": made.level, "source": made.source,
        "area": made.area, "fen": made.amount_fen, "arrived_on": str(made.arrived_on), "takes_back": made.takes_back_id,
    }  # fmt: skip
    first = made.takes_back or made  # whoever had the entry before him is told that some of it went back
    record(action, f"到位资金 {first.number}", division=made.division, at=at, payload=told)
