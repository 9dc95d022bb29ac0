"""草稿: kept while one types, found again after a lost session, shown to two pages side by side, dropped and back."""

from datetime import timedelta

import pytest

from opendibao.intake.drafts import drop_draft, take_back_draft
from opendibao.intake.models import Case, Draft
from opendibao.intake.refusal import IntakeRefused
from tests.registry.builders import at
from tests.web.desk import Desk
from tests.web.intake.application_form import Form, opened
from tests.web.intake.applying_family import HOME, ON, clerk, family


@pytest.fixture
def desk(county: None) -> Desk:
    family()
    return clerk()


def the_draft() -> Draft:
    return Draft.objects.get()


class TestKeeping:
    def test_a_change_is_kept_and_told(self, desk: Desk) -> None:
        page = opened(desk).live(phone="13900001111")

        assert "草稿已存，第 1 稿" in page.words
        assert page.headers["HX-Replace-Url"] == f"/applications/{the_draft().key}/"
        assert (the_draft().title, the_draft().officer) == ("王秀英", "王经办")
        assert the_draft().content["form"]["phone"] == "13900001111"

    def test_the_same_again_makes_no_new_saving(self, desk: Desk) -> None:
        form = opened(desk)
        form.live(phone="13900001111")
        form.live(phone="13900001111")
        assert the_draft().revision == 1

    def test_the_page_opens_where_it_was_left(self, desk: Desk) -> None:
        form = opened(desk)
        form.live(phone="13900001111")

        page = desk.reads(f"/applications/new/?household={HOME}")
        again = Form(desk, desk.reads(page.headers["Location"]))
        assert again.typed["phone"] == "13900001111"
        assert again.address == form.address

    def test_letters_typed_one_after_another_are_undone_together(self, desk: Desk) -> None:
        form = opened(desk)
        for text in ("1", "13", "139"):
            form.live(phone=text)
        form = Form(desk, desk.reads(form.address)).sends("undo")
        assert form.typed["phone"] == "00012345678"

    def test_rows_that_were_added_are_undone_too(self, desk: Desk) -> None:
        form = opened(desk).sends("add:i:m0:wages")
        assert "i0-amount" in form.typed
        form = form.sends("undo")
        assert "i0-amount" not in form.typed

    def test_undoing_nothing_changes_nothing(self, desk: Desk) -> None:
        form = opened(desk).sends("undo")
        assert form.typed["phone"] == "00012345678"

    def test_a_draft_with_foreign_fields_keeps_only_its_own(self, desk: Desk) -> None:
        form = opened(desk)
        desk.sends(
            form.address, **{**form.typed, "act": "save", "is_admin": "1", "m0-x<script>": "1", "i0-kind": "nope"}
        )
        kept = the_draft().content["form"]
        assert "is_admin" not in kept
        assert not any("script" in name for name in kept)
        assert desk.reads(form.address).status == 200

    def test_an_endless_text_is_cut_and_told(self, desk: Desk) -> None:
        page = opened(desk).live(m0_name="x", address="长" * 3000)
        assert page.status == 200
        assert len(the_draft().content["form"]["address"]) == 2000

    def test_the_form_without_its_window_is_refused(self, desk: Desk) -> None:
        form = opened(desk)
        page = desk.sends(form.address, act="save", phone="1")
        assert page.status == 400
        assert "请从原来的页面重新打开" in page.words

    def test_no_more_rows_than_the_rules_take(self, desk: Desk) -> None:
        form = opened(desk)
        for _ in range(3):
            form = form.sends("add:i:m0:wages")
        form.typed |= {f"i{n}-here": "1" for n in range(30)} | {f"i{n}-of": "m0" for n in range(30)}
        form = form.sends("add:i:m0:wages")
        assert "i30-here" not in form.typed


class TestTwoPages:
    def test_who_saves_second_sees_both(self, desk: Desk) -> None:
        first = opened(desk).sends("save", phone="13900001111")
        other = clerk("clerk92", "李经办")
        second = Form(other, other.reads(first.address))
        second.posts("save", phone="13911111111", m2_lives="apart")

        page = first.live(phone="13922222222")

        assert "别的页面存过这份草稿" in page.words
        assert "李经办" in page.words
        assert "电话 13911111111 13922222222" in page.words
        assert "张晓燕 · 怎样生活 不住在一起 住在一起" in page.words
        assert the_draft().content["form"]["phone"] == "13911111111"

        first.posts("overwrite", phone="13922222222")
        assert the_draft().content["form"]["phone"] == "13922222222"

    def test_the_same_officer_in_two_windows(self, desk: Desk) -> None:
        first = opened(desk).sends("save", phone="13900001111")
        second = Form(desk, desk.reads(first.address))
        second.posts("save", phone="13911111111")

        page = first.posts("save", phone="13922222222")

        assert page.status == 409
        assert "您自己在另一个窗口" in page.words
        assert Form(desk, page).typed["phone"] == "13922222222"

    def test_one_window_is_never_in_its_own_way(self, desk: Desk) -> None:
        form = opened(desk)
        for text in ("1", "2", "3"):  # every time with the revision it was opened with
            assert "草稿已存" in form.live(phone=text).words
        assert the_draft().revision == 3

    def test_another_draft_of_the_family_is_told(self, desk: Desk) -> None:
        opened(desk).sends("save", phone="13900001111")
        page = opened(clerk("clerk92", "李经办")).page
        assert "王经办还有这一家的草稿没有提交" in page.words

    def test_a_filed_draft_leads_to_its_case(self, desk: Desk) -> None:
        form = opened(desk).sends("save", phone="13900001111")
        form.posts("file", promise="on")
        page = desk.reads(form.address)
        assert page.status == 302
        assert page.headers["Location"] == f"/cases/{Case.objects.get().pk}/"


class TestLost:
    def test_what_was_typed_when_the_session_ran_out_comes_back(self, desk: Desk) -> None:
        form = opened(desk).sends("save", phone="13900001111")
        desk.client.session.flush()
        page = desk.sends(form.address, **{**form.typed, "phone": "13922222222", "act": "save"})
        assert page.status == 401

        session = Desk(desk.officer)
        store = session.client.session
        store["kept"] = {
            "path": form.address,
            "fields": {k: [v] for k, v in {**form.typed, "phone": "13922222222"}.items()},
        }
        store.save()
        again = Form(session, session.reads(form.address))

        assert "您刚才填的内容已找回" in again.page.words
        assert again.typed["phone"] == "13922222222"
        again.posts("save")
        assert the_draft().content["form"]["phone"] == "13922222222"


class TestList:
    def test_it_is_listed_dropped_and_taken_back(self, desk: Desk) -> None:
        form = opened(desk).sends("save", phone="13900001111")
        page = desk.reads("/applications/drafts/")
        assert "王秀英 东镇月亮村民委员会 王经办" in page.words
        assert page.link("王秀英") == form.address

        page = desk.follows(desk.does(page.link("丢弃")))
        assert "已丢弃草稿" in page.words
        assert "填到一半的申请会自动存在这里" in page.words
        page = desk.reads("/applications/drafts/?dropped=1")
        page = desk.follows(desk.does(page.link("找回")))
        assert page.link("王秀英") == form.address

    def test_a_dropped_one_comes_back_when_somebody_goes_on_typing(self, desk: Desk) -> None:
        form = opened(desk).sends("save", phone="13900001111")
        drop_draft(the_draft().key, at=at(ON))
        form.posts("save", phone="13922222222")
        assert the_draft().dropped_at is None

    def test_after_thirty_days_it_is_gone(self, desk: Desk) -> None:
        opened(desk).sends("save", phone="13900001111")
        key = the_draft().key
        drop_draft(key, at=at(ON) - timedelta(days=30))
        assert take_back_draft(key, at=at(ON)).dropped_at is None
        drop_draft(key, at=at(ON) - timedelta(days=30, seconds=1))
        with pytest.raises(IntakeRefused, match="丢弃超过30天，不能找回"):
            take_back_draft(key, at=at(ON))
        assert "王秀英" not in desk.reads("/applications/drafts/?dropped=1").words

    def test_twice_is_told(self, desk: Desk) -> None:
        opened(desk).sends("save", phone="13900001111")
        key = the_draft().key
        with pytest.raises(IntakeRefused, match="没有丢弃"):
            take_back_draft(key, at=at(ON))
        drop_draft(key, at=at(ON))
        with pytest.raises(IntakeRefused, match="已经丢弃"):
            drop_draft(key, at=at(ON))

    def test_an_unknown_draft_is_not_there(self, desk: Desk) -> None:
        key = "0" * 32
        for address in (
            f"/applications/{key}/",
            f"/applications/{key}/drop/",
            f"/applications/{key}/take-back/",
            "/applications/x/",
        ):
            assert desk.reads(address).status == 404
        with pytest.raises(IntakeRefused, match="没有这份草稿"):
            drop_draft(key, at=at(ON))

    def test_a_filed_one_is_not_dropped(self, desk: Desk) -> None:
        opened(desk).posts("file", promise="on")
        with pytest.raises(IntakeRefused, match="已经提交为案件"):
            drop_draft(the_draft().key, at=at(ON))
