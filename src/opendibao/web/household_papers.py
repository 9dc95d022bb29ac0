"""一户的账和材料: what was owed and how it was sent, and what the departments answered."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from opendibao.kernel.ids import mask_account
from opendibao.kernel.money import yuan_text
from opendibao.payment.queries import HistoryRow
from opendibao.registry.queries import AccountRow
from opendibao.verification.queries import MatchRow
from opendibao.verification.requests.provinces import province_zh
from opendibao.web.labels import ATTEMPTS, DEPARTMENTS, DISPOSITIONS, LINES, MATCHES
from opendibao.web.tables import Cell, Table, day, heads, money, text

TONES = {"returned": "warn", "unknown": "warn"}
OUTCOMES = {"hit": "warn", "not_checked": "warn", "no_hit": ""}


def account_words(account: AccountRow | None) -> str:
    """The bank, the end of the number and the holder of an account; empty where there is none."""
    if account is None:
        return ""
    named = {"bank": account.bank, "number": mask_account(account.number), "holder": account.holder}
    return _("%(bank)s %(number)s，户名 %(holder)s") % named


def pay_table(history: Sequence[HistoryRow]) -> Table:
    """Every sending, latest month first; the total is what was booked."""
    returned = {row.line_id for row in history if row.state == "returned"}
    rows = [
        [Cell(f"{row.month:%Y-%m}"), money(row.sent_fen), Cell(ATTEMPTS[row.state], tone=TONES.get(row.state, "")),
         day(row.booked_on), _said(row, row.line_id in returned)]
        for row in history
    ]  # fmt: skip
    booked = [row.sent_fen for row in history if row.booked_on]
    totals = [Cell(_("到账 %(n)s 笔") % {"n": len(booked)}), money(sum(booked)), Cell(""), Cell(""), Cell("")]
    named = heads("!" + _("月份"), "#" + _("金额（元）"), "!" + _("结果"), "!" + _("到账"), _("说明"))
    return Table(named, rows, totals, _("还没有发放过。"), _("发放记录"))


def _said(row: HistoryRow, was_returned: bool) -> Cell:
    if row.state == "returned":
        return text(row.reason)
    if row.booked_on and was_returned:
        return Cell(_("退回后补发"), tone="warn")
    if row.offset_fen:
        owed = {"fen": yuan_text(row.fen, grouped=True), "taken": yuan_text(row.offset_fen, grouped=True)}
        return text(_("应发 %(fen)s 元，抵扣 %(taken)s 元") % owed)
    return Cell(LINES[row.kind] if row.kind != "regular" else "")


def source_table(matches: Sequence[MatchRow]) -> Table:
    """What each department answered about each member: a line a department, and one a province that was asked."""
    persons = list(dict.fromkeys((row.person_id, row.person) for row in matches))
    answers = {(row.source, row.province, row.person_id): row for row in matches}
    rows = [
        [Cell(_asked(source, province)),
         *(_answer(answers.get((source, province, person))) for person, _name in persons)]
        for source, province in dict.fromkeys((row.source, row.province) for row in matches)
    ]  # fmt: skip
    named = heads(_("来源"), *(name for _person, name in persons))
    return Table(named, rows, empty=_("还没有核对。"), caption=_("信息核对"))


def _asked(source: str, province: str) -> str:
    """The department, and whose province's where it is another one's."""
    words = str(DEPARTMENTS.get(source, source))
    said = {"source": words, "province": province_zh(province)}
    return _("%(source)s（%(province)s）") % said if province else words


def _answer(row: MatchRow | None) -> Cell:
    """The department's word, and what was made of a hit."""
    if row is None:
        return text("")
    said = [MATCHES[row.outcome], DISPOSITIONS.get(row.disposition, ""), row.reason]
    return Cell(_("，").join(word for word in said if word), tone=OUTCOMES[row.outcome])
