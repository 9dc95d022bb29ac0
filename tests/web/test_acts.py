"""办事: a form is done once however often it arrives, and what was typed before signing in again comes back."""

import pytest
from django.db import IntegrityError, transaction
from django.test import override_settings

from opendibao.audit.models import Event, Submission
from opendibao.audit.submissions import DoneBefore, keep_submission
from opendibao.outreach.actions import open_ticket
from opendibao.outreach.models import HotlineTicket
from opendibao.web import access
from tests.conftest import ActAs
from tests.payment.builders import VILLAGE, at, divisions
from tests.web.desk import OTHER_TOWN, TOWN, Desk, hired
from tests.web.test_acts_tickets import ANSWER, CALL, NEW, TODAY, ticket

KEY = "0123456789abcdef" * 2


@pytest.fixture
def clerk(county: None) -> Desk:
    divisions()
    return Desk(hired("clerk91", "王经办"))


def kept(key: str = KEY, division: str = VILLAGE) -> None:
    keep_submission(key, division=division, subject="", content="", at=at(TODAY), led_to="/", said="好")


def test_the_same_form_sent_twice_is_done_once_and_leads_to_the_same_place(clerk: Desk) -> None:
    opened = clerk.opens(NEW)
    sent = [clerk.sends(NEW, **{**opened, **CALL}) for _ in range(3)]

    assert {page.headers["Location"] for page in sent} == {f"/hotline/?done={opened['key']}"}
    assert HotlineTicket.objects.count() == 1
    assert Submission.objects.count() == 1
    assert Event.objects.filter(action="接热线").count() == 1


def test_the_same_form_sent_with_other_words_is_not_swallowed(clerk: Desk) -> None:
    opened = clerk.opens(NEW)
    clerk.sends(NEW, **{**opened, **CALL})
    other = {**CALL, "number": "热2025-0002", "summary": "另一件事"}

    page = clerk.sends(NEW, **{**opened, **other})

    assert page.status == 409
    assert "这张表刚才已经办过 已登记工单 热2025-0001" in page.words
    assert "另一件事" in page.html
    assert clerk.sends(NEW, **{**clerk.hidden(page), **other}).status == 303
    assert HotlineTicket.objects.count() == 2


def test_what_was_said_is_read_by_him_who_sent_it_and_by_nobody_else(clerk: Desk) -> None:
    led_to = clerk.does(NEW, **CALL).headers["Location"]
    colleague = Desk(hired("clerk92", "李经办"))

    assert "已登记工单" in clerk.reads(led_to).words
    assert "已登记工单" not in colleague.reads(led_to).words
    assert colleague.reads("/hotline/?done=%00x").status == 400
    assert colleague.reads("/hotline/?done=<script>").status == 200


@pytest.mark.parametrize("key", ["", "x", KEY[:-1], KEY.upper(), "'; DROP TABLE audit_submission; --"])
def test_a_form_without_its_key_is_refused_in_words(clerk: Desk, key: str) -> None:
    page = clerk.sends(NEW, **{**clerk.opens(NEW), **CALL, "key": key})

    assert page.status == 400
    assert "表单不完整，请从原来的页面重新打开这张表" in page.words


def test_a_refused_form_leaves_nothing_behind_and_may_be_sent_again(clerk: Desk) -> None:
    ticket()
    opened = clerk.opens(ANSWER)
    assert clerk.sends(ANSWER, **{**opened, "answered_on": "2025-01-05", "answer": "查实"}).status == 422
    assert not Submission.objects.exists()

    assert clerk.sends(ANSWER, **{**opened, "answered_on": "2025-01-06", "answer": "查实"}).status == 303


def test_what_was_typed_before_the_session_ended_comes_back_with_its_key(clerk: Desk) -> None:
    opened = clerk.opens(NEW)
    session = clerk.client.session
    session["kept"] = {
        "path": NEW, "fields": {**{name: [value] for name, value in opened.items()}, "summary": ["写了一半的话"]}
    }  # fmt: skip
    session.save()

    page = clerk.reads(NEW)

    assert "您刚才填的内容已找回，请核对后再提交" in page.words
    assert "写了一半的话" in page.html
    assert clerk.hidden(page) == opened


def test_who_sends_without_a_session_signs_in_and_finds_his_words_again(clerk: Desk) -> None:
    opened = clerk.opens(NEW)
    clerk.client.session.flush()
    with override_settings(OPENDIBAO_SYNTHETIC=False):
        page = clerk.sends(NEW, **{**opened, **CALL})

    assert "您填的内容还在" in page.words
    assert not HotlineTicket.objects.exists()


def test_a_form_opens_to_those_whom_its_action_lets_do_it() -> None:
    from opendibao.intake.actions import contact_lead, record_lead
    from opendibao.outreach.actions import answer_ticket
    from opendibao.registry.actions import change_account, move_household

    for action in (open_ticket, answer_ticket):
        assert action.duties == access.TICKETS  # type: ignore[attr-defined]
    for action in (record_lead, contact_lead):
        assert action.duties == access.FINDERS  # type: ignore[attr-defined]
    for action in (change_account, move_household):
        assert action.duties == access.FILES  # type: ignore[attr-defined]


@pytest.mark.usefixtures("county")
class TestSubmission:
    def test_a_form_is_done_once(self) -> None:  # a_form_is_done_once
        kept()
        with pytest.raises(IntegrityError, match="a_form_is_done_once"), transaction.atomic():
            Submission.objects.create(key=KEY, officer="甲", division=VILLAGE, content="", at=at(TODAY))

    def test_it_is_neither_changed_nor_removed(self) -> None:
        kept()
        for change in (lambda: Submission.objects.update(said="坏"), lambda: Submission.objects.all().delete()):
            with pytest.raises(IntegrityError, match="只能追加"), transaction.atomic():
                change()


def test_another_townships_form_is_neither_seen_nor_done_again(act_as: ActAs) -> None:
    with act_as("360429100"):
        kept(division=TOWN)
    with act_as("360429101"):
        assert not Submission.objects.exists()
        with pytest.raises(DoneBefore):
            kept(division=OTHER_TOWN)
