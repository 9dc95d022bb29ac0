"""低收入、转介、核查的页: a refused family is recognised, referred, and its refusal looked into, page by page."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from opendibao.decision.models import Decision, Inquiry, LowIncomeEntry, Referral
from opendibao.kernel.duties import Duty
from tests.decision.beyond import edge_refused, look_into, recognised, refer
from tests.decision.builders import covered
from tests.payment.builders import COUNTY
from tests.registry.builders import divisions, household
from tests.web.decision.townships import TODAY, clerk, stranger
from tests.web.desk import Desk, county_desk, hired

pytestmark = pytest.mark.usefixtures("county")
HOME = "999999-00001"
WORDS = "两人入户，情况没有变"


@pytest.fixture(autouse=True)
def _places(county: None) -> None:
    divisions()


def judge() -> Desk:
    """Somebody who evaluates and had no hand in any case."""
    return Desk(hired("eval91", "郭评价", division=COUNTY, duties=(Duty.EVALUATE,)))


class TestLowIncome:
    def test_from_the_refusal_to_the_register(self) -> None:
        decision, desk = edge_refused(), county_desk()
        address = f"/cases/{decision.case_id}/low-income/"
        assert "待认定 1" in desk.reads("/low-income/").words
        assert address in desk.reads("/low-income/?view=waiting").html
        assert address in desk.reads(f"/cases/{decision.case_id}/").html
        assert "认定低保边缘家庭" in desk.reads("/today/").words

        page = desk.does(address, on=TODAY)

        assert "已认定，登记号 低收〔2025〕00001号，到 2026-01-05 有效" in desk.follows(page).words
        shown = desk.reads("/low-income/").words
        assert "有效 1" in shown
        assert "待认定 0" in shown
        assert "低保边缘家庭" in shown
        assert "没有待认定的结果" in desk.reads(address).words

    def test_looked_at_again_and_ended(self) -> None:
        entry, desk = recognised(), county_desk()
        assert "要复查 0" in desk.reads("/low-income/").words

        page = desk.does(f"/low-income/{entry.pk}/recheck/", on=TODAY, words=WORDS)

        assert "已续期" in desk.follows(page).words
        later = LowIncomeEntry.objects.get(former=entry)
        assert desk.does(f"/low-income/{later.pk}/end/", on=TODAY, reason="moved").status == 303
        assert "2025-01-06 迁出本县" in desk.reads("/low-income/?view=ended").words
        assert "这一项已于 2025-01-06 失效：续期认定" in desk.reads(f"/low-income/{entry.pk}/recheck/").words

    @pytest.mark.parametrize(
        ("typed", "said"), [({"words": ""}, "请填写“复查情况”"), ({"on": "2025-01-07"}, "还没有到")]
    )
    def test_what_is_missing_is_said(self, typed: dict[str, str], said: str) -> None:
        entry = recognised()
        page = county_desk().does(f"/low-income/{entry.pk}/recheck/", **{"on": TODAY, "words": WORDS, **typed})
        assert (page.status, said in page.words) == (422, True)
        assert not LowIncomeEntry.objects.filter(former=entry).exists()

    def test_what_is_asked_wrongly_is_said(self) -> None:
        assert "没有“x”这种看法" in county_desk().reads("/low-income/?view=x").words

    def test_another_township_sees_nothing(self) -> None:
        recognised()
        assert "有效 0" in stranger().reads("/low-income/").words


class TestReferrals:
    def test_from_the_household_to_the_result(self) -> None:
        decision, desk = covered(), clerk()
        address = f"/referrals/new/{HOME}/"
        assert address in desk.reads(f"/households/{HOME}/").html
        assert "本次结果是低保" in desk.reads(address).words

        page = desk.does(address, on=TODAY, kind="medical")

        made = Referral.objects.get(household=decision.household_id)
        assert ("本次结果是低保" in made.because, made.office) == (True, "县医疗保障局")
        assert "县医疗保障局" in desk.follows(page).words
        assert desk.does(f"/referrals/{made.pk}/close/", on=TODAY, outcome="granted", words="代缴医保").status == 303
        shown = desk.reads("/referrals/?view=closed&kind=medical").words
        assert "2025-01-06 已给予救助：代缴医保" in shown
        assert "结果已于 2025-01-06 登记" in desk.reads(f"/referrals/{made.pk}/close/").words
        assert "已给予救助：代缴医保" in desk.reads(f"/cases/{decision.case_id}/").words

    def test_without_a_hint_of_the_rules_a_reason_is_asked(self) -> None:
        covered()
        page = clerk().does(f"/referrals/new/{HOME}/", on=TODAY, kind="disability_care")
        assert (page.status, "写明为什么转介" in page.words) == (422, True)

    def test_a_late_one_waits_on_today(self) -> None:
        made, desk = refer(household()), clerk()
        assert "2024-04-18 请催办" in desk.reads("/referrals/?view=late").words
        assert "催办转介：教育救助" in desk.reads("/today/").words
        assert "2024-04-18 请催办" in desk.reads(f"/referrals/{made.pk}/").words

    def test_another_township_sees_nothing(self) -> None:
        made, desk = refer(household()), stranger()
        assert desk.reads(f"/referrals/{made.pk}/").status == 404
        assert "没有结果 0" in desk.reads("/referrals/").words

    @pytest.mark.parametrize("asked", ["view=x", "kind=x"])
    def test_what_is_asked_wrongly_is_said(self, asked: str) -> None:
        assert clerk().reads(f"/referrals/?{asked}").status == 400


class TestInquiries:
    def test_from_the_case_to_the_training(self) -> None:
        decision, desk, other = edge_refused(), county_desk(), judge()
        address = f"/decisions/{decision.pk}/inquiry/"
        shown = desk.reads(f"/cases/{decision.case_id}/")
        assert address in shown.html
        assert "受理" in shown.words
        assert "入户调查 陈走访 2024-03-06" in shown.words

        page = desk.does(address, on=TODAY, finding="wrongly_out", source="review", words="漏算打工收入")

        made = Inquiry.objects.get(decision=decision)
        assert "已立项" in desk.follows(page).words
        assert "你经手过这个决定" in desk.reads(f"/inquiries/{made.pk}/").words  # 李审核 approved it
        refused = desk.does(f"/inquiries/{made.pk}/close/", on=TODAY, outcome="no_fault", reason="没有")
        assert (refused.status, "李审核经手过这个决定" in refused.words) == (422, True)
        done = other.does(
            f"/inquiries/{made.pk}/close/", on=TODAY, outcome="educated", reason="没有问清", topic="务工收入核算"
        )
        assert done.status == 303
        assert "务工收入核算" in other.reads("/inquiries/?view=closed").words
        assert "待培训的主题" in desk.reads("/outreach/trainings/").words
        assert "由 郭评价 办结：批评教育" in other.reads(f"/inquiries/{made.pk}/close/").words
        assert "2025-01-06 立项：漏保，批评教育" in desk.reads(f"/cases/{decision.case_id}/").words

    def test_an_exemption_names_the_clause_and_every_condition(self) -> None:
        made, desk = look_into(edge_refused()), judge()
        address = f"/inquiries/{made.pk}/close/"
        opened = desk.opens(address)
        given = {**opened, "on": TODAY, "outcome": "exempt", "reason": "雇主隐瞒"}
        assert "还缺：秉持公心" in desk.sends(address, **given).words

        answer = desk.client.post(address, {**given, "conditions": ["fair", "dutiful", "objective", "corrected"]})

        assert answer.status_code == 303
        assert "第三十九条" in desk.reads(f"/inquiries/{made.pk}/").words

    def test_a_clerk_does_not_open_them(self) -> None:
        made = look_into(edge_refused())
        assert clerk().reads(f"/inquiries/{made.pk}/").status == 403


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/low-income/list.xlsx?view=now", "低收〔2024〕00001号"),
        ("/referrals/list.xlsx?view=all", "教育救助"),
        ("/inquiries/list.xlsx?view=all", "漏保"),
    ],
)
def test_every_list_is_had_as_a_workbook(address: str, expected: str) -> None:
    entry = recognised()
    refer(entry.household_id)
    look_into(Decision.objects.get())

    answer = county_desk().client.get(address)

    sheet = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0)
    cells = [cell for row in sheet.to_python() for cell in row]
    assert expected in cells
