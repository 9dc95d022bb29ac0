"""拨付申请: the application of a month's money to the treasury, on one page."""

from collections.abc import Sequence
from datetime import date

from opendibao.kernel.money import in_words, yuan_said
from opendibao.payment.booking import shares_of
from opendibao.payment.calendar import pay_calendar
from opendibao.payment.control import ControlRow
from opendibao.payment.joining import joining
from opendibao.payment.paper_queries import HeldRow, LevelRow, PaperRun, bound_by_level, held_by_check
from opendibao.payment.recovery_queries import offset_sum
from opendibao.payment.run_lines import run_sums
from opendibao.policy.shares import share_out
from opendibao.reporting.case_papers.dating import day, month
from opendibao.reporting.case_papers.sheet import (
    Block,
    Field,
    Fields,
    Grid,
    Part,
    Sheet,
    Sign,
    Signatures,
    Words,
    by_pen,
    known,
)
from opendibao.reporting.case_papers.typesetting import typeset
from opendibao.reporting.pay_papers.county_run import AREAS, LEVELS, county_name, county_run

TITLE = "最低生活保障资金拨付申请表"
STAGES = {"computed": "草稿，未经复核", "checked": "已复核，待财政审核", "reviewed": "财政初审通过，待复审"}


def funds_application_pdf(run_id: int, *, on: date) -> bytes:
    """《最低生活保障资金拨付申请表》 of a run, A4, one page. Raises NoSuchRun."""
    run, sums = county_run(run_id)
    county, held = county_name(run), held_by_check(run_id)
    blocks: list[Block] = [
        _head(run, county, on), Part("一、应发金额（元）"), _owed(sums), _asked(run, held, on),
        *_held(run, held), *_levels(run, sums), Part("四、办理时间"), _days(run), _signs(run),
    ]  # fmt: skip
    under = "　".join(words for words in (month(run.month), "单位：元", STAGES.get(run.state, "")) if words)
    sheet = Sheet("funds_application", TITLE, blocks, office=f"{county}民政局", under=under)
    return typeset([sheet], title=f"{month(run.month)}{TITLE}", office=f"{county}民政局")


def _head(run: PaperRun, county: str, on: date) -> Fields:
    return Fields([
        [known("申请单位", f"{county}民政局"), known("发放月份", month(run.month)), known("填表日期", day(on))],
        [by_pen("代发银行"), by_pen("拨入账号")],
    ])  # fmt: skip


def _owed(sums: Sequence[ControlRow]) -> Grid:
    heads = ("类别", "#户数", "#人数", "#保障金", "#分类施保金", "#合计")
    rows = [(AREAS[row.area], *_figures([row])) for row in sorted(sums, key=lambda row: row.area)]
    return Grid(heads, rows, (3, 3, 3, 5, 5, 5), total=("合计", *_figures(sums)))


def _figures(rows: Sequence[ControlRow]) -> tuple[str, ...]:
    fen, supplement = sum(row.fen for row in rows), sum(row.supplement_fen for row in rows)
    counts = (f"{sum(row.households for row in rows):,}", f"{sum(row.persons for row in rows):,}")
    return (*counts, yuan_said(fen - supplement), yuan_said(supplement), yuan_said(fen))


def _asked(run: PaperRun, held: Sequence[HeldRow], on: date) -> Fields:
    """What is asked for, what of it waits, and what the bank gets, with what earlier months still owe."""
    joined = [row for row in joining(run.id, on) if row.goes]
    taken, more = offset_sum(run.id), _ordered(run)
    kept, kept_fen = sum(row.lines for row in held), sum(row.fen for row in held)
    late = sum(row.fen for row in joined)
    sent = run.total_fen - kept_fen - taken.fen + late
    return Fields([
        [known("申请拨付", f"{yuan_said(run.total_fen)}元", 10), known("大写", in_words(run.total_fen), 14)],
        *([more] if more else []),
        [known("其中暂缓", _counted(kept, kept_fen), 10), known("另随本批补发", _counted(len(joined), late), 14)],
        *([[known("其中抵扣", _counted(taken.lines, taken.fen), 24)]] if taken.lines else []),
        [known("本次送银行", _counted(run.lines - kept + len(joined), sent), 24)],
    ])  # fmt: skip


def _ordered(run: PaperRun) -> list[Field]:
    """What the run owes for other months or on another ground than the month's own; nothing where there is none."""
    sums = run_sums(run.id)
    found = [
        ("其中补发", sum(row.supplements for row in sums), sum(row.supplements_fen for row in sums)),
        ("物价补贴", sum(row.prices for row in sums), sum(row.prices_fen for row in sums)),
        ("提标补差", sum(row.backpays for row in sums), sum(row.backpays_fen for row in sums)),
    ]
    if not any(lines for _zh, lines, _fen in found):
        return []
    return [known(zh, _counted(lines, fen), 8) for zh, lines, fen in found]


def _counted(lines: int, fen: int) -> str:
    return f"{lines:,}笔　{yuan_said(fen)}元" if lines else "没有"


def _held(run: PaperRun, rows: Sequence[HeldRow]) -> list[Block]:
    """Why something is held back, in number; before the check nobody knows it."""
    part = Part("二、暂缓发放的原因（元）")
    if run.state == "computed":
        return [part, Words(["复核后填写。"], indent=False)]
    if not rows:
        return [part, Words(["没有暂缓发放的。"], indent=False)]
    total = ("合计", f"{sum(row.lines for row in rows):,}", yuan_said(sum(row.fen for row in rows)))
    listed = [(row.zh, f"{row.lines:,}", yuan_said(row.fen)) for row in rows]
    return [part, Grid(("原因", "#笔数", "#金额"), listed, (12, 4, 6), total=total)]


def _levels(run: PaperRun, sums: Sequence[ControlRow]) -> list[Block]:
    booked = bound_by_level(run.id)
    rows = booked or shared(sums, run.month)
    said = "已记入台账的预算指标" if booked else "按各级财政分担比例测算，财政审核后以台账为准"
    heads = ("预算级次", *(f"#{zh}" for zh in AREAS.values()), "#合计")
    listed = [(zh, *_given(rows, level)) for level, zh in LEVELS.items() if any(row.level == level for row in rows)]
    total = ("合计", *_given(rows))
    return [Part(f"三、资金来源（元，{said}）"), Grid(heads, listed, (4, 6, 6, 6), total=total)]


def _given(rows: Sequence[LevelRow], level: str | None = None) -> tuple[str, ...]:
    chosen = [row for row in rows if level is None or row.level == level]
    areas = (sum(row.fen for row in chosen if row.area == area) for area in AREAS)
    return (*map(yuan_said, areas), yuan_said(sum(row.fen for row in chosen)))


def shared(sums: Sequence[ControlRow], on: date) -> list[LevelRow]:
    """What each level of treasury would give for each area by the shares of a day, as approval books it."""
    rows, shares = [], shares_of(on)
    for area in sums:
        rows += [LevelRow(level, area.area, fen) for level, fen in share_out(area.fen, shares).items() if fen]
    return rows


def _days(run: PaperRun) -> Fields:
    plan = pay_calendar(run.month)
    return Fields([
        [known("冻结名册", day(run.frozen_on)), known("乡镇确认截止", day(plan.confirm_by)),
         known("复核截止", day(plan.check_by))],
        [known("财政审核截止", day(plan.finance_by)), known("送银行截止", day(plan.send_by)),
         known("到账期限", day(run.due_on))],
    ])  # fmt: skip


def _signs(run: PaperRun) -> Signatures:
    finance = [Sign("财政审核", run.finance, is_sealed=True)]
    if run.second_finance or run.state == "reviewed":
        finance.append(Sign("财政复审", run.second_finance))
    return Signatures([Sign("编制", run.maker), Sign("复核", run.checker, is_sealed=True), *finance])
