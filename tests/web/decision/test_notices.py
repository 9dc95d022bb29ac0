"""公示的页: a village is posted together, the sheet says nothing but what may be public, and it comes down in time."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opendibao.decision.models import PublicNotice
from opendibao.intake.models import Attachment
from opendibao.intake.queries import case as case_row
from tests.decision.builders import family, meet, noticed, surveyed
from tests.decision.test_notice import photo
from tests.decision.villages import objected, procedure
from tests.registry.builders import CHILD, FATHER, LONER, MOTHER, VILLAGE, divisions, household
from tests.web.conftest import page_of
from tests.web.decision.townships import TODAY, clerk, one_noticed, one_reviewed, stranger, two_surveyed

NEW = f"/notices/new/?division={VILLAGE}"
pytestmark = pytest.mark.usefixtures("county")
# what the case and the registry know of the family and no sheet may say
SECRET = (
    MOTHER.id_number, FATHER.id_number, CHILD.id_number, MOTHER.id_number[-4:], "6200000000000000001",
    "00012345678", CHILD.name, FATHER.name, "12号", "尿毒症", "severe_illness", "一级",
)  # fmt: skip


def ill_family() -> dict[str, object]:
    facts = family()
    facts["members"][0] |= {"severe_illness": True}
    facts["members"][1] |= {"disability": {"kind": "physical", "grade": 1}}
    return facts


class TestPosting:
    def test_the_preview_shows_what_will_hang_and_why_a_case_may_not(self) -> None:
        reviewed, waiting = two_surveyed()
        meet(reviewed)

        page = clerk().reads(NEW)

        assert "3组 王秀英 3 1,378.00" in page.words
        assert f"案件{waiting.number}还没有民主评议" in page.words
        assert f'name="cases" value="{reviewed.pk}"' in page.html
        assert f'name="cases" value="{waiting.pk}"' not in page.html

    def test_all_that_is_ticked_is_posted_on_one_sheet(self) -> None:
        both = two_surveyed()
        meet(*both)
        desk, (name, content) = clerk(), photo()
        sent = {
            **desk.opens(NEW), "cases": [str(case.pk) for case in both], "posted_on": TODAY, "places": "公开栏\n小卖部",
            "photo": SimpleUploadedFile(name, content),
        }  # fmt: skip

        page = desk.follows(page_of(desk.client.post(NEW, sent)))  # type: ignore[arg-type]

        assert "已张贴 2 户，公示到 2025-01-12" in page.words
        assert "公开栏、小卖部" in page.words
        assert Attachment.objects.filter(kind="posted").count() == 2
        assert {case_row(case.pk).state for case in both} == {"noticed"}

    def test_places_of_the_last_sheet_are_offered_again(self) -> None:
        both = two_surveyed()
        meet(*both)
        desk = clerk()
        desk.does(NEW, cases=str(both[0].pk), posted_on=TODAY, places="公开栏\n小卖部")

        assert "公开栏\n小卖部" in desk.reads(NEW).html

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"cases": ""}, "一件也没有选"),
            ({"cases": "99"}, "没有这个案件"),
            ({"cases": "x"}, "已经不能办，请刷新后重选"),
            ({"places": ""}, "请填写“张贴地点”"),
            ({"places": "x" * 61}, "应在1到60字之间"),
            ({"posted_on": "2025-01-07"}, "还没有到"),
            ({"posted_on": "2024-03-05"}, "还没有入户调查"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_posted(self, typed: dict[str, str], said: str) -> None:
        case = one_reviewed()
        good = {"cases": str(case.pk), "posted_on": TODAY, "places": "公开栏"}

        page = clerk().does(NEW, **{**good, **typed})

        assert page.status == 422
        assert said in page.words
        assert not PublicNotice.objects.exists()

    def test_a_file_that_is_no_picture_is_refused_in_words(self) -> None:
        case = one_reviewed()
        desk = clerk()
        svg = SimpleUploadedFile("榜.jpg", b"<svg onload='alert(1)'/>")
        sent = {**desk.opens(NEW), "cases": str(case.pk), "posted_on": TODAY, "places": "公开栏", "photo": svg}

        page = page_of(desk.client.post(NEW, sent))  # type: ignore[arg-type]

        assert page.status == 422
        assert "公示张贴照片“榜.jpg”" in page.words
        assert case_row(case.pk).state == "reviewed"

    def test_where_nothing_may_be_posted_it_says_why(self) -> None:
        waiting, _other = two_surveyed()

        words = clerk().reads(NEW).words

        assert "现在没有可以张贴的案件" in words
        assert f"王秀英 案件{waiting.number}还没有民主评议" in words

    def test_not_before_the_village_voted(self) -> None:
        case = one_reviewed()  # on 8 March

        page = clerk().does(NEW, cases=str(case.pk), posted_on="2024-03-07", places="公开栏")

        assert f"案件{case.number}在2024-03-08才评议，2024-03-07还不能公示" in page.words

    def test_from_a_case_only_it_is_ticked(self) -> None:
        both = two_surveyed()
        meet(*both)
        desk = clerk()

        there = desk.reads(f"/cases/{both[0].pk}/notice/").headers["Location"]
        html = desk.reads(there).html

        assert there == f"{NEW}&case={both[0].pk}"
        assert [html.count(f'value="{case.pk}" id="id_cases_{n}" checked') for n, case in enumerate(both)] == [1, 0]

    def test_two_clerks_post_a_village_once(self) -> None:
        case = one_reviewed()
        typed = {"cases": str(case.pk), "posted_on": TODAY, "places": "公开栏"}
        second = clerk("clerk92", "李经办")
        opened = second.opens(NEW)
        clerk().does(NEW, **typed)

        page = second.sends(NEW, **{**opened, **typed})

        assert page.status == 409
        assert "王经办" in page.words
        assert PublicNotice.objects.count() == 1


class TestSheet:
    def test_it_says_group_name_persons_amount_days_and_phone(self) -> None:
        one_noticed()

        words = clerk().reads(f"/notices/{PublicNotice.objects.get().pk}/").words

        assert "2024-03-11 至 2024-03-17（7 天）" in words
        assert "3组 王秀英 3 1,378.00" in words
        assert "监督电话 0000-0000002" in words

    def test_it_says_nothing_else_of_the_family(self) -> None:
        divisions()
        case = surveyed(ill_family())
        meet(case)
        desk = clerk()
        desk.does(NEW, cases=str(case.pk), posted_on=TODAY, places="公开栏")

        html = desk.reads(f"/notices/{PublicNotice.objects.get().pk}/").html

        assert "王秀英" in html
        assert [secret for secret in SECRET if secret in html] == []

    def test_the_list_counts_the_days(self) -> None:
        case = one_reviewed()
        desk = clerk()
        desk.does(NEW, cases=str(case.pk), posted_on="2025-01-02", places="公开栏")

        assert "2025-01-02 东镇月亮村民委员会 1 3 1,378.00 2025-01-08 还有 2 天" in desk.reads("/notices/").words
        assert "这里没有公示榜" in desk.reads("/notices/?state=over").words
        assert desk.reads("/notices/?state=nonsense").status == 400

    def test_it_comes_down_after_its_days(self) -> None:
        one_noticed()
        notice, desk = PublicNotice.objects.get(), clerk()
        address = f"/notices/{notice.pk}/take-down/"

        early = desk.does(address, on="2024-03-17")
        page = desk.follows(desk.does(address, on="2024-03-18"))

        assert "公示到2024-03-17为止，最早第二天撤下" in early.words
        assert "已登记撤下 1 户的公示" in page.words
        assert "这张榜已经撤下" in desk.reads(address).words
        assert "已撤下" in desk.reads("/notices/").words

    def test_another_townships_sheet_is_not_there(self) -> None:
        one_noticed()
        notice, far = PublicNotice.objects.get(), stranger()

        assert far.reads(f"/notices/{notice.pk}/").status == 404
        assert far.reads(f"/notices/{notice.pk}/take-down/").status == 404
        assert far.reads(NEW).status == 404
        assert "王秀英" not in far.reads("/notices/").html

    def test_a_minor_who_is_the_head_is_not_named(self) -> None:
        from opendibao.registry.entries import MemberEntry

        divisions()
        home = household("999999-00009", MemberEntry(CHILD.id_number, CHILD.name, "head"), LONER_AS_UNCLE)
        case = surveyed(home=home)
        meet(case)
        desk = clerk()

        assert CHILD.name not in desk.reads(NEW).html
        desk.does(NEW, cases=str(case.pk), posted_on=TODAY, places="公开栏")
        html = desk.reads(f"/notices/{PublicNotice.objects.get().pk}/").html

        assert LONER.name in html
        assert CHILD.name not in html


LONER_AS_UNCLE = type(LONER)(LONER.id_number, LONER.name, "uncle")


@pytest.mark.parametrize(
    ("way", "outcome", "said", "where"),
    [
        ("national-2021", "groundless", "公示期满，把案件报县民政局", "报县审核"),
        ("national-2021", "review", "开民主评议会，逐户表决", "登记评议会"),
        ("national-2026-township", "groundless", "由乡镇审核确认", ""),
    ],
)
def test_after_its_days_the_cases_page_says_what_its_own_procedure_wants(
    way: str, outcome: str, said: str, where: str, county: None
) -> None:
    divisions()
    with procedure(way):
        case = noticed()
    objected(case, outcome)

    page = clerk().reads(f"/cases/{case.pk}/")

    assert f"下一步 {said}" in page.words
    assert "把案件报县民政局" not in page.words or way == "national-2021"
    assert not where or page.link(where)
