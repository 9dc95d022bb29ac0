"""核对报告页和核对统计页: what the page says is the report's; every number opens its rows; expired ones say so."""

from datetime import date
from io import BytesIO

import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from opendibao.audit.queries import views_of
from opendibao.intake.models import Case
from opendibao.kernel.duties import Duty
from opendibao.statistics.matching import AnswersAsked, answer_count, match_statistics
from opendibao.verification.actions import open_hits, request_match
from opendibao.verification.answering import run_matching
from opendibao.verification.disposing import dispose_match
from opendibao.verification.sources import sources_on
from tests.intake.builders import ASKED, VISITED
from tests.registry.builders import MOTHER, OTHER_TOWN, at, divisions
from tests.reporting.case_papers.builders import applied
from tests.verification.delivered import delivered, deposit
from tests.web.desk import Desk, county_desk, hired

SOURCES_ASKED = len(sources_on(ASKED))


@pytest.fixture
def case(county: None) -> Case:
    """The mother has 98,000 yuan at a bank, which nobody has answered; no other source has delivered."""
    divisions()
    case = applied()
    request_match(case.pk, on=ASKED, at=at(ASKED))
    delivered("bank_deposits", [deposit(MOTHER)])
    run_matching([case.pk], on=VISITED, at=at(VISITED))
    return case


@pytest.fixture
def desk(case: Case) -> Desk:
    return county_desk()


def dispose(case: Case) -> None:
    (hit,) = open_hits(case.pk)
    dispose_match(hit.pk, disposition="accept_record", code="admitted", reason="", at=at(VISITED))


class TestReport:
    def test_the_page_says_what_the_report_says(self, desk: Desk, case: Case) -> None:
        page = desk.reads(f"/cases/{case.pk}/match/report/")
        every = 3 * SOURCES_ASKED
        assert f"共核对 {every} 人次：核到信息 1，已核无记录 2，未核到 {every - 3}。" in page.words
        assert "合计98,000.00元" in page.words
        assert "存款等金融资产6,000.00元" in page.words
        assert "1,378.00" in page.words
        assert "还没有处置" in page.words
        assert "（王秀英、李建国、李小红），部门还没有送达数据。" in page.words
        assert "王秀英 999999********0029" in page.words
        assert MOTHER.id_number not in page.html
        assert "核对报告" in {view.page for view in views_of(f"案件 {case.number}")}

    def test_who_answered_the_hit_stands_there(self, desk: Desk, case: Case) -> None:
        dispose(case)
        assert "采信：家庭确认属实" in desk.reads(f"/cases/{case.pk}/match/report/").words

    def test_an_expired_report_says_so_before_all_else(self, desk: Desk, case: Case) -> None:
        page = desk.reads(f"/cases/{case.pk}/match/report/")  # the desk's day is in 2025
        assert "本报告已于 2024-09-02 过期，不能再作为审核依据。" in page.words

    def test_the_case_leads_to_it(self, desk: Desk, case: Case) -> None:
        assert desk.reads(f"/cases/{case.pk}/").link("核对报告") == f"/cases/{case.pk}/match/report/"

    def test_before_anybody_is_asked_it_says_what_will_come(self, county: None) -> None:
        divisions()
        page = county_desk().reads(f"/cases/{applied().pk}/match/report/")
        assert "受理后提请县里核对，各部门答复后这里出报告。" in page.words

    def test_word_opens_with_the_same_words(self, desk: Desk, case: Case) -> None:
        answer = desk.client.get(f"/cases/{case.pk}/match/report.docx")
        document = Document(BytesIO(answer.content))
        assert document.paragraphs[0].text == "家庭经济状况核对报告"
        assert "attachment" in answer.headers["Content-Disposition"]

    def test_another_township_finds_no_such_case(self, case: Case) -> None:
        stranger = Desk(hired("clerk9", "王经办", duties=(Duty.ACCEPT,), division=OTHER_TOWN))
        assert stranger.reads(f"/cases/{case.pk}/match/report/").status == 404
        assert stranger.client.get(f"/cases/{case.pk}/match/report.docx").status_code == 404


class TestNumbers:
    def test_outcomes_by_source_add_up(self, case: Case) -> None:
        found = match_statistics(2024)
        assert found.questions() == 3 * SOURCES_ASKED
        assert (found.questions("bank_deposits", "hit"), found.questions("bank_deposits", "no_hit")) == (1, 2)
        assert found.questions(outcome="not_checked", why="no_data") == 3 * (SOURCES_ASKED - 1)
        assert found.questions(disposition="none") == 1
        assert found.persons["bank_deposits"] == 3
        assert (found.linked("bank_deposits"), found.linked(tier="confirmed")) == (1, 1)
        dispose(case)
        assert match_statistics(2024).questions(disposition="none") == 0
        assert match_statistics(2024).questions("bank_deposits", disposition="accept_record") == 1
        assert match_statistics(2023).questions() == 0

    def test_a_number_is_the_count_of_its_rows(self, case: Case) -> None:
        assert answer_count(AnswersAsked(2024)) == 3 * SOURCES_ASKED
        assert answer_count(AnswersAsked(2024, "bank_deposits", "hit", "", "none")) == 1
        assert answer_count(AnswersAsked(2024, why="no_data")) == 3 * (SOURCES_ASKED - 1)

    def test_the_county_began_in_time(self, case: Case) -> None:
        (begun,) = match_statistics(2024).begun
        assert (begun.requested_on, begun.begun_on, begun.is_in_time(VISITED)) == (ASKED, VISITED, True)

    @pytest.mark.parametrize(("on", "is_in_time"), [(date(2024, 3, 8), None), (date(2024, 3, 11), False)])
    def test_what_nobody_began_is_late_after_three_working_days(
        self, county: None, on: date, is_in_time: bool | None
    ) -> None:
        divisions()
        asked = applied()
        request_match(asked.pk, on=ASKED, at=at(ASKED))  # a Tuesday; Friday is the third working day after
        (begun,) = match_statistics(2024).begun
        assert begun.is_in_time(on) is is_in_time

    def test_the_page_opens_the_rows_of_a_number(self, desk: Desk, case: Case) -> None:
        page = desk.reads("/matching/numbers/?year=2024")
        assert "1 件案件提请核对，3 个工作日内启动 1 件" in page.words
        assert "一半的案件不超过 1 个工作日，最长 1 个。" in page.words
        rows = desk.reads("/matching/numbers/answers/?year=2024&source=bank_deposits&outcome=hit")
        assert "银行存款，核到信息：1 条。" in rows.words
        assert case.number in rows.words
        assert MOTHER.name not in rows.words
        links = desk.reads("/matching/numbers/links/?year=2024&source=bank_deposits")
        assert "1 条。" in links.words
        assert "自动认定" in links.words

    def test_rows_and_table_are_workbooks_too(self, desk: Desk, case: Case) -> None:
        for address, rows in (("/matching/numbers.xlsx?year=2024", SOURCES_ASKED),
                              ("/matching/numbers/answers.xlsx?year=2024&outcome=hit", 1)):  # fmt: skip
            book = CalamineWorkbook.from_filelike(BytesIO(desk.client.get(address).content))
            assert len(book.get_sheet_by_index(0).to_python()) == rows + 1

    def test_a_wrong_question_is_refused_in_words(self, desk: Desk) -> None:
        page = desk.reads("/matching/numbers/answers/?year=2024&source=nobody")
        assert page.status == 400
        assert "“nobody”不是来源" in page.words

    def test_an_empty_year_says_what_will_come(self, desk: Desk) -> None:
        assert "提请核对后，各来源的结果列在这里。" in desk.reads("/matching/numbers/?year=2019").words

    def test_townships_do_not_see_the_county_numbers(self, case: Case) -> None:
        clerk = Desk(hired("clerk9", "王经办", duties=(Duty.ACCEPT,)))
        assert clerk.reads("/matching/numbers/").status == 403
