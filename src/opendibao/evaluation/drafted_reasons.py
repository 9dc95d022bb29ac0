"""拟写原因: a proposed reason and measure for each unmet row of money and persons, drafted from what moved it.

A proposal, never an entry: a person reads it, mends it and signs. Each sentence carries its own area and numbers, so
that no two rows are given the same one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from opendibao.evaluation.conclusion import Conclusion
from opendibao.evaluation.deviation import DeviationLine, DeviationPart
from opendibao.evaluation.models import Snapshot
from opendibao.evaluation.scored_rows import ScoredRow
from opendibao.evaluation.snapshot import conclusion_of
from opendibao.evaluation.sql import AREAS
from opendibao.kernel.money import FEN_PER_WAN_YUAN, wan_yuan_text, yuan_said

MONEY = {f"{area}_benefit_paid": area for area in AREAS}
PERSONS = {f"{area}_persons": area for area in AREAS}
TOLD = 2  # causes that are told; smaller ones stay in the table
CAUSES: Mapping[str, tuple[str, str]] = {
    "late": ("别年月份在本年到账", "本年月份到年末还没有到账"),
    "standard": ("执行的标准高于测算所用标准", "执行的标准低于测算所用标准"),
    "mix": ("除标准外人均补助高于测算", "除标准外人均补助低于测算"),
    "persons": ("应发人月多于测算", "应发人月少于测算"),
    "price": ("物价系数低于一", "测算留的物价系数没有用上"),
    "reserve": ("预备为负", "测算留的预备没有用上"),
    "approval": ("批复数低于测算数", "批复数高于测算数"),
    "average": ("人均补助高于测算", "人均补助低于测算"),
    "rest": ("批复数低于按人月测算的数", "批复数高于按人月测算的数"),
}
"""What a part means where it adds to the money, and where it takes away."""
MEASURES: Mapping[str, str] = {
    "late": "年底前催清退回未补发的明细，跨年月份在下年预算里单列",
    "standard": "提标方案与预算同时报批，标准一变就按新标准重测并申请追加",
    "mix": "测算改用最近三个月的人均补助，并按家庭人数和分类施保分开算",
    "persons": "按近三年新增、核减的走势测算人月，年中再测一次并调整预算",
    "price": "物价系数按统计部门公布的指数定，并说明已否计入标准",
    "reserve": "预备按近三年实际动用数留，未动用的年底退回",
    "approval": "与财政部门核对测算口径，批复低于测算的写明靠什么补足",
    "average": "测算改用最近三个月的人均补助",
    "rest": "与财政部门核对测算口径，批复低于测算的写明靠什么补足",
}


@dataclass(frozen=True)
class Drafted:
    """A proposed reason with a proposed measure."""

    reason: str
    measure: str


def drafted_reason(line: DeviationLine) -> Drafted:
    """Why an area's money is not what was approved: its largest parts in its direction, and what stood against them."""
    parts = [part for part in line.every_part if part.fen]
    head = f"{line.zh}低保金到账{_said(line.paid_fen)}，批复{_said(line.budget_fen)}"
    if not line.deviation_fen or not parts:
        return Drafted(f"{head}，两数相等", "")
    along, against = _sorted(parts, line.deviation_fen), _sorted(parts, -line.deviation_fen)
    word = "多" if line.deviation_fen > 0 else "少"
    said = f"{head}，{word}{_said(line.deviation_fen)}：主要是{_told(along[:TOLD])}"
    if against:
        said += f"；{_told(against[:1])}，方向相反，抵去一部分"
    return Drafted(said, f"{line.zh}低保金（{_said(along[0].fen)}）：{MEASURES[along[0].key]}")


def _sorted(parts: list[DeviationPart], direction: int) -> list[DeviationPart]:
    """The parts of one direction, the largest first."""
    own = [part for part in parts if (part.fen > 0) == (direction > 0)]
    return sorted(own, key=lambda part: -abs(part.fen))


def _told(parts: list[DeviationPart]) -> str:
    return "，".join(f"{CAUSES[part.key][part.fen < 0]}，影响{_said(part.fen)}" for part in parts)


def _said(fen: int) -> str:
    """An amount without its sign: in 万元, what is less than one in yuan."""
    return f"{wan_yuan_text(abs(fen))}万元" if abs(fen) >= FEN_PER_WAN_YUAN else f"{yuan_said(abs(fen))}元"


def drafted_persons(area: str, row: ScoredRow, counts: Mapping[str, int]) -> Drafted:
    """Why an area's persons are not as wanted: how the year moved them; `counts` are rows of figures by id."""
    zh = AREAS[area]
    came, went = counts[f"entered.{area}.persons"], counts[f"left.{area}.persons"]
    changed_in = counts[f"changed.{area}.persons"]
    opening, closing = counts[f"opening.{area}.persons"], counts[f"{area}.persons"]
    changed_out = opening + came + changed_in - went - closing  # what balances: to the other area's standard
    most = "新增多于核减" if came > went else "核减多于新增" if went > came else "进出持平"
    said = (
        f"{zh}在保人数年初{opening}人，新增{came}人、核减{went}人，转入{changed_in}人、转出{changed_out}人，"
        f"年末{closing}人，指标值{row.target}：{most}，定指标时没有按当年进出测算"
    )
    return Drafted(said, f"下年{zh}人数指标按年末{closing}人加减近三年平均进出测算，并说明为什么不作为名额控制")


def drafted_reasons(snapshot: Snapshot) -> dict[str, Drafted]:
    """Proposals for the unmet rows of money and persons of a snapshot, by indicator code."""
    said = conclusion_of(snapshot)
    return proposals(said, {one["id"]: int(one["rows"]) for one in snapshot.content["figures"]})


def proposals(said: Conclusion, counts: Mapping[str, int]) -> dict[str, Drafted]:
    """The same from a conclusion and the rows of its figures by id."""
    return dict(_proposals(said.rows, {line.area: line for line in said.deviations}, counts))


def _proposals(
    rows: tuple[ScoredRow, ...], lines: Mapping[str, DeviationLine], counts: Mapping[str, int]
) -> Iterator[tuple[str, Drafted]]:
    for row in rows:
        if row.is_met or not row.is_measured:
            continue
        if row.code in MONEY and MONEY[row.code] in lines:
            yield row.code, drafted_reason(lines[MONEY[row.code]])
        elif row.code in PERSONS:
            yield row.code, drafted_persons(PERSONS[row.code], row, counts)
