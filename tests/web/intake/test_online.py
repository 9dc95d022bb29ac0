"""网上申请的页面: anybody applies without signing in; a clerk takes it over or answers; one asks how it stands."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from django.test import Client, override_settings

from opendibao.intake.models import OnlineApplication
from opendibao.kernel.ids import make_id_number
from opendibao.web.intake.apply import is_open
from opendibao.web.intake.status_tries import is_stopped, note_failure
from tests.conftest import ActAs
from tests.payment.builders import FAR_VILLAGE, VILLAGE, Family, divisions
from tests.web.conftest import Page, page_of
from tests.web.desk import Desk, hired

KEY = re.compile(r'name="key" value="([0-9a-f]{32})"')
DOORS = ("/apply/", "/apply/status/")


def person(sequence: int = 4) -> str:
    return make_id_number("999999", date(1970, 5, 6), sequence)


TYPED = {
    "applicant": "刘小梅", "id_number": person(), "phone": "00012345678", "division": VILLAGE, "address": "3组12号",
    "causes": ["illness", "school"], "reason": "丈夫住院，孩子上学", "income": "种三亩田", "property": "",
    "name_1": "刘大", "relation_1": "child", "number_1": "", "promise": "on",
}  # fmt: skip


class Visitor:
    """Somebody on his telephone, not signed in."""

    def __init__(self) -> None:
        self.client = Client(raise_request_exception=False)

    def reads(self, address: str) -> Page:
        return page_of(self.client.get(address))  # type: ignore[arg-type]

    def sends(self, address: str, /, **typed: object) -> Page:
        return page_of(self.client.post(address, typed))  # type: ignore[arg-type]

    def applies(self, **more: object) -> Page:
        key = KEY.search(self.reads("/apply/").html)
        assert key
        return self.sends("/apply/", **{**TYPED, "key": key[1], **more})

    def receipt(self, page: Page) -> str:
        assert page.status == 303, page.words
        found = re.search(r"W\d{6}-\w{6}", self.reads(unescape(page.headers["Location"])).words)
        assert found
        return found[0]


@pytest.fixture
def visitor(act_as: ActAs) -> Visitor:  # type: ignore[misc]
    """The county has its places; the site is not the demonstration, so that a visitor is nobody."""
    with act_as("360429"):
        divisions()
    with act_as("", ""), override_settings(OPENDIBAO_SYNTHETIC=False):
        yield Visitor()


def clerk(username: str = "clerk84", name: str = "王经办") -> Desk:
    return Desk(hired(username, name))


class TestApplying:
    def test_the_page_opens_to_everybody_and_shows_no_officers_page(self, visitor: Visitor) -> None:
        for address in DOORS:
            page = visitor.reads(address)
            assert page.status == 200
            assert page.html.count("<h1") == 1
            assert "/households/" not in page.html
            assert "style=" not in page.html
        assert set(visitor.client.cookies) == {"csrftoken"}

    def test_an_application_gets_its_receipt_number(self, visitor: Visitor) -> None:
        receipt = visitor.receipt(visitor.applies())

        assert visitor.reads("/apply/done/?n=x").status == 404
        page = visitor.sends("/apply/status/", number=receipt.lower(), tail=person()[-4:])
        assert "已收到。工作人员会打电话联系您。" in page.words
        assert "刘小梅" not in page.words

    def test_the_same_form_sent_twice_is_one_application(self, visitor: Visitor) -> None:
        first = visitor.applies(key="f" * 32)

        assert visitor.receipt(first) == visitor.receipt(visitor.applies(key="f" * 32))

    def test_what_was_corrected_after_going_back_is_not_lost(self, visitor: Visitor) -> None:
        first = visitor.applies(key="f" * 32)

        assert visitor.receipt(first) != visitor.receipt(visitor.applies(key="f" * 32, reason="丈夫住院，借了钱"))

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            ({"applicant": ""}, "请填写“您的姓名”"),
            ({"id_number": "123"}, "应为18位"),
            ({"division": "360429100000"}, "没有这一项"),
            ({"promise": ""}, "请勾上“以上是真实的"),
            ({"reason": "长" * 301}, "最多 300 个字，现在有 301 个"),
            ({"name_2": "", "relation_2": "child"}, "第 2 位成员没有填姓名"),
            ({"causes": ["magic"]}, "里没有“magic”"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
        self, visitor: Visitor, more: dict[str, object], said: str
    ) -> None:
        page = visitor.applies(**more)

        assert page.status == 422
        assert said in page.words
        assert "还没有提交，请改正" in page.words
        assert "3组12号" in page.html

    def test_the_fourth_of_a_day_is_refused_in_words(self, visitor: Visitor) -> None:
        for _time in range(3):
            visitor.applies()

        page = visitor.applies()

        assert page.status == 422
        assert "请明天再试，或者到乡镇民政窗口办理" in page.words

    def test_where_it_is_not_put_into_practice_the_page_says_where_to_go(
        self, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("opendibao.web.intake.apply.is_open", lambda day: False)

        page = visitor.reads("/apply/")

        assert "本县还没有开通网上申请" in page.words
        assert "<form" not in page.html.split("<main", 1)[1]
        assert "本县还没有开通" in visitor.sends("/apply/", **TYPED, key="f" * 32).words
        assert not is_open(date(2021, 6, 30))

    def test_a_form_of_another_site_is_refused(self, visitor: Visitor) -> None:
        strict = Client(enforce_csrf_checks=True, raise_request_exception=False)

        assert strict.post("/apply/", TYPED).status_code == 403

    @pytest.mark.parametrize("address", DOORS)
    def test_only_reading_and_sending_are_known(self, visitor: Visitor, address: str) -> None:
        assert visitor.client.delete(address).status_code == 405


class TestStatus:
    def test_who_guesses_is_stopped(self, visitor: Visitor) -> None:
        receipt = visitor.receipt(visitor.applies())

        said = [visitor.sends("/apply/status/", number=receipt, tail="0001").status for _try in range(5)]
        right = visitor.sends("/apply/status/", number=receipt, tail=person()[-4:])

        assert said == [404] * 5
        assert right.status == 429
        assert "过一小时再查" in right.words

    def test_after_an_hour_one_may_ask_again(self) -> None:
        now = datetime(2025, 1, 6, tzinfo=UTC)
        for _try in range(5):
            note_failure("W1", "10.0.0.1", now)

        assert is_stopped("W1", "10.0.0.2", now + timedelta(minutes=59))
        assert not is_stopped("W1", "10.0.0.2", now + timedelta(hours=1))
        assert not is_stopped("W2", "10.0.0.1", now)

    def test_who_tries_one_number_after_the_other_is_stopped_too(self) -> None:
        now = datetime(2025, 1, 7, tzinfo=UTC)
        for place in range(60):
            note_failure(f"受〔2025〕{place:05d}号", "10.0.0.3", now)

        assert is_stopped("受〔2025〕00999号", "10.0.0.3", now)
        assert not is_stopped("受〔2025〕00999号", "10.0.0.4", now)

    def test_both_are_asked_for(self, visitor: Visitor) -> None:
        page = visitor.sends("/apply/status/", number="", tail="")

        assert page.status == 422
        assert "请填写“回执号或者案号”" in page.words


class TestClerk:
    def test_what_waits_stands_in_the_clerks_work_of_today(self, visitor: Visitor, act_as: ActAs) -> None:
        visitor.applies()
        with act_as("360429"):
            assert "网上申请：刘小梅" in clerk().reads("/today/").words

    def test_he_takes_it_over_with_everything_the_family_wrote(self, visitor: Visitor, act_as: ActAs) -> None:
        receipt = visitor.receipt(visitor.applies())
        with act_as("360429"):
            desk = clerk()
            listed = desk.reads("/online/")
            page = desk.reads(listed.link(receipt))
            opened = desk.reads(page.link("接办，登记申请"))

        assert "刘小梅" in listed.words
        assert person() not in listed.words  # only its ends
        assert "生病、孩子上学" in page.words
        assert "丈夫住院，孩子上学" in page.words
        assert opened.status == 200
        for written in ("刘小梅", "刘大", "3组12号", "00012345678", person()):
            assert written in opened.html, written

    def test_a_family_of_the_registry_opens_with_its_own_file(self, visitor: Visitor, act_as: ActAs) -> None:
        with act_as("360429"):
            known = Family("A1").enter().people[0]
        visitor.applies(id_number=known.id_number)
        with act_as("360429"):
            row = OnlineApplication.objects.get()
            way = clerk().reads(f"/online/{row.pk}/").link("接办，登记申请")

        assert way == f"/applications/new/?online={row.pk}&household=A1"

    def test_he_answers_and_the_family_reads_it(self, visitor: Visitor, act_as: ActAs) -> None:
        receipt = visitor.receipt(visitor.applies())
        with act_as("360429"):
            desk = clerk()
            row = OnlineApplication.objects.get()
            page = desk.follows(
                desk.does(f"/online/{row.pk}/answer/", answered_on="2025-01-06", answer="请到户籍地申请")
            )
            assert "没有等办的网上申请" in page.words
            assert "已于 2025-01-06 办理" in desk.reads(f"/online/{row.pk}/answer/").words
        with act_as("", ""):
            found = visitor.sends("/apply/status/", number=receipt, tail=person()[-4:])
        assert "请到户籍地申请" in found.words

    def test_another_township_sees_nothing_of_it(self, visitor: Visitor, act_as: ActAs) -> None:
        receipt = visitor.receipt(visitor.applies(division=FAR_VILLAGE))
        with act_as("360429"):
            desk, row = clerk(), OnlineApplication.objects.get()
            assert receipt not in desk.reads("/online/?view=all").words
            assert desk.reads(f"/online/{row.pk}/").status == 404
            assert desk.reads(f"/online/{row.pk}/answer/").status == 404
