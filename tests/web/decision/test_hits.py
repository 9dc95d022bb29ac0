"""差异核对、初审、复核决定的页面: what a hit would change, four keys, and what the township and the county do next."""

from datetime import date

import pytest

from opendibao.decision.models import Decision, FirstOpinion
from opendibao.intake.models import Case
from opendibao.verification.models import MatchResult
from tests.decision import waiting
from tests.decision.builders import review
from tests.decision.reported import DECEMBER, facts_of, verified
from tests.registry.builders import divisions
from tests.web.desk import Desk, county_desk, hired


@pytest.fixture
def checker(county: None) -> Desk:
    divisions()
    return county_desk()


@pytest.fixture
def ids(checker: Desk) -> waiting.Waiting:
    return waiting.whole()


class TestHits:
    def test_the_largest_effect_stands_first_with_both_amounts(self, checker: Desk, ids: waiting.Waiting) -> None:
        page = checker.reads(f"/cases/{ids.doubtful_case}/hits/")

        assert "● 不符合条件，补差 740.00 → 0" in page.words
        assert page.words.index("银行存款合计86000元") < page.words.index("摩托车一辆")
        assert "✓ 维持申报：同名不同人" in page.words
        assert f'data-hit="/cases/{ids.doubtful_case}/hits/{ids.open_hit}/"' in page.html

    def test_a_key_opens_the_form_with_its_answer_chosen(self, checker: Desk, ids: waiting.Waiting) -> None:
        page = checker.reads(f"/cases/{ids.doubtful_case}/hits/{ids.open_hit}/?key=2")

        assert '<option value="keep_declaration" selected>' in page.html

    def test_an_answer_without_a_reason_is_not_taken(self, checker: Desk, ids: waiting.Waiting) -> None:
        address = f"/cases/{ids.doubtful_case}/hits/{ids.open_hit}/"

        page = checker.does(address, disposition="accept_record", reason="")

        assert page.status == 422
        assert "请选一个原因，或者填写“理由”" in page.words

    def test_it_is_answered_and_taken_back(self, checker: Desk, ids: waiting.Waiting) -> None:
        address = f"/cases/{ids.doubtful_case}/hits/{ids.open_hit}/"

        page = checker.follows(checker.does(address, disposition="accept_record", reason="存折已看过"))
        assert "已处置为“采信”" in page.words
        assert "采信了核对信息或建议终止" in checker.reads(f"/approvals/{ids.doubtful_case}/").words

        page = checker.follows(checker.does(f"{address}undo/"))
        assert "已撤回处置" in page.words
        assert MatchResult.objects.get(pk=ids.open_hit).disposition == ""

    def test_a_hit_of_another_case_is_not_there(self, checker: Desk, ids: waiting.Waiting) -> None:
        assert checker.reads(f"/cases/{ids.clean_case}/hits/{ids.open_hit}/").status == 404

    def test_a_case_without_hits_says_so(self, checker: Desk, ids: waiting.Waiting) -> None:
        assert "没有核到信息" in checker.reads(f"/cases/{ids.clean_case}/hits/").words


class TestTheTownshipsOpinion:
    def test_the_rules_say_what_is_proposed_and_the_leader_signs(self, checker: Desk, ids: waiting.Waiting) -> None:
        clerk = Desk(hired("clerk91", "王经办"))
        page = clerk.reads(f"/cases/{ids.verified_case}/opinion/")
        assert "拟同意 保障 1 人 每月 740.00 元（柒佰肆拾元整）" in page.words

        page = clerk.follows(clerk.does(f"/cases/{ids.verified_case}/opinion/", leader="郑镇长", reason=""))

        assert "已提出初审意见：拟同意" in page.words
        assert FirstOpinion.objects.get(case=ids.verified_case).leader == "郑镇长"

    def test_a_refusal_is_reported_without_a_notice(self, checker: Desk) -> None:
        clerk = Desk(hired("clerk91", "王经办"))
        case = verified(1, facts_of(1, assets=200_000), DECEMBER)
        assert "拟不同意" in clerk.reads(f"/cases/{case.pk}/opinion/").words
        clerk.does(f"/cases/{case.pk}/opinion/", leader="郑镇长")

        page = clerk.follows(clerk.does(f"/cases/{case.pk}/report/"))

        assert "已报县审核" in page.words
        assert Case.objects.get().state == "reported"

    def test_a_grant_waits_until_the_notice_has_run(self, checker: Desk, ids: waiting.Waiting) -> None:
        clerk = Desk(hired("clerk91", "王经办"))
        early = verified(9, days=DECEMBER)
        clerk.does(f"/cases/{early.pk}/opinion/", leader="郑镇长")

        page = clerk.does(f"/cases/{early.pk}/report/")

        assert page.status == 422
        assert "公示未满，不能报县，请先张贴公示" in page.words
        assert "已报县审核" in clerk.follows(clerk.does(f"/cases/{ids.noticed_case}/report/")).words


class TestReviews:
    def test_nothing_changed_keeps_the_decision(self, checker: Desk, ids: waiting.Waiting) -> None:
        address = f"/cases/{ids.review_case}/change/"
        assert "结果 不变" in checker.reads(address).words
        assert "独居803" in checker.reads("/approvals/?view=review").words

        page = checker.follows(checker.does(address, cause="members"))

        assert "复核不变" in page.words
        assert Decision.objects.filter(case=ids.review_case).count() == 0

    def test_a_stop_needs_a_cause_that_the_rules_bear_out(self, checker: Desk, ids: waiting.Waiting) -> None:
        case = self.review_of(ids, assets=200_000)
        address = f"/cases/{case.pk}/change/"
        assert "结果 停发" in checker.reads(address).words

        page = checker.follows(checker.does(address, cause="property"))

        assert "你家不再享受最低生活保障" in page.words
        assert Decision.objects.get(case=case).cause == "property"

    def test_one_that_left_of_its_own_will_is_stopped(self, checker: Desk, ids: waiting.Waiting) -> None:
        page = checker.follows(checker.does(f"/cases/{ids.review_case}/change/", cause="voluntary"))

        assert "你家书面提出不再享受最低生活保障" in page.words

    def review_of(self, ids: waiting.Waiting, assets: int) -> Case:
        """Another household of the batch, found to have so much."""
        decision = Decision.objects.get(pk=ids.batched)
        number = int(decision.household.number.rpartition("-")[2])
        return review(decision, facts_of(number, assets), on=date(2025, 1, 2))

    def test_an_application_is_no_review(self, checker: Desk, ids: waiting.Waiting) -> None:
        assert checker.reads(f"/cases/{ids.clean_case}/change/").status == 404


class TestByTheKeyboard:
    def test_each_key_offers_its_own_reasons_with_letters(self, checker: Desk, ids: waiting.Waiting) -> None:
        page = checker.reads(f"/cases/{ids.doubtful_case}/hits/{ids.open_hit}/?key=4")

        assert "a 财产超过规定" in page.words
        assert "家庭确认属实" not in page.words

    def test_a_reason_alone_is_enough_unless_it_asks_for_words(self, checker: Desk, ids: waiting.Waiting) -> None:
        address = f"/cases/{ids.doubtful_case}/hits/{ids.open_hit}/"
        page = checker.does(address, disposition="keep_declaration", why="keep_declaration:gone")
        assert page.status == 422
        assert "选这个原因的，还要在“理由”里写明情况" in page.words

        checker.does(address, disposition="accept_record", why="accept_record:papers")
        row = MatchResult.objects.get(pk=ids.open_hit)
        assert (row.reason_code, row.reason) == ("papers", "看过凭证属实")

    def test_a_reason_of_another_answer_is_not_taken(self, checker: Desk, ids: waiting.Waiting) -> None:
        page = checker.does(
            f"/cases/{ids.doubtful_case}/hits/{ids.open_hit}/", disposition="accept_record", why="recheck:visit"
        )
        assert page.status == 422
        assert "这个原因不是“采信”的，请重选" in page.words

    def test_harmless_hits_are_answered_together_and_nothing_else(self, checker: Desk) -> None:
        case = verified(12, days=DECEMBER, but=("bank_deposits", "vehicles", "securities"))
        person = MatchResult.objects.filter(case=case).values_list("person_id", flat=True)[0]
        small = [
            waiting.answer_late(case.pk, person, source, {"found": "少量", "property": {"financial_assets": assets}})
            for source, assets in (("bank_deposits", {"deposits": 300}), ("securities", {"funds": 200}))
        ]
        large = waiting.answer_late(
            case.pk, person, "vehicles", {"found": "轿车", "property": {"vehicles": [{"kind": "car"}]}}
        )

        assert "有 2 条不影响金额的等处置" in checker.reads(f"/cases/{case.pk}/hits/").words
        page = checker.follows(checker.does(f"/cases/{case.pk}/hits/clean/"))

        assert "已一并处置 2 条：采信，与申报一致" in page.words
        assert [MatchResult.objects.get(pk=one).disposition for one in [*small, large]] == [
            "accept_record", "accept_record", "",
        ]  # fmt: skip
        assert "没有不影响金额" in checker.reads(f"/cases/{case.pk}/hits/clean/").words

    def test_deposits_of_the_family_are_weighed_together(self, checker: Desk, ids: waiting.Waiting) -> None:
        page = checker.reads(f"/cases/{ids.doubtful_case}/hits/")

        assert "核到信息 2 项，待处置 1 项" in page.words
