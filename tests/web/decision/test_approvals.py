"""审核确认的页面: clean cases in one go, the others with their reasons, each key of the panel, and who may not."""

from datetime import date

import pytest

from opendibao.decision.models import ApprovalBatch, CountyVisit, Decision, Letter
from opendibao.intake.models import Case
from opendibao.kernel.duties import Duty
from tests.decision.reported import DECEMBER, clean, facts_of, meet, post_and_report, report_refusal, verified
from tests.registry.builders import COUNTY, OTHER_TOWN, divisions
from tests.web.conftest import Page, page_of
from tests.web.desk import Desk, county_desk, hired

TODAY = date(2025, 1, 6)
RICH = 200_000


@pytest.fixture
def checker(county: None) -> Desk:
    divisions()
    return county_desk()


def dirty(sequence: int = 90) -> Case:
    """A case whose savings were not declared."""
    case = verified(sequence, facts_of(sequence, assets=3000), DECEMBER)
    meet(case, days=DECEMBER)
    return post_and_report(case, days=DECEMBER)[0]


def rich(sequence: int = 95) -> Case:
    """A case whose savings are above the limit: the township proposes a refusal."""
    case = verified(sequence, facts_of(sequence, assets=RICH), DECEMBER)
    meet(case, days=DECEMBER)
    return report_refusal(case, DECEMBER)


def batch_of(cases: list[Case]) -> str:
    return "/approvals/batch/?" + "&".join(f"case={case.pk}" for case in cases)


def approve(desk: Desk, cases: list[Case]) -> Page:
    """Preview and confirm, as the two buttons do."""
    address = batch_of(cases)
    form = desk.opens(address)
    return page_of_post(desk, address, form, cases)


def page_of_post(desk: Desk, address: str, form: dict[str, str], cases: list[Case]) -> Page:
    typed = {**form, "cases": [str(case.pk) for case in cases]}
    return page_of(desk.client.post(address, typed))  # type: ignore[arg-type]


class TestTheList:
    def test_it_counts_clean_and_others_and_says_why(self, checker: Desk) -> None:
        clean(2, days=DECEMBER)
        dirty()

        page = checker.reads("/approvals/")
        assert "等待确认 3 件" in page.words
        assert page.link("干净 2") == "?view=clean"
        assert "独居1" in page.words
        assert "独居90" not in page.words
        look = checker.reads("/approvals/?view=look")
        assert "独居90 东镇月亮村民委员会 ▲ 申报和查明的财产不同" in look.words

    def test_an_empty_list_says_what_will_come(self, checker: Desk) -> None:
        assert "现在没有干净的案件" in checker.reads("/approvals/").words
        assert "没有需要逐件看的案件" in checker.reads("/approvals/?view=look").words
        assert "现在没有等决定的复核" in checker.reads("/approvals/?view=review").words

    def test_what_is_asked_wrongly_is_refused_in_words(self, checker: Desk) -> None:
        assert checker.reads("/approvals/?view=all").status == 400
        assert checker.reads("/approvals/?place=here").status == 400
        assert checker.reads("/approvals/batch/?case=x").status == 400

    def test_a_township_clerk_is_kept_out(self, checker: Desk) -> None:
        clerk = Desk(hired("clerk91", "王经办"))

        assert clerk.reads("/approvals/").status == 403

    def test_due_days_stand_beside_the_cases(self, checker: Desk) -> None:
        clean(1, days=DECEMBER)

        # ten working days after Monday the 30th of December, New Year's Day free: Tuesday the 14th
        assert "2025-01-14 剩 6 天" in checker.reads("/approvals/").words


class TestTheBatch:
    def test_the_preview_says_households_persons_money_and_whom_it_leaves_out(self, checker: Desk) -> None:
        cases = clean(2, days=DECEMBER)
        other = dirty()

        page = checker.reads(batch_of([*cases, other]))

        assert "2 户 · 2 人 · 每月 1,480.00 元；1 户排除" in page.words
        assert "申报和查明的情况不同" in page.words

    def test_it_confirms_all_and_says_so(self, checker: Desk) -> None:
        cases = clean(3, days=DECEMBER)

        page = checker.follows(approve(checker, cases))

        assert "已确认 3/3 户，3 人，每月 2,220.00 元" in page.words
        assert Decision.objects.filter(kind="confirm").count() == 3

    def test_a_box_that_was_cleared_stays_open(self, checker: Desk) -> None:
        cases = clean(3, days=DECEMBER)

        approve(checker, cases[:2])

        assert Case.objects.get(state="reported") == cases[2]

    def test_one_that_is_not_clean_is_refused_with_its_reason(self, checker: Desk) -> None:
        other = dirty()

        page = checker.reads(batch_of([other]))

        assert "0 户 · 0 人 · 每月 0.00 元；1 户排除" in page.words
        assert f"{other.number} 申报和查明的情况不同" in page.words
        assert 'name="key"' not in page.html  # there is nothing to send

    def test_one_that_was_decided_meanwhile_stops_the_form(self, checker: Desk) -> None:
        cases = clean(2, days=DECEMBER)
        address = batch_of(cases)
        form = checker.opens(address)
        checker.does(f"/approvals/{cases[0].pk}/confirm/")

        page = page_of_post(checker, address, form, cases)

        assert page.status == 422
        assert f"案件{cases[0].number}：现在是“已确认”，没有等待审核确认" in page.words
        assert Decision.objects.count() == 1

    def test_pressed_twice_it_is_done_once(self, checker: Desk) -> None:
        cases = clean(2, days=DECEMBER)
        address = batch_of(cases)
        form = checker.opens(address)

        first, second = (page_of_post(checker, address, form, cases) for _time in range(2))

        assert first.headers["Location"] == second.headers["Location"]
        assert ApprovalBatch.objects.count() == 1

    def test_it_can_be_taken_back_until_the_first_letter_is_received(self, checker: Desk) -> None:
        cases = clean(2, days=DECEMBER)
        approve(checker, cases)
        batch = ApprovalBatch.objects.get()

        page = checker.follows(checker.does(f"/approvals/batches/{batch.pk}/void/", reason="选错了"))

        assert "已撤销 2 个决定" in page.words
        assert page.link("干净 2") == "?view=clean"


class TestThePanel:
    def test_it_shows_what_the_decision_rests_on(self, checker: Desk) -> None:
        case = clean(1, days=DECEMBER)[0]

        page = checker.reads(f"/approvals/{case.pk}/")

        assert "按规则：同意，保障 1 人，每月 740.00 元。" in page.words
        assert "✓ 没有疑点" in page.words
        assert "社会救助暂行办法" in page.words
        assert "民主评议" in page.words
        assert page.link("确认同意") == f"/approvals/{case.pk}/confirm/"
        assert page.link("退回乡镇") == f"/approvals/{case.pk}/return/"

    def test_confirming_writes_the_letter_and_leads_to_it(self, checker: Desk) -> None:
        case = clean(1, days=DECEMBER)[0]

        page = checker.follows(checker.does(f"/approvals/{case.pk}/confirm/"))

        assert "最低生活保障确认通知书" in page.words
        assert "每月740.00元（柒佰肆拾元整）" in page.words
        assert Decision.objects.get().approver == "李审核"

    def test_refusing_names_the_reason_and_its_clause(self, checker: Desk) -> None:
        case = rich()
        page = checker.reads(f"/approvals/{case.pk}/")
        assert page.link("不予确认") == f"/approvals/{case.pk}/refuse/"

        page = checker.follows(checker.does(f"/approvals/{case.pk}/refuse/"))

        assert "一、结果：不予确认你家享受最低生活保障。" in page.words
        assert "金融资产200,000.00元，超过低保家庭限额17,760.00元" in page.words
        assert "2025-01-09 前送达" in page.words

    def test_whoever_had_a_hand_in_it_is_told_so_before_the_button(self, checker: Desk) -> None:
        case = clean(1, days=DECEMBER)[0]
        own = Desk(hired("county08", "张经办", division=COUNTY, duties=(Duty.CONFIRM,)))

        page = own.reads(f"/approvals/{case.pk}/")

        assert "您（张经办）受理、调查、录入或初审过这一件，不能由您审核确认" in page.words
        assert not [words for words, _href in page.links if words == "确认同意"]
        assert "不能由您审核确认" in own.reads(f"/approvals/{case.pk}/confirm/").words
        assert "您办过，不能批" in own.reads("/approvals/").words
        assert not Decision.objects.exists()

    def test_it_is_sent_back_with_words_that_the_township_reads(self, checker: Desk) -> None:
        case = clean(1, days=DECEMBER)[0]

        page = checker.follows(checker.does(f"/approvals/{case.pk}/return/", reason="去问清楚存折是谁的"))

        assert "已退回乡镇重新调查" in page.words
        case.refresh_from_db()
        assert case.state == "accepted"
        assert "退回乡镇 去问清楚存折是谁的" in checker.reads(f"/cases/{case.pk}/").words

    def test_the_county_s_own_visit_is_entered(self, checker: Desk) -> None:
        case = clean(1, days=DECEMBER)[0]

        page = checker.follows(checker.does(
            f"/approvals/{case.pk}/visit/", on="2025-01-03", ground="doubt", first="甲核查", second="乙核查",
            agrees="no", words="家里另有一处房",
        ))  # fmt: skip

        assert "县级入户（材料存疑）" in page.words
        assert "▲ 县级入户与乡镇调查不一致" in page.words
        assert CountyVisit.objects.count() == 1

    def test_the_township_s_surveyors_are_no_visitors(self, checker: Desk) -> None:
        case = clean(1, days=DECEMBER)[0]

        page = checker.does(
            f"/approvals/{case.pk}/visit/", on="2025-01-03", ground="doubt", first="陈走访", second="乙核查",
            agrees="yes", words="一致",
        )  # fmt: skip

        assert page.status == 422
        assert "陈走访参加过乡镇的入户调查，县级核查请换人" in page.words

    def test_another_township_s_case_is_not_there(self, checker: Desk) -> None:
        case = clean(1, days=DECEMBER)[0]
        stranger = Desk(hired("far", "远乡人", division=OTHER_TOWN, duties=(Duty.CONFIRM, Duty.REVIEW)))

        kept = "approvals/{}/", "approvals/{}/confirm/", "approvals/{}/return/", "cases/{}/hits/", "cases/{}/opinion/"
        for address in kept:
            assert stranger.reads(f"/{address.format(case.pk)}").status == 404, address


class TestTheLetters:
    def test_refusals_stand_first_and_delivery_ends_the_waiting(self, checker: Desk) -> None:
        case, refused = clean(1, days=DECEMBER)[0], rich()
        checker.does(f"/approvals/{case.pk}/confirm/")
        checker.does(f"/approvals/{refused.pk}/refuse/")

        page = checker.reads("/letters/")
        assert page.words.index("独居95") < page.words.index("独居1 ")
        decision = Decision.objects.get(kind="refuse")
        page = checker.follows(checker.does(
            f"/decisions/{decision.pk}/letter/deliver/", on="2025-01-06", how="home", receiver="独居95"
        ))  # fmt: skip

        assert "✓ 2025-01-06 上门送达，独居95签收" in page.words
        assert "1 份。" in checker.reads("/letters/").words

    def test_one_sentence_may_be_added_before_delivery_and_not_after(self, checker: Desk) -> None:
        case = clean(1, days=DECEMBER)[0]
        checker.does(f"/approvals/{case.pk}/confirm/")
        decision = Decision.objects.get()
        before = Letter.objects.get().text

        page = checker.follows(checker.does(f"/decisions/{decision.pk}/letter/note/", note="看病的钱可以问医保。"))
        assert "补充说明：看病的钱可以问医保。" in page.words
        assert Letter.objects.get().text == before

        checker.does(f"/decisions/{decision.pk}/letter/deliver/", on="2025-01-06", how="home", receiver="独居1")
        assert "已在 2025-01-06 由独居1签收" in checker.reads(f"/decisions/{decision.pk}/letter/note/").words

    def test_delivery_of_a_grant_lays_down_its_reviews(self, checker: Desk) -> None:
        case = clean(1, days=DECEMBER)[0]
        checker.does(f"/approvals/{case.pk}/confirm/")

        page = checker.follows(checker.does(
            f"/decisions/{Decision.objects.get().pk}/letter/deliver/", on="2025-01-06", how="home", receiver="独居1"
        ))  # fmt: skip

        assert "已排好 2 次定期复核" in page.words  # he is able to work: twice a year

    def test_a_decision_is_taken_back_from_its_letter(self, checker: Desk) -> None:
        case = clean(1, days=DECEMBER)[0]
        checker.does(f"/approvals/{case.pk}/confirm/")
        decision = Decision.objects.get()
        assert checker.reads(f"/decisions/{decision.pk}/letter/").link("撤销决定")

        page = checker.follows(checker.does(f"/decisions/{decision.pk}/void/", reason="金额要再核"))

        assert "案件回到等审核确认" in page.words
        assert "已撤销，告知书作废" in checker.reads(f"/decisions/{decision.pk}/letter/").words
        assert "已撤销，没有生效" in checker.reads("/households/999999-00001/").words
