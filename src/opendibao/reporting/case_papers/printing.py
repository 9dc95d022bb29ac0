"""打印: the papers of a case, of a village, and the posters, each as one PDF."""

from collections.abc import Sequence
from datetime import date

from opendibao.decision.paper_queries import letter_of
from opendibao.decision.village_queries import notice_sheet, published
from opendibao.intake.case_queries import case_file, case_letter
from opendibao.reporting.case_papers import letters, reviewed
from opendibao.reporting.case_papers.folder import Places
from opendibao.reporting.case_papers.gathering import NoSuchCase, blank_folder, gather, places_of, wording_on
from opendibao.reporting.case_papers.kinds import ALL, ZH, sheets_of
from opendibao.reporting.case_papers.typesetting import NoPapers, typeset
from opendibao.reporting.case_papers.word import word_of


def case_papers(case_id: int, kinds: Sequence[str] = (), *, on: date) -> bytes:
    """The papers of a case in the order of the procedure as one PDF; without kinds all that the case has or needs.

    Raises NoSuchCase, NoSuchPaper, NoPapers where a case has none of the kinds asked for.
    """
    folder = gather(case_id, on=on)
    sheets = sheets_of(folder, kinds or ALL, asked=bool(kinds))
    title = f"{folder.applicant}家庭 {folder.number}"
    return typeset(sheets, title=title, office=f"{folder.places.county}{folder.places.town}")


def match_report_word(case_id: int, *, on: date) -> bytes:
    """《家庭经济状况核对报告》 as docx, from the sheet that its PDF is drawn from. Raises NoSuchCase, NoPapers."""
    sheets = sheets_of(gather(case_id, on=on), ["matching"], asked=True)
    if not sheets:
        raise NoPapers("还没有提请核对，没有核对报告")
    return word_of(sheets[0], year=on.year)


def blank_papers(kinds: Sequence[str] = (), *, on: date, division: str = "") -> bytes:
    """Forms to fill in by hand, worded for the law of a day; a division prints its names in their heads.

    Raises NoSuchPaper.
    """
    folder = blank_folder(on, places_of(division) if division else Places())
    wanted = kinds or [code for code in ALL if code != "cover"]
    sheets = sheets_of(folder, wanted, asked=True)
    title = ZH[wanted[0]] if len(wanted) == 1 else "空白文书"
    return typeset(sheets, title=title, office=f"{folder.places.county}{folder.places.town}")


def notice_poster(notice_ids: Sequence[int]) -> bytes:
    """公示榜 of the notices of one village posted on one day. Raises DecisionRefused where they are not."""
    sheet = notice_sheet(list(notice_ids))
    places = places_of(sheet.division)
    whom = letters.supervision(places, sheet.posted_on, sheet.phone)
    poster = reviewed.notice(sheet, places, wording_on(sheet.posted_on), whom)
    return typeset([poster], title=f"{places.village}公示榜", office=f"{places.county}{places.town}")


def publication_poster(division: str, month: date, *, on: date) -> bytes:
    """长期公布榜 of a village and month, as it was posted or as it stands on a day."""
    found = published(division, month, on)
    places = places_of(division)
    poster = reviewed.publication(found, places, wording_on(found.as_of), letters.supervision(places, found.as_of))
    return typeset([poster], title=f"{places.village}公布榜", office=f"{places.county}{places.town}")


def case_letter_pdf(letter_id: int) -> bytes:
    """One letter of a case before its decision. Raises NoSuchCase."""
    row = case_letter(letter_id)
    case = case_file(row.case_id) if row else None
    if row is None or case is None:
        raise NoSuchCase("没有这份文书，或不在本人可见的区划内")
    places = places_of(case.division)
    sheet = letters.case_letter(row, places, case.number)
    return typeset([sheet], title=sheet.title, office=sheet.office)


def letter_pdf(letter_id: int) -> bytes:
    """The letter of a decision. Raises NoSuchCase."""
    row = letter_of(letter_id)
    if row is None:
        raise NoSuchCase("没有这份文书，或不在本人可见的区划内")
    case = case_file(row.case_id) if row.case_id else None
    sheet = letters.decision_letter(row, places_of(row.division), case.number if case else row.number)
    return typeset([sheet], title=sheet.title, office=sheet.office)
