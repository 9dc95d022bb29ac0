"""核算说明: the paper opens from the household's page, is noted in the view log, and refuses what is not there."""

import pytest
from django.test import Client

from opendibao.audit.queries import views_of
from tests.decision.builders import covered
from tests.decision.conftest import places
from tests.web.conftest import Reader

__all__ = ["places"]
NUMBER = "999999-00001"
pytestmark = pytest.mark.usefixtures("places")


def opened(address: str) -> tuple[int, str, bytes]:
    response = Client(raise_request_exception=False).get(address)
    return response.status_code, response.headers["Content-Type"], response.content


@pytest.mark.usefixtures("county")
def test_both_papers_open_from_the_page_and_are_on_record(read: Reader) -> None:
    covered()
    page = read(f"/households/{NUMBER}/")

    for words in ("核算说明（给家庭）", "核算说明（给审计）"):
        status, kind, content = opened(page.link(words))
        assert (status, kind) == (200, "application/pdf")
        assert content.startswith(b"%PDF")

    assert {view.page for view in views_of(NUMBER)} == {"家庭主页", "核算说明（给家庭）", "核算说明（给审计）"}


def test_the_page_says_what_would_change_it_what_is_kept_and_what_else_there_is(read: Reader) -> None:
    covered()

    words = read(f"/households/{NUMBER}/").words

    assert "全家月收入再多1,303.34元，结果由“低保”变为“低保边缘家庭”" in words  # 15640 ÷ 12
    assert "李建国每月多挣100.00元，月保障金少100.00元，全家到手一样多" in words
    assert "王秀英有劳动能力而没有工作" not in words  # she farms
    assert "医疗救助" in words


@pytest.mark.usefixtures("county")
def test_without_a_number_of_a_decision_it_is_the_last_one(read: Reader) -> None:
    covered()

    assert opened(f"/households/{NUMBER}/calculation/family/")[0] == 200


@pytest.mark.parametrize(
    "address",
    [
        f"/households/{NUMBER}/calculation/press/",
        f"/households/{NUMBER}/calculation/family/?decision=0",
        f"/households/{NUMBER}/calculation/family/?decision=x",
        "/households/999999-09999/calculation/family/",
    ],
)
def test_what_is_not_there_is_not_found_and_leaves_no_trace(read: Reader, address: str) -> None:
    covered()

    assert read(address).status == 404
    assert not views_of(NUMBER)
