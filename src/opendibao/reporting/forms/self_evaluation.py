"""自评表: the ministry's form of self-evaluation: header, funds, goals, indicators, total; from the year's content."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from opendibao.kernel.money import wan_yuan_text
from opendibao.reporting.content import NOT_MEASURED, GoalItem, ReportContent, RowContent
from opendibao.reporting.cover import SYNTHETIC_MARK
from opendibao.reporting.forms.grid import CENTRE, HEAD, LABEL, Cell, Form, Grid
from opendibao.reporting.problems import problem_of
from opendibao.reporting.sentences import words_of

NAME, DASH = "self_evaluation", "—"
Row = tuple[Cell, ...]


def self_evaluation(content: ReportContent) -> Form:
    """The form of a year."""
    words = words_of(NAME)
    return Form(
        f"{content.project}{words['zh']}", f"（{content.year}年度）　{content.county}{content.department}",
        f"数据截至{content.as_of}", (_head_and_funds(content, words["funds"]), _goals(content, words["goals"]),
        _indicators(content, words["indicators"])), foot_of(content), is_landscape=True, mark=mark_of(content),
        author=f"{content.county}{content.department}", year=content.year,
    )  # fmt: skip


def mark_of(content: ReportContent) -> str:
    """What synthetic data carry on every page; empty for a real county."""
    return SYNTHETIC_MARK if content.is_synthetic else ""


def foot_of(content: ReportContent) -> str:
    """From which locked figures the form is, and how each opens."""
    version = f"快照第{content.version}版，" if content.version else ""
    opened = "数字下的小字是凭据编号，可用 opendibao evidence 编号，或在评价页、证据包里打开到明细。"
    return f"{version}{content.known_on}取数。{opened}"


def heading(content: ReportContent, columns: int) -> tuple[Row, Row]:
    """The first two rows of a form of so many columns: project, and who answers for it."""
    half = columns // 2
    office = f"{content.county}{content.department}"
    return (
        (Cell("项目名称", LABEL), Cell(content.project, across=columns - 1)),
        (Cell("主管部门", LABEL), Cell(office, across=half - 1), Cell("实施单位", LABEL),
         Cell(office, across=columns - half - 1)),
    )  # fmt: skip


def _head_and_funds(content: ReportContent, words: Mapping[str, Any]) -> Grid:
    rows = list(_funds(content, words))
    label = Cell("项目资金（万元）", LABEL, down=len(rows) + 1)
    heads = (label, *(Cell(head, HEAD) for head in words["heads"]))
    return Grid(tuple(words["widths"]), (*heading(content, len(words["widths"])), heads, *rows))


def _funds(content: ReportContent, words: Mapping[str, Any]) -> Iterator[Row]:
    block, paid = content.execution, content.figure("paid")
    planned = block.planned if block else _planned(content, words["no_budget"])
    marks = (block.weight, block.rate, block.score) if block else (DASH, DASH, DASH)
    yield (
        Cell(words["total"], CENTRE), Cell(planned, CENTRE, ids=("budget.approved",)), Cell(planned, CENTRE),
        Cell(paid.value if paid else NOT_MEASURED, CENTRE, ids=("paid",)), *(Cell(one, CENTRE) for one in marks),
    )  # fmt: skip
    approved = {one.area: wan_yuan_text(one.approved_fen) for one in content.attached.funds}
    for area, zh in words["areas"].items():
        booked, plan = content.figure(f"paid.{area}"), approved.get(area, DASH)
        yield (
            Cell(zh, CENTRE), Cell(plan, CENTRE), Cell(plan, CENTRE),
            Cell(booked.value if booked else NOT_MEASURED, CENTRE, ids=(f"paid.{area}",)),
            Cell(DASH, CENTRE), Cell(DASH, CENTRE), Cell(DASH, CENTRE),
        )  # fmt: skip
    said = _sources_said(content, words)
    note = f"{said}；{words['note']}" if approved else said
    for place, zh in enumerate(words["sources"]):
        rest = (Cell(note, CENTRE, across=6, down=len(words["sources"])),) if not place else ()
        yield (Cell(zh, CENTRE), *rest)


def _sources_said(content: ReportContent, words: Mapping[str, Any]) -> str:
    """Where the money came from, as the entries of arrivals say; that nobody entered it, where nobody did."""
    found = content.attached.sources
    if found is None:
        return str(words["no_source"])
    return str(words["sources_said"]).format(
        allocated=wan_yuan_text(found.allocated_fen), carried=wan_yuan_text(found.carried_fen),
        left=wan_yuan_text(found.left_fen),
    )  # fmt: skip


def _planned(content: ReportContent, nothing: str) -> str:
    approved = content.figure("budget.approved")
    return approved.value if approved and approved.is_measured and content.attached.funds else nothing


def _goals(content: ReportContent, words: Mapping[str, Any]) -> Grid:
    staged = content.goals[0].items if content.goals else ()
    wanted = [content.overall_goal, *(f"（{number}）{one.text}" for number, one in enumerate(staged, 1))]
    reached = [_overall(content), *(f"（{number}）{_reached(one, content)}" for number, one in enumerate(staged, 1))]
    return Grid(
        tuple(words["widths"]),
        ((Cell(words["label"], LABEL, down=2), Cell(words["wanted"], HEAD), Cell(words["reached"], HEAD)),
         (Cell("\n".join(wanted)), Cell("\n".join(reached)))),
    )  # fmt: skip


def _overall(content: ReportContent) -> str:
    scored = [row for row in content.rows if row.is_scored]
    met, unmeasured = sum(row.is_met for row in scored), len(content.unmeasured)
    said = f"评分的{len(scored)}项指标中达到指标值{met}项，未达到{len(scored) - met - unmeasured}项"
    return f"{said}，未测得{unmeasured}项。" if unmeasured else f"{said}。"


def _reached(goal: GoalItem, content: ReportContent) -> str:
    """What the goal's indicators say, then how far its owner says it is."""
    by_name = {row.name: row for row in content.rows}
    said = "；".join(f"{name}{_state(by_name[name])}" for name in goal.serves if name in by_name)
    own = f"进展：{goal.state}{f'，{goal.progress}' if goal.progress else ''}" if goal.state else ""
    return "。".join(one for one in (said or "没有指标衡量这个目标", own) if one) + "。"


def _state(row: RowContent) -> str:
    if not row.is_measured:
        return NOT_MEASURED
    return f"{row.actual}（{'达到' if row.is_met else '未达到'}）"


def _indicators(content: ReportContent, words: Mapping[str, Any]) -> Grid:
    scored = [row for row in content.rows if row.is_scored]
    rows = [_row(place, scored) for place in range(len(scored))]
    heads = tuple(Cell(one, HEAD) for one in words["heads"])
    return Grid(tuple(words["widths"]), (heads, *rows, _total(content, words["total"])), heads=1)


def _row(place: int, rows: list[RowContent]) -> Row:
    row = rows[place]
    return (
        *levels_of(place, rows), Cell(row.name), Cell(row.target, CENTRE),
        Cell(f"{row.actual}{row.fraction}", CENTRE, ids=row.figures), Cell(row.weight, CENTRE),
        Cell(row.score, CENTRE), Cell(_reason(row)),
    )  # fmt: skip


def levels_of(place: int, rows: list[RowContent]) -> Row:
    """The cells of both levels that begin in this row: neighbours of the same name share one."""
    found = []
    keys: list[list[tuple[str, ...]]] = [[(row.level1,) for row in rows], [(row.level1, row.level2) for row in rows]]
    for level in keys:
        if place and level[place - 1] == level[place]:
            continue
        down = next((n for n in range(place, len(rows)) if level[n] != level[place]), len(rows)) - place
        found.append(Cell(level[place][-1], CENTRE, down=down))
    return tuple(found)


def _reason(row: RowContent) -> str:
    """Why points are missing and what will be done; a person's own reason first; a doubt of a row that met."""
    said = [f"{row.officer}评定：{row.reason}"] if row.given else []
    problem = problem_of(row, words_of())
    if problem and Decimal(row.score) < Decimal(row.weight):
        said += [problem.said.rstrip("。"), f"原因：{problem.cause}", f"措施：{problem.suggestion}"]
    elif problem:
        said += [f"{problem.title}：{problem.said.rstrip('。')}", f"措施：{problem.suggestion}"]
    return "；".join(one for one in said if one)


def _total(content: ReportContent, zh: str) -> Row:
    weight, score, said = content.weights, content.total, f"指标{content.total}/{content.weights}"
    if block := content.execution:
        weight = f"{(Decimal(weight) + Decimal(block.weight)).normalize():f}"
        score = str(Decimal(score) + Decimal(block.score))
        said += f"，预算执行率{block.score}/{block.weight}"
    said += f"；等级“{content.grade}”（{content.score}分，{content.basis}）" if content.grade else ""
    return (Cell(zh, LABEL, across=5), Cell(weight, CENTRE), Cell(score, CENTRE), Cell(said))
