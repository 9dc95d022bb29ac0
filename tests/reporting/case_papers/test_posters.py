"""公示榜和公布榜: large, on A4, and nothing on them but what the law lets a village read."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from opendibao.decision.actions import post_notice
from opendibao.decision.models import PublicNotice
from opendibao.decision.publication import publish_village
from opendibao.decision.refusal import DecisionRefused
from opendibao.intake.models import Case
from opendibao.reporting.case_papers import notice_poster, publication_poster
from tests.decision.builders import covered, reviewed
from tests.decision.builders import noticed as on_the_board
from tests.registry.builders import CHILD, FATHER, MOTHER, VILLAGE, at, household, number
from tests.registry.builders import MemberEntry as Entry
from tests.reporting.case_papers.builders import applied, matched, posted, visited
from tests.reporting.case_papers.reading import A4, pages, sizes, text

pytestmark = pytest.mark.usefixtures("places")
LEAST_POINTS = 18
NEVER = (
    FATHER.name, CHILD.name, MOTHER.id_number, FATHER.id_number, CHILD.id_number, "00012345678", "3组12号", "12号",
    "6200000000000000001", "农商银行", "残疾", "重病", "零工", "6,000", "999999", "受〔", "邻好心",
)  # fmt: skip
"""What is known of the family and may not stand on a public sheet."""


def posted_case() -> Case:
    case = applied()
    matched(case)
    visited(case)
    posted(case)
    return case


def test_the_notice_says_who_how_many_how_much_until_when_and_whom_to_tell() -> None:
    notice = PublicNotice.objects.get(case=posted_case())

    (page,) = pages(notice_poster([notice.pk]))

    for words in ("最低生活保障初审公示", "月亮村民委员会", "王秀英", "3组", "1,148.00",
                  "公示期7天（首尾两天都算）：2024年3月11日至2024年3月17日",
                  "监督电话：", "东镇民政窗口", "合计1户"):  # fmt: skip
        assert words in page, words


def test_and_nothing_else_of_the_family() -> None:
    notice = PublicNotice.objects.get(case=posted_case())

    page = text(notice_poster([notice.pk]))

    assert [words for words in NEVER if words in page] == []


def test_it_is_a4_and_what_matters_is_large() -> None:
    notice = PublicNotice.objects.get(case=posted_case())
    pdf = notice_poster([notice.pk])
    found: list[float] = []

    def note(said: str, _matrix: object, text_matrix: list[float], _font: object, size: float) -> None:
        if "王秀英" in said or "1,148.00" in said or "监督电话" in said:
            found.append(abs(text_matrix[3]) * size)

    PdfReader(io.BytesIO(pdf)).pages[0].extract_text(visitor_text=note)
    assert sizes(pdf) == {A4}
    assert found
    assert min(found) >= LEAST_POINTS


def test_cases_of_different_days_are_no_sheet() -> None:
    first, second = on_the_board(home=household()), reviewed(home=household("999999-00002", _loner()))
    post_notice(second.pk, on=date(2024, 3, 12), at=at(date(2024, 3, 12)))

    ids = list(PublicNotice.objects.filter(case__in=[first, second]).values_list("pk", flat=True))
    with pytest.raises(DecisionRefused, match="分开打印"):
        notice_poster(ids)


def _loner() -> Entry:
    return Entry(number(date(1950, 1, 20), 11), "单有福", "head")


def test_a_village_reads_who_is_covered_in_a_month() -> None:
    covered()
    day = date(2024, 4, 2)
    publish_village(VILLAGE, date(2024, 4, 1), on=day, at=at(day))

    page = text(publication_poster(VILLAGE, date(2024, 4, 1), on=day))

    for words in ("最低生活保障家庭公布", "2024年4月", "王秀英", "1,378.00", "合计1户", "2024年4月2日"):
        assert words in page, words
    assert [words for words in NEVER if words in page] == []


def test_a_village_without_covered_families_says_so() -> None:
    assert "本村（社区）本月没有保障家庭" in text(publication_poster(VILLAGE, date(2024, 4, 1), on=date(2024, 4, 2)))
