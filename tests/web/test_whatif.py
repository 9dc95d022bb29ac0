"""试算: the family of golden case G01 with other facts or another standard; every amount is worked out by hand."""

import pytest

from opendibao.audit.models import Viewing
from opendibao.decision.models import Decision
from tests.decision.builders import covered
from tests.payment.builders import family
from tests.registry.builders import divisions
from tests.web.conftest import Page, Reader

PAGE = "/households/999999-00001/what-if/"


@pytest.fixture(autouse=True)
def home(county: None) -> None:
    """6 mu (3,000) and 8 months of odd jobs at 1,200 less 200 (8,000): 1,304 and 74 for the child."""
    divisions()
    covered()


def amounts(page: Page) -> tuple[str, str]:
    """Now and then."""
    found = page.html.split('class="amount')[1:3]
    return tuple(one.split(">", 1)[1].split("<", 1)[0] for one in found)  # type: ignore[return-value]


class TestSupposing:
    def test_nothing_supposed_is_as_it_is(self, read: Reader) -> None:
        page = read(PAGE)

        assert amounts(page) == ("1,378.00", "1,378.00")
        assert "和现在一样，理由也没有变。" in page.words
        assert "试算不是决定，没有保存。" in page.words

    @pytest.mark.parametrize("typed", ["%2B8%25", "8%25", "799.20", "%20%2B8%EF%BC%85"])
    def test_a_standard_raised_by_eight_percent(self, read: Reader, typed: str) -> None:
        # 799.20 × 3 × 12 = 28,771.20; less 11,000 = 17,771.20; ÷ 12 = 1,480.93 → 1,481; child 79.92 → 80
        page = read(f"{PAGE}?standard={typed}")

        assert amounts(page) == ("1,378.00", "1,561.00")
        assert "+183.00" in page.words
        assert "月保障标准（元） 740.00 799.20 +59.20" in page.words

    def test_a_better_paid_job(self, read: Reader) -> None:
        # (1,500 − 200) × 12 = 15,600 and 3,000: 18,600; 26,640 − 18,600 = 8,040; ÷ 12 = 670; child 74
        page = read(f"{PAGE}?m1_wage=1500")

        assert amounts(page) == ("1,378.00", "744.00")
        assert "家庭年收入（元） 11,000.00 18,600.00 +7,600.00" in page.words

    def test_a_lost_job(self, read: Reader) -> None:
        # only the 3,000 of the fields: 23,640 ÷ 12 = 1,970; child 74
        assert amounts(read(f"{PAGE}?m1_wage=0")) == ("1,378.00", "2,044.00")

    def test_too_much_money_in_the_bank_ends_it_and_says_why(self, read: Reader) -> None:
        # 24 months of 740 for each of three: 53,280
        page = read(f"{PAGE}?deposits=53280.01")

        assert amounts(page)[1] == "0.00"
        assert "变成的理由" in page.words
        assert "金融资产" in page.words.split("变成的理由", 1)[1]

    def test_a_birth_and_a_severe_illness(self, read: Reader) -> None:
        # four: 740 × 4 × 12 = 35,520 − 11,000 = 24,520 ÷ 12 = 2,043.33 → 2,044; children 74 + 74, illness 148
        assert amounts(read(f"{PAGE}?babies=1&m0_ill=yes"))[1] == "2,340.00"

    def test_a_member_in_prison_does_not_count(self, read: Reader) -> None:
        # mother and child: 740 × 2 × 12 = 17,760 − 3,000 = 14,760 ÷ 12 = 1,230; child 74
        assert amounts(read(f"{PAGE}?m1_gone=prison"))[1] == "1,304.00"

    def test_a_severe_disability(self, read: Reader) -> None:
        # the supplement of 20 %: 148 more
        assert amounts(read(f"{PAGE}?m0_disability=physical&m0_grade=1"))[1] == "1,526.00"

    def test_nothing_is_stored_and_the_view_is_on_record(self, read: Reader) -> None:
        before = list(Decision.objects.values())

        read(f"{PAGE}?standard=900&m0_gone=died")

        assert list(Decision.objects.values()) == before
        assert Viewing.objects.filter(subject="999999-00001", page="试算").count() == 1


class TestRefusals:
    @pytest.mark.parametrize(
        ("asked", "said"),
        [
            ("deposits=abc", "金融资产（元）：金额“abc”不是数字"),
            ("deposits=-5", "金融资产（元）：应在 0 到 10,000,000.00 元之间"),
            ("m1_wage=1.234", "李建国：月工资（元）：金额“1.234”不足一分"),
            ("m1_months=13", "李建国：一年做几个月：应为 1 到 12 的整数"),
            ("babies=9", "新出生的孩子（人）：应为 0 到 5 的整数"),
            ("m0_grade=1", "王秀英的残疾类别和等级要一起选"),
            ("m0_disability=physical", "王秀英的残疾类别和等级要一起选"),
            ("m0_gone=moon", "王秀英：在不在家：没有这一项"),
            ("standard=abc", "农村标准：“abc”看不懂，请写成 +8% 或 700 这样"),
            ("standard=-100%25", "农村标准：“-100%”算出来是 0.00 元"),
        ],
    )
    def test_what_is_wrong_is_named(self, read: Reader, asked: str, said: str) -> None:
        page = read(f"{PAGE}?{asked}")

        assert page.status == 422
        assert said in page.words

    def test_while_one_types_the_answer_alone_comes_back(self, read: Reader) -> None:
        response = read.client.get(f"{PAGE}?deposits=abc", headers={"HX-Request": "true"})

        assert response.status_code == 200
        assert response.content.decode().lstrip().startswith('<section class="panel flush long" id="answer"')

    def test_a_household_without_facts_says_so(self, read: Reader) -> None:
        family("B1")

        assert "这个决定没有留下可以重算的情况，不能试算。" in read("/households/B1/what-if/").words

    def test_a_household_that_is_none_is_not_found(self, read: Reader) -> None:
        assert read("/households/C1/what-if/").status == 404


class TestWholeCounty:
    ADDRESS = "/standards/what-if/"

    def test_the_months_money_now_and_then(self, read: Reader) -> None:
        page = read(f"{self.ADDRESS}?rural=%2B8%25")

        assert "农村 1 1,378.00 1,561.00 +183.00" in page.words
        assert "十二个月 2,196.00 元" in page.words  # 183 × 12
        assert "多领的 1 +183.00" in page.words

    def test_a_lower_standard_ends_some(self, read: Reader) -> None:
        # 300 × 3 × 12 = 10,800 lies below their 11,000
        page = read(f"{self.ADDRESS}?rural=300")

        assert "不再够条件的 1 −1,378.00" in page.words

    def test_decisions_without_facts_stand_apart(self, read: Reader) -> None:
        family("B1", fen=62000)

        page = read(f"{self.ADDRESS}?rural=800")

        assert "另有 1 户缺可以重算的情况，每月 620.00 元，没有算在两边。" in page.words

    def test_nothing_supposed_asks_for_a_standard(self, read: Reader) -> None:
        assert "还没有假设" in read(self.ADDRESS).words

    def test_what_is_wrong_is_named(self, read: Reader) -> None:
        page = read(f"{self.ADDRESS}?urban=many")

        assert page.status == 422
        assert "城镇标准：“many”看不懂" in page.words
