"""核对报告: every question with its outcome, what differs and what was made of it, in the PDF and in Word alike."""

import io
from datetime import date
from typing import Any

import pytest
from docx import Document

from opendibao.intake.consents import revoke_consent
from opendibao.intake.models import Case, Consent
from opendibao.reporting.archive_contents import papers_on_record
from opendibao.reporting.case_papers import NoPapers, case_papers, match_report_word
from opendibao.reporting.case_papers.gathering import gather
from opendibao.reporting.case_papers.match_report import MatchReport
from opendibao.reporting.case_papers.matched import effect_words, matching, unchecked_words
from opendibao.reporting.case_papers.sheet import Field, Letter
from opendibao.reporting.case_papers.sheet import Sheet as Paper
from opendibao.reporting.case_papers.word import NotForWord, word_of
from opendibao.verification.actions import open_hits, request_match
from opendibao.verification.answering import run_matching
from opendibao.verification.disposing import dispose_match
from opendibao.verification.rechecking import object_to_match, settle_recheck
from opendibao.verification.sources import sources_on
from tests.intake.builders import ASKED, VISITED
from tests.registry.builders import FATHER, MOTHER, at
from tests.reporting.case_papers.builders import applied, visited
from tests.reporting.case_papers.reading import pages, text
from tests.verification.delivered import delivered, deposit, row

pytestmark = pytest.mark.usefixtures("places")
PRINTED = date(2024, 3, 20)
LAST_DAY = date(2024, 9, 2)
"""The sixth of March and 180 days."""


def asked() -> Case:
    case = applied()
    request_match(case.pk, on=ASKED, at=at(ASKED))
    return case


def matched() -> Case:
    """The mother has 98,000 yuan at a bank; the bank knows nothing of the others; no other source has delivered."""
    case = asked()
    delivered("bank_deposits", [deposit(MOTHER)])
    run_matching([case.pk], on=VISITED, at=at(VISITED))
    return case


def disposed(case: Case, **chosen: Any) -> Case:
    (hit,) = open_hits(case.pk)
    chosen = {"disposition": "accept_record", "code": "admitted", "reason": "", **chosen}
    dispose_match(hit.pk, at=at(VISITED), **chosen)
    return case


def report(case: Case, on: date = PRINTED) -> MatchReport:
    found = gather(case.pk, on=on).matched
    assert found is not None
    return found


def word(case: Case, on: date = PRINTED) -> str:
    document = Document(io.BytesIO(match_report_word(case.pk, on=on)))
    cells = [cell.text for table in document.tables for line in table.rows for cell in line.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


class TestCounts:
    def test_every_question_is_one_line_with_its_outcome(self) -> None:
        found = report(matched())
        sources = len(sources_on(ASKED))
        assert found.counts == (3 * sources, 1, 2, 3 * (sources - 1))
        assert (found.requested_on, found.answered_on, found.valid_until) == (ASKED, VISITED, LAST_DAY)
        (hit,) = found.hits
        assert (hit.answer.person, hit.source, hit.answer.as_of) == ("王秀英", "银行存款", date(2024, 2, 29))
        assert (len(hit.answer.file), hit.answer.rows) == (12, [2])

    def test_what_was_not_checked_is_said_plainly_and_once_a_source(self) -> None:
        said = unchecked_words(report(matched()))
        assert said == [
            "未核到：市场主体、民政登记、惠农补贴、住房公积金、商业保险、其他救助、监所、公安、不动产、证券基金、社会保险、税务、"
            "车辆（王秀英、李建国、李小红），部门还没有送达数据。"
        ]

    def test_another_reason_is_another_sentence(self) -> None:
        case = asked()
        delivered("vehicles", [row(plate="演G1", kind="car", name="李建国")])  # nothing but his name: whose is it?
        run_matching([case.pk], on=VISITED, at=at(VISITED))
        assert "未核到：车辆（李建国），有同名而无证件号的记录，无法核对。" in unchecked_words(report(case))

    def test_before_anybody_was_asked_there_is_no_report(self) -> None:
        case = applied()
        assert gather(case.pk, on=PRINTED).matched is None
        with pytest.raises(NoPapers, match="还没有提请核对"):
            match_report_word(case.pk, on=PRINTED)

    def test_before_an_answer_it_has_no_last_day(self) -> None:
        found = report(asked())
        assert (found.answered_on, found.valid_until, found.is_expired) == (None, None, False)


class TestDifference:
    def test_declared_found_and_what_it_makes_of_the_money(self) -> None:
        (hit,) = report(matched()).hits
        assert hit.declared == "存款等金融资产6,000.00元"
        assert hit.answer.words.startswith("名下银行存款1笔，截至2024-02-29合计98,000.00元")
        assert effect_words(hit) == "1,378.00→0元，不符合条件"

    def test_what_was_surveyed_stands_beside(self) -> None:
        case = matched()
        disposed(case)
        visited(case)
        (hit,) = report(case).hits
        assert hit.surveyed == "存款等金融资产6,000.00元"

    def test_who_answered_it_when_and_why(self) -> None:
        (hit,) = report(disposed(matched())).hits
        assert hit.disposed is not None
        assert (hit.answer.disposition, hit.answer.reason, hit.disposed.on) == (
            "accept_record",
            "家庭确认属实",
            VISITED,
        )

    def test_an_open_hit_says_so(self) -> None:
        said = text(case_papers(matched().pk, ["matching"], on=PRINTED))
        assert "还没有处置" in said


class TestObjection:
    def test_what_was_objected_and_what_came_of_it(self) -> None:
        case = disposed(matched(), disposition="recheck", code="ask_family")
        (hit,) = open_hits(case.pk)
        object_to_match(hit.pk, objector="王秀英", ground="卖牛的钱，已还债", on=VISITED, at=at(VISITED))
        assert "正在复查" in text(case_papers(case.pk, ["matching"], on=PRINTED))
        (recheck,) = report(case).objections
        settle_recheck(
            recheck.id,
            outcome="upheld",
            findings="看了流水，钱还在账上",
            on=date(2024, 3, 12),
            at=at(date(2024, 3, 12)),
        )
        said = text(case_papers(case.pk, ["matching"], on=PRINTED))
        assert "维持核对结果" in said
        assert "卖牛的钱，已还债" in said
        assert "异议复查结果告知书" in said


class TestDays:
    def test_the_last_day_is_a_hundred_and_eighty_days_on(self) -> None:
        case = matched()
        assert not report(case, LAST_DAY).is_expired
        late = report(case, date(2024, 9, 3))
        assert late.is_expired
        assert "本报告已于2024年9月2日过期" in text(case_papers(case.pk, ["matching"], on=date(2024, 9, 3)))

    def test_a_revoked_authorisation_is_on_it(self) -> None:
        case = matched()
        signed = Consent.objects.get(case=case, signer="李建国")
        revoke_consent(signed.pk, reason="不再申请", on=date(2024, 3, 10), at=at(date(2024, 3, 10)))
        assert "2024年3月10日撤回" in text(case_papers(case.pk, ["matching"], on=PRINTED))

    def test_its_number_changes_with_what_it_says_and_not_with_the_day(self) -> None:
        case = matched()
        first = report(case).number
        assert first.startswith(f"{case.number}-")
        assert report(case, LAST_DAY).number == first
        disposed(case)
        assert report(case).number != first


class TestPaper:
    def test_the_pdf_says_what_the_report_says_and_names_no_whole_number(self) -> None:
        case = disposed(matched())
        said = text(case_papers(case.pk, ["matching"], on=PRINTED))
        for words in ("家庭经济状况核对报告", "王秀英999999********0029", "98,000.00元", "1,378.00→0元",
                      "采信：家庭确认属实",
                      "车辆（王秀英、李建国、李小红），部门还没有送达数据。", "未核到不等于没有",
                      "最低生活保障审核确认办法第十七条", "2024年9月2日", report(case).number):  # fmt: skip
            assert "".join(words.split()) in said, words
        assert MOTHER.id_number not in said
        assert FATHER.id_number not in said
        assert all("第" in page and "页" in page for page in pages(case_papers(case.pk, ["matching"], on=PRINTED)))

    def test_word_and_pdf_say_the_same(self) -> None:
        case = disposed(matched())
        sheet = matching(gather(case.pk, on=PRINTED))
        assert sheet is not None
        told = word(case)
        for line in report(case).lines:
            assert line.source in told
        for words in (
            "家庭经济状况核对报告",
            "98,000.00元",
            "1,378.00→0元，不符合条件",
            "未核到不等于没有",
            sheet.number,
        ):
            assert words in told, words
        assert MOTHER.id_number not in told

    def test_word_counts_its_pages(self) -> None:
        document = Document(io.BytesIO(match_report_word(matched().pk, on=PRINTED)))
        (footer,) = document.sections[0].footer.paragraphs
        assert [field.get(f"{{{footer._p.nsmap['w']}}}instr") for field in footer._p.findall(
            f"{{{footer._p.nsmap['w']}}}fldSimple")] == ["PAGE", "NUMPAGES"]  # fmt: skip

    def test_a_letter_is_no_table(self) -> None:
        letter = Letter("王秀英", (), (), "县民政局", "", (), receipt=None)  # type: ignore[arg-type]
        with pytest.raises(NotForWord, match="Word版没有“Letter”这种版式"):
            word_of(Paper("letters", "告知书", [letter]), year=2024)

    def test_what_the_data_know_is_not_left_empty(self) -> None:
        sheet = matching(gather(matched().pk, on=PRINTED))
        assert sheet is not None
        empty = [cell for cell in sheet.fields() if isinstance(cell, Field) and not cell.text and not cell.by_pen]
        assert not empty


def test_a_car_stands_beside_the_vehicles_that_were_declared() -> None:
    case = asked()
    delivered("vehicles", [row(FATHER, plate="演G12345", kind="car", use="private", registered_on="2020-05-01",
                               price=None, state="running", ended_on=None)])  # fmt: skip
    run_matching([case.pk], on=VISITED, at=at(VISITED))
    (hit,) = report(case).hits
    assert hit.declared == "车辆船舶无"
    assert hit.answer.person == "李建国"


def test_it_lies_in_the_file_of_the_family_from_the_last_answer_on() -> None:
    case = matched()
    titles = {paper.title: paper.dated_on for paper in papers_on_record(case.household_id, PRINTED)}
    assert titles["家庭经济状况核对报告"] == VISITED
    assert "家庭经济状况核对报告" not in {paper.title for paper in papers_on_record(case.household_id, ASKED)}
