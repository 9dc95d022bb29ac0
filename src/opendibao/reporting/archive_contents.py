"""档案目录: which papers of a household there are by what is on record, and the file's cover and contents in print."""

from collections.abc import Iterator, Sequence
from datetime import date

from opendibao.decision.queries import DecisionRow, decisions_of
from opendibao.decision.village_queries import meetings_of, notices_of
from opendibao.intake.archive import FORMS, FiledPaper
from opendibao.intake.archive_queries import Archive, ItemRow
from opendibao.intake.case_queries import CaseRow, cases_of, letters_of
from opendibao.intake.consent_queries import consents_of
from opendibao.payment.queries import line_history
from opendibao.reporting.case_papers.sheet import (
    COVER,
    Block,
    Fields,
    Grid,
    Sheet,
    Sign,
    Signatures,
    by_pen,
    known,
)
from opendibao.reporting.case_papers.typesetting import typeset
from opendibao.reviews.queries import reviews_of
from opendibao.verification.queries import matches_of
from opendibao.verification.survey_queries import surveys_of

HEADS = ("序号", "题名", "材料日期", "#页数", "形式", "备注")
WIDTHS = (6, 40, 16, 8, 10, 20)


def papers_on_record(household_id: int, today: date) -> list[FiledPaper]:
    """What should lie in a household's file by its cases, decisions, reviews and payments, the earliest first.

    Every paper has one page until somebody counts it.
    """
    cases = sorted(cases_of(household_id), key=lambda case: (case.applied_on, case.id))
    found = [paper for case in cases for paper in _of_case(case)]
    found += _of_decisions([row for row in decisions_of(household_id) if row.voided_on is None])
    found += [
        FiledPaper("定期复核表", row.done_on, 1, source=f"review {row.review_class} {row.due_on}")
        for row in reviews_of(household_id)
        if row.done_on
    ]
    found += _of_payments(household_id)
    return sorted((paper for paper in found if paper.dated_on <= today), key=lambda paper: paper.dated_on)


def _of_case(case: CaseRow) -> Iterator[FiledPaper]:
    def paper(title: str, day: date, source: str, form: str = "original") -> FiledPaper:
        return FiledPaper(title, day, 1, form, case.id, f"case {case.id} {source}")

    if case.kind == "application":
        yield paper("最低生活保障申请书", case.applied_on, "application")
        yield paper("家庭成员及收入财产申报表", case.applied_on, "declaration")
    for n, signed in enumerate(consents_of(case.id), 1):
        yield paper(f"核对授权书（{signed.signer}）", signed.signed_on, f"consent {n}")
    yield from (paper("家庭经济状况核对报告", day, "matching", "copy") for day in _last_answered(case.id))
    for survey in surveys_of(case.id):
        yield paper("入户调查表", survey.surveyed_on, f"survey {survey.sequence}")
    for n, (held, _ballot) in enumerate(meetings_of(case.id), 1):
        yield paper("民主评议表", held.held_on, f"review {n}")
    for notice in notices_of(case.id):
        yield paper("公示榜", notice.posted_on, f"notice {notice.sequence}", "copy")
    for letter in letters_of(case.id):
        yield paper(letter.text.partition("\n")[0][:120] or "程序文书", letter.made_on, f"letter {letter.id}", "copy")


def _last_answered(case_id: int) -> list[date]:
    """The day of the last answer of the departments, none before the first."""
    return sorted(row.answered_on for row in matches_of(case_id) if row.answered_on)[-1:]


def _of_decisions(decisions: Sequence[DecisionRow]) -> Iterator[FiledPaper]:
    for row in decisions:
        yield FiledPaper(f"审核确认表（{row.kind_zh} {row.number}）"[:120], row.decided_on, 1, "original", row.case_id,
                         f"decision {row.pk}")  # fmt: skip
        if row.letter:
            yield FiledPaper(f"告知书（{row.kind_zh}）", row.decided_on, 1, "copy", row.case_id, f"decided {row.pk}")


def _of_payments(household_id: int) -> Iterator[FiledPaper]:
    """One proof a year of what was booked."""
    booked: dict[int, date] = {}
    for row in line_history(household_id):
        if row.booked_on:
            booked[row.month.year] = max(row.booked_on, booked.get(row.month.year, row.booked_on))
    for year, day in sorted(booked.items()):
        yield FiledPaper(f"{year}年低保金发放凭证", day, 1, "copy", source=f"payments {year}")


def archive_paper(file: Archive, items: Sequence[ItemRow], *, head: str, place: str, office: str) -> bytes:
    """卷皮和卷内目录: whose file it is, where it stands and until when it is kept, and what lies in it."""
    inside = [item for item in items if item.withdrawn_on is None]
    pages = sum(item.pages for item in inside)
    blocks: list[Block] = [
        Fields([
            [known("户主", head), known("户编号", file.household)],
            [known("户籍所在地", place)],
            [by_pen("档号", file.number), known("卷号", str(file.volume))],
            [known("立档日期", str(file.opened_on)), by_pen("归档日期", str(file.closed_on or ""))],
            [by_pen("存放位置", file.location), by_pen("保管期至", str(file.keep_until or ""))],
            [known("卷内材料", f"{len(inside)} 份 {pages} 页"), by_pen("核对", _checked(file))],
        ]),
        Grid(HEADS, [_line(item) for item in items], WIDTHS, total=["", "合计", "", str(pages), "", ""]),
        Signatures([Sign("立卷人签字"), Sign("检查人签字")]),
    ]  # fmt: skip
    number = f"{file.household}-{file.volume}"
    sheet = Sheet("cover", "最低生活保障档案", blocks, number=number, office=office, layout=COVER)
    return typeset([sheet], title=f"档案 {number}", office=office)


def _checked(file: Archive) -> str:
    return f"{file.checked_on} {file.checked_by} {file.pages} 页" if file.checked_on else ""


def _line(item: ItemRow) -> list[str]:
    out = f"{item.withdrawn_on}抽出：{item.withdrawn_reason}" if item.withdrawn_on else ""
    return [str(item.sequence), item.title, str(item.dated_on), str(item.pages), FORMS[item.form], out]
