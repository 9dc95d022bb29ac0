"""一页纸: for the head of the county: six numbers, the grade, three problems with what to do, a chart, the tiles."""

from opendibao.reporting.charts import levels, months, tiles
from opendibao.reporting.charts.picture import Picture
from opendibao.reporting.content import NOT_MEASURED, ReportContent, shortened
from opendibao.reporting.forms.grid import CENTRE, HEAD, LABEL, Cell, Form, Grid, Part, Pictures, Words
from opendibao.reporting.forms.self_evaluation import mark_of
from opendibao.reporting.problems import Problem, problems
from opendibao.reporting.sentences import words_of

NAME = "one_page"
MOST_PROBLEMS, LONGEST_TITLE, LONGEST_SAID, LONGEST_NAME = 3, 26, 46, 22
WIDEST, TALL, LOW = 118, 54, 40  # mm of a drawing, and its height where the words leave less room
ROOM = 320  # characters of problems and grade that leave room for tall drawings


def one_page(content: ReportContent) -> Form:
    """The page of a year; long words are cut so that it stays one page."""
    words = words_of(NAME)
    found = problems(content, words_of())
    table, grade = _problems(found, words), _grade(content)
    said = len(grade) + sum(len(cell.text) for row in table.rows[1:] for cell in row)
    drawn = _pictures(content, TALL if said <= ROOM else LOW)
    parts: tuple[Part, ...] = (_numbers(content), Words(grade), *drawn, table)
    foot = f"{content.known_on}取数；共发现问题{len(found)}项，全部问题、原因和凭据见部门评价报告和证据包。"
    office = shortened(f"{content.county}{content.department}", LONGEST_NAME)
    return Form(
        shortened(f"{content.county}{content.year}年度低保绩效评价", LONGEST_NAME), office, f"数据截至{content.as_of}",
        parts, foot, mark=mark_of(content), author=f"{content.county}{content.department}", year=content.year,
    )  # fmt: skip


def _numbers(content: ReportContent) -> Grid:
    """Six numbers in two rows, each with its name above and its evidence id below."""
    scored = [row for row in content.rows if row.is_scored]
    met, block = sum(row.is_met for row in scored), content.execution
    cells = [
        *(_figure(content, zh, figure) for zh, figure in
          (("在保户数", "households"), ("在保人数", "persons"), ("全年到账低保金", "paid"))),
        ("预算执行率", block.rate if block else "没有批复预算", ()),
        ("达到指标值的指标", f"{met}／{len(scored)}项", ()),
        ("综合得分", f"{content.score}分（{content.grade}）" if content.grade else f"{content.score}分", ()),
    ]  # fmt: skip
    rows = []
    for part in (cells[:3], cells[3:]):
        rows.append(tuple(Cell(zh, HEAD) for zh, _, _ in part))
        rows.append(tuple(Cell(value, CENTRE, ids=ids) for _, value, ids in part))
    return Grid((52, 52, 52), tuple(rows))


def _figure(content: ReportContent, zh: str, figure_id: str) -> tuple[str, str, tuple[str, ...]]:
    one = content.figure(figure_id)
    if one is None or not one.is_measured:
        return zh, NOT_MEASURED, (figure_id,) if one else ()
    return zh, f"{one.value}{one.unit}", (figure_id,)


def _grade(content: ReportContent) -> str:
    unmeasured = [row.name for row in content.unmeasured]
    said = f"评价等级“{content.grade}”，{content.basis}；评分表{content.total}/{content.weights}分"
    said += f"，预算执行率{content.execution.score}/{content.execution.weight}分" if content.execution else ""
    lacking = f"。未测得{len(unmeasured)}项：{'、'.join(unmeasured)}" if unmeasured else ""
    return shortened(f"{said}{lacking}。", 84)


def _pictures(content: ReportContent, tallest: int) -> tuple[Pictures, ...]:
    """The months (or, where no money was paid, the levels) above the tiles."""
    shown = (months.drawn(content) or levels.drawn(content), tiles.drawn(content))
    return tuple(Pictures(((one, _width(one, tallest)),)) for one in shown if one)


def _width(one: Picture, tallest: int) -> int:
    """The width in mm at which a drawing is neither too wide nor too tall."""
    return min(WIDEST, tallest * one.width // one.height)


def _problems(found: tuple[Problem, ...], words: dict[str, str]) -> Grid:
    heads = (Cell("序号", HEAD), Cell("主要问题", HEAD), Cell("建议", HEAD))
    rows = [
        (Cell(str(number), LABEL),
         Cell(
            f"{shortened(one.title, LONGEST_TITLE)}：{shortened(one.said.rstrip('。'), LONGEST_SAID)}",
            ids=one.figures[:2],
        ),
         Cell(shortened(one.suggestion.partition("；")[0], LONGEST_SAID)))
        for number, one in enumerate(found[:MOST_PROBLEMS], 1)
    ] or [(Cell("—", LABEL), Cell(words["no_problem"]), Cell(words["no_suggestion"]))]  # fmt: skip
    return Grid((12, 76, 68), (heads, *rows), heads=1)
