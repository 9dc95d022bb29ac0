"""一户的账和材料: what was owed and how it was sent, and what the departments answered."""

from collections.abc import Sequence

from opendibao.payment.queries import HistoryRow
from opendibao.verification.queries import MatchRow
from opendibao.verification.sources import SOURCES
from opendibao.web.labels import ATTEMPTS, DISPOSITIONS, LINES, MATCHES
from opendibao.web.tables import Cell, Table, day, heads, money, text

TONES = {"returned": "warn", "unknown": "warn"}
OUTCOMES = {"hit": "warn", "not_checked": "warn", "no_hit": ""}


def pay_table(history: Sequence[HistoryRow]) -> Table:
    """Every sending, latest month first; the total is what was booked."""
    returned = {row.line_id for row in history if row.state == "returned"}
    rows = [
        [Cell(f"{row.month:%Y-%m}"), money(row.fen), Cell(ATTEMPTS[row.state], tone=TONES.get(row.state, "")),
         day(row.booked_on), _said(row, row.line_id in returned)]
        for row in history
    ]  # fmt: skip
    booked = [row.fen for row in history if row.booked_on]
    totals = [Cell(f"到账 {len(booked)} 笔"), money(sum(booked)), Cell(""), Cell(""), Cell("")]
    return Table(heads("!月份", "#金额（元）", "!结果", "!到账", "说明"), rows, totals, "还没有发放过。", "发放记录")


def _said(row: HistoryRow, was_returned: bool) -> Cell:
    if row.state == "returned":
        return text(row.reason)
    if row.booked_on and was_returned:
        return Cell("退回后补发", tone="warn")
    return Cell(LINES[row.kind] if row.kind != "regular" else "")


def source_table(matches: Sequence[MatchRow]) -> Table:
    """What each department answered about each member: a line a department; silence is said."""
    persons = list(dict.fromkeys((row.person_id, row.person) for row in matches))
    answers = {(row.source, row.person_id): row for row in matches}
    rows = [
        [Cell(SOURCES[source].zh if source in SOURCES else source),
         *(_answer(answers.get((source, person))) for person, _ in persons)]
        for source in dict.fromkeys(row.source for row in matches)
    ]  # fmt: skip
    return Table(heads("来源", *(name for _, name in persons)), rows, empty="还没有核对。", caption="信息核对")


def _answer(row: MatchRow | None) -> Cell:
    """The department's word, and what was made of a hit."""
    if row is None:
        return text("")
    said = [MATCHES[row.outcome], DISPOSITIONS.get(row.disposition, ""), row.reason]
    return Cell("，".join(word for word in said if word), tone=OUTCOMES[row.outcome])
