"""花名册排版: the roster as a PDF, A4 across; page totals are counted by the typesetter from running sums."""

import json
from datetime import date
from itertools import accumulate
from pathlib import Path
from typing import Any

from django.conf import settings

from opendibao.kernel.money import in_words, yuan_said
from opendibao.reporting import glyphs
from opendibao.reporting.apart import typeset_apart
from opendibao.reporting.case_papers.dating import day, month
from opendibao.reporting.cover import SYNTHETIC_MARK
from opendibao.reporting.pay_papers.roster import Entry, PayRoster, Sums, Town, Village, pay_roster

FORM = Path(__file__).parent.parent / "templates" / "pay_papers" / "roster.typ"
TITLE = "最低生活保障金发放花名册"


def roster_pdf(run_id: int, *, on: date, officer: str, full: bool = False) -> bytes:
    """《最低生活保障金发放花名册》 of a run with the officer's name and the day across every page. Raises NoSuchRun."""
    said = json.dumps(_drawable(pay_roster(run_id, on=on, officer=officer, full=full)), ensure_ascii=False)
    return typeset_apart(FORM, "roster", glyphs.replaced(said, glyphs.missing(said)))


def _drawable(found: PayRoster) -> dict[str, Any]:
    run = found.run
    running = accumulate((entry.sums for entry in found.entries), initial=Sums())
    return {
        "title": f"{found.county}{month(run.month)}{TITLE}",
        "author": f"{found.county}民政局",
        "mark": SYNTHETIC_MARK if settings.OPENDIBAO_SYNTHETIC else "",
        "printed": f"{found.officer}　{day(found.on)}",
        "frozen": day(run.frozen_on),
        "due": day(run.due_on),
        "running": [[one.households, one.persons, one.base_fen, one.supplement_fen, one.fen] for one in running],
        "towns": [_town(found, town) for town in found.towns],
        "whole": found.is_whole,
        "sums": _sums(found.sums),
        "words": in_words(found.sums.fen),
        "held": _held(found.sums),
        "sent": sent_words(found),
        "signs": [["编制人", run.maker], ["复核人", run.checker], ["财政审核人", run.finance],
                  *([["财政复审人", run.second_finance]] if run.second_finance else [])],
    }  # fmt: skip


def _town(found: PayRoster, town: Town) -> dict[str, Any]:
    return {
        "name": town.name,
        "villages": [_village(found, village) for village in town.villages],
        "sums": _sums(town.sums),
        "words": in_words(town.sums.fen),
        "held": _held(town.sums),
        "confirmed": town.confirmed.officer if town.confirmed else "",
        "confirmed_on": day(town.confirmed.confirmed_on) if town.confirmed else "",
        "missing": _missing(town),
    }


def sent_words(found: PayRoster) -> str:
    """How the roster's sum becomes that of the bank's file."""
    sums, joined = found.sums, found.joined
    late = sum(row.fen for row in joined)
    parts = [f"发放合计{yuan_said(sums.fen)}元", *([f"－暂缓{yuan_said(sums.held_fen)}元"] if sums.held_fen else []),
             *([f"－抵扣应追缴{yuan_said(found.offset_fen)}元"] if found.offset_fen else []),
             *([f"＋随本批补发以前月份{len(joined):,}笔{yuan_said(late)}元"] if joined else [])]  # fmt: skip
    return f"本批送银行{yuan_said(found.sent_fen)}元＝{''.join(parts)}"


def _village(found: PayRoster, village: Village) -> dict[str, Any]:
    return {
        "name": village.name,
        "rows": [_row(found, entry) for entry in village.entries],
        "sums": _sums(village.sums),
        "held": _held(village.sums),
    }


def _row(found: PayRoster, entry: Entry) -> list[str]:
    row = entry.row
    base = yuan_said(row.fen - row.supplement_fen)
    return [
        str(entry.number), row.head, found.id_number(row), entry.persons, base, yuan_said(row.supplement_fen),
        yuan_said(row.fen), row.holder, row.bank, found.account(row), entry.remark,
    ]  # fmt: skip


def _sums(sums: Sums) -> list[str]:
    figures = [yuan_said(fen) for fen in (sums.base_fen, sums.supplement_fen, sums.fen)]
    return [f"{sums.households:,}", f"{sums.persons:,}", *figures]


def _held(sums: Sums) -> str:
    return f"其中暂缓{sums.held:,}户，{yuan_said(sums.held_fen)}元" if sums.held else ""


def _missing(town: Town) -> str:
    """Characters of a township's names that the font lacks, so that they are written in by hand."""
    said = "".join(
        word for village in town.villages for entry in village.entries
        for word in (village.name, entry.row.head, entry.row.holder, entry.row.bank)
    )  # fmt: skip
    lacking = glyphs.missing(said)
    named = "、".join(f"U+{ord(one):04X}" for one in lacking)
    return f"缺字说明：字库没有收录编码为{named}的字，请在“{glyphs.GETA}”处手写原字。" if named else ""
