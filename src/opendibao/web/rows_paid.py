"""发放名单: every booked payment, what the bank returned, and the twelve months."""

from collections.abc import Callable

from django.urls import reverse

from opendibao.kernel.ids import mask_account
from opendibao.payment.queries import MonthRow, paid_lines
from opendibao.web import choices
from opendibao.web.asking import Asked
from opendibao.web.counted import month_table, paid_by_place, paid_total, returned_lines
from opendibao.web.labels import AREAS
from opendibao.web.paging import ROWS_A_PAGE, Pager
from opendibao.web.places import Places, is_village, places
from opendibao.web.tables import Cell, Crumb, ListPage, Table, blanks, count, day, heads, household, money, text
from opendibao.web.templatetags.figures import wan, yuan


def paid(question: Asked, page: Callable[[int], Pager]) -> tuple[ListPage, Pager]:
    """Sendings the bank booked in the year; the totals line is the figure that was clicked."""
    lines, fen = paid_total(
        question.year, area=question.area, month=question.month, division=question.division
    )  # fmt: skip
    found, names = page(lines), places()
    listed = paid_lines(
        question.year, area=question.area, month=question.month, division=question.division, offset=found.offset
    )
    rows = [
        [household(row.household), text(row.head), text(names.full(row.division)), text(AREAS[row.area]),
         text(f"{row.month:%Y-%m}"), count(row.persons), money(row.fen), day(row.booked_on),
         text(mask_account(row.account)), text(row.decision)]
        for row in listed
    ]  # fmt: skip
    table = Table(
        heads("户编号", "户主", "村社区", "城乡", "!发放月", "#人", "#金额（元）", "!到账", "!账号", "!决定文号"), rows,
        [Cell(f"合计 {lines:,} 笔"), *blanks(5), money(fen), *blanks(3)],
        "这里没有到账的保障金。", "到账明细",
    )  # fmt: skip
    return _paid_page(question, names, table, lines, fen), found


def _paid_page(question: Asked, names: Places, table: Table, lines: int, fen: int) -> ListPage:
    when = f"{question.year} 年" + (f" {question.month.month} 月" if question.month else "")
    return ListPage(
        title=f"{when}{AREAS.get(question.area, '')}保障金",
        lead=f"银行记账到户 {lines:,} 笔，{yuan(fen)} 元，即 {wan(fen)} 万元。退回没有补发的不算。",
        table=table,
        crumbs=list(names.way(question, f"{question.year} 年保障金", reverse("rows", args=["paid"]))),
        choices=[choices.areas(question), choices.months(question)],
        breakdown=None if is_village(question.division) else _breakdown(question, lines, fen),
    )


def _breakdown(question: Asked, lines: int, fen: int) -> Table:
    parts = paid_by_place(question.year, within=question.division, area=question.area, month=question.month)
    rows = [[Cell(row.name, question.but(division=row.code)), count(row.lines), money(row.fen)] for row in parts]
    return Table(
        heads("地方", "#笔", "#元"), rows, [Cell("合计"), count(lines), money(fen)], "这里没有到账的保障金。", "分布"
    )


def returned(question: Asked, page: Callable[[int], Pager]) -> tuple[ListPage, Pager]:
    """What the bank sent back, and what became of it."""
    listed, names = returned_lines(question.year), places()
    found = page(len(listed))
    rows = [
        [household(row.household), text(names.full(row.division)), text(f"{row.month:%Y-%m}"), money(row.fen),
         day(row.sent_on), text(row.reason), day(row.again_sent_on), _again(row.again_booked_on is not None)]
        for row in listed[found.offset : found.offset + ROWS_A_PAGE]
    ]  # fmt: skip
    again = sum(row.again_booked_on is not None for row in listed)
    table = Table(
        heads("户编号", "村社区", "!发放月", "#金额（元）", "!首次送出", "退回原因", "!再次送出", "!结果"), rows,
        [Cell(f"合计 {len(listed):,} 笔"), *blanks(2), money(sum(row.fen for row in listed)), *blanks(4)],
        "全年没有退回。", "退回明细",
    )  # fmt: skip
    lead = f"银行退回 {len(listed):,} 笔，改正账户后已补发到账 {again:,} 笔。补发用的是原来那笔应发，不会发两次。"
    crumbs = [
        Crumb("全县一页", reverse("county") + question.but()),
        Crumb(f"{question.year} 年保障金", reverse("rows", args=["paid"]) + question.but()), Crumb("退回补发"),
    ]  # fmt: skip
    return ListPage(f"{question.year} 年退回和补发", lead, table, crumbs), found


def _again(is_booked: bool) -> Cell:
    return Cell("已补发", tone="ok") if is_booked else Cell("等补发", tone="warn")


def months(question: Asked, page: Callable[[int], Pager]) -> tuple[ListPage, Pager]:
    """The pay runs of the year: when the last first sending was booked, against the due day."""
    listed = month_table(question.year)
    found = page(len(listed))
    rows = [_month(question, row) for row in listed]
    on_time = sum(row.is_on_time is True for row in listed)
    total = [
        Cell(f"合计 {len(listed)} 个月"), count(sum(row.households for row in listed)),
        money(sum(row.fen for row in listed)), money(sum(row.paid_fen for row in listed)),
        count(sum(row.returned for row in listed)), *blanks(2), Cell(f"{on_time} 个月按时"),
    ]  # fmt: skip
    table = Table(
        heads("!月份", "#户", "#应发（元）", "#到账（元）", "#退回笔数", "!最后到账", "!期限", "!按时"), rows, total,
        "这一年还没有发放。", "各月发放",
    )  # fmt: skip
    lead = "每月 10 日前到账，10 日是休息日的提前到之前的工作日。看的是首次送出的最后一笔哪天到账，退回补发的不计逾期。"
    crumbs = [Crumb("全县一页", reverse("county") + question.but()), Crumb(f"{question.year} 年各月")]
    return ListPage(f"{question.year} 年各月到账", lead, table, crumbs), found


def _month(question: Asked, row: MonthRow) -> list[Cell]:
    lines = reverse("rows", args=["paid"]) + question.but(month=f"{row.month:%Y-%m}", area="", division="")
    on_time = {True: Cell("按时", tone="ok"), False: Cell("逾期", tone="bad"), None: Cell("等银行结果", tone="warn")}
    return [
        Cell(f"{row.month.month} 月", reverse("pay-run", args=[f"{row.month:%Y-%m}"])), count(row.households),
        money(row.fen), money(row.paid_fen, lines), count(row.returned), day(row.last_booked_on), day(row.due_on),
        on_time[row.is_on_time],
    ]  # fmt: skip
