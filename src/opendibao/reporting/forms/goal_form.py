"""绩效目标表: project, funds, the overall goal, the stages with who answers by when, the sheet's targets."""

from collections.abc import Iterator, Mapping
from typing import Any

from opendibao.kernel.money import wan_yuan_text
from opendibao.reporting.content import ReportContent
from opendibao.reporting.forms.grid import CENTRE, HEAD, LABEL, Cell, Form, Grid
from opendibao.reporting.forms.self_evaluation import foot_of, heading, levels_of, mark_of
from opendibao.reporting.sentences import day_text_of, words_of

NAME = "goal_form"
HEADING = (26, 52, 26, 52)


def goal_form(content: ReportContent) -> Form:
    """The form of a year."""
    words = words_of(NAME)
    return Form(
        f"{content.project}{words['zh']}", f"（{content.year}年度）　{content.county}{content.department}",
        f"数据截至{content.as_of}", (_funds(content, words["funds"]), _stages(content, words),
        _indicators(content, words["indicators"])), foot_of(content), mark=mark_of(content),
        author=f"{content.county}{content.department}", year=content.year,
    )  # fmt: skip


def _funds(content: ReportContent, words: Mapping[str, str]) -> Grid:
    funds = content.attached.funds
    approved = {one.area: wan_yuan_text(one.approved_fen) for one in funds}
    total = wan_yuan_text(sum(one.approved_fen for one in funds)) if funds else words["none"]
    ids = ("budget.approved",) if funds else ()
    rows: list[tuple[Cell, ...]] = [(Cell("项目资金（万元）", LABEL, down=3), Cell(words["total"], CENTRE),
             Cell(total, CENTRE, across=2, ids=ids))]  # fmt: skip
    rows += [
        (Cell(words[area], CENTRE), Cell(approved.get(area, "—"), CENTRE, across=2)) for area in ("rural", "urban")
    ]
    goal = (Cell("年度总体目标", LABEL), Cell(content.overall_goal, across=3))
    return Grid(HEADING, (*heading(content, len(HEADING)), *rows, goal))


def _stages(content: ReportContent, words: Mapping[str, Any]) -> Grid:
    looks = words["stages"]
    heads = tuple(Cell(one, HEAD) for one in looks["heads"])
    rows = tuple(_goals(content)) or ((Cell(words["nothing"], CENTRE, across=len(heads)),),)
    return Grid(tuple(looks["widths"]), (heads, *rows), heads=1, caption="阶段目标")


def _goals(content: ReportContent) -> Iterator[tuple[Cell, ...]]:
    for stage in content.goals:
        for place, one in enumerate(stage.items):
            label = (Cell(stage.label, CENTRE, down=len(stage.items)),) if not place else ()
            when = "，".join(part for part in (day_text_of(one.due), one.state, one.progress) if part)
            milestone = one.milestone + (f"\n对应指标：{'、'.join(one.serves)}" if one.serves else "")
            yield (*label, Cell(one.text), Cell(milestone), Cell(one.unit, CENTRE), Cell(when))


def _indicators(content: ReportContent, words: Mapping[str, Any]) -> Grid:
    rows = [row for row in content.rows if row.is_scored]
    heads = tuple(Cell(one, HEAD) for one in words["heads"])
    body = tuple(
        (*levels_of(place, rows), Cell(row.name), Cell(row.target, CENTRE), Cell(row.weight, CENTRE))
        for place, row in enumerate(rows)
    )
    total = (Cell("合计", LABEL, across=4), Cell(content.weights, CENTRE))
    return Grid(tuple(words["widths"]), (heads, *body, total), heads=1, caption="年度绩效指标")
