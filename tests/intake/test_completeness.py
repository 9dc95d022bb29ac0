"""材料审查: an incomplete application is told once what is missing, brings it, and is taken."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from opendibao.audit.queries import events_of
from opendibao.intake.actions import sign_consents, submit_case
from opendibao.intake.completeness import (
    HERE,
    LOOK,
    MISSING,
    papers_of,
    resubmit_case,
    return_for_supplement,
    take_case,
)
from opendibao.intake.mandates import give_mandate
from opendibao.intake.models import Case, CaseLetter, SupplementNotice
from opendibao.intake.paper_lists import grounds, match_scope, never_asked, paper_kinds
from opendibao.intake.queries import letters_of, supplements_of
from opendibao.intake.refusal import IntakeRefused
from opendibao.intake.states import ForbiddenMove
from opendibao.policy.pack import RuleGap
from tests.conftest import ActAs
from tests.intake.builders import ACCEPTED, APPLIED, submitted
from tests.registry.builders import at, divisions, household

LATER = date(2024, 3, 8)
ALWAYS = {"application", "declaration", "promise"}


def signed_case() -> Case:
    """An application whose adults have signed."""
    case = submitted()
    sign_consents(case.pk, on=APPLIED, at=at(APPLIED))
    return case


def with_declaration(channel: str = "counter", **declared: object) -> Case:
    return submit_case(household(), kind="application", channel=channel, declared=declared, on=APPLIED, at=at(APPLIED))


def told(case: Case, *items: str, on: date = ACCEPTED, reason: str = "") -> Case:
    return return_for_supplement(case.pk, items=items, on=on, at=at(on), supervisor_reason=reason)


def test_an_incomplete_application_is_told_once_brings_all_and_is_taken(places: None) -> None:
    """The story of 57号 第十条."""
    case = submitted()

    with pytest.raises(IntakeRefused, match="还缺：信息真实完整承诺书；核对授权书：王秀英、李建国"):
        take_case(case.pk, seen={"application", "declaration"}, on=ACCEPTED, at=at(ACCEPTED))
    told(case, "信息真实完整承诺书", "核对授权书：王秀英、李建国")
    sign_consents(case.pk, on=LATER, at=at(LATER))
    resubmit_case(case.pk, on=LATER, at=at(LATER))
    taken = take_case(case.pk, seen=ALWAYS, on=LATER, at=at(LATER))

    assert (taken.state, taken.accepted_on) == ("accepted", LATER)
    assert [(row.kind, row.made_on) for row in letters_of(case.pk)] == [("supplement", ACCEPTED), ("accepted", LATER)]
    assert [event.action for event in events_of(f"案件 {case.number}")] == [
        "提出申请", "告知补正", "制作程序文书", "签署核对授权书", "补正材料", "受理", "制作程序文书",
    ]  # fmt: skip


@pytest.mark.usefixtures("places")
class TestPapers:
    def test_what_the_system_knows_is_not_ticked_by_hand(self) -> None:
        states = {one.kind.key: one.state for one in papers_of(signed_case(), APPLIED)}

        assert states == {**dict.fromkeys(ALWAYS, LOOK), "consent": HERE, "account": HERE}

    def test_only_what_was_declared_is_asked_for(self) -> None:
        declared = {
            "members": [{"name": "王秀英", "severe_illness": True, "spending": [{"kind": "medical"}]}],
            "supporters": [{"name": "李大", "pays": {"amount": 200}}],
        }

        keys = {one.kind.key for one in papers_of(with_declaration(**declared), APPLIED)}

        assert {"bills", "diagnosis", "support"} <= keys
        assert "mandate" not in keys

    def test_who_lets_himself_be_helped_brings_a_mandate(self) -> None:
        case = with_declaration("helper")
        before = {one.kind.key: one.state for one in papers_of(case, APPLIED)}
        give_mandate(
            case.pk, helper="赵邻居", relation="neighbour", phone="00012345678", reason="行动不便", on=APPLIED,
            at=at(APPLIED),
        )  # fmt: skip

        assert before["mandate"] == MISSING
        assert {one.kind.key: one.state for one in papers_of(case, APPLIED)}["mandate"] == HERE

    def test_a_declaration_that_is_no_declaration_asks_for_no_more(self) -> None:
        assert {one.kind.key for one in papers_of(with_declaration(members=["x"], supporters=[1]), APPLIED)} == {
            *ALWAYS, "consent", "account",
        }  # fmt: skip

    def test_nothing_that_departments_know_is_on_the_list(self) -> None:
        forbidden = [word for one in never_asked() for word in one.words]

        assert [(kind.zh, word) for kind in paper_kinds() for word in forbidden if word in kind.zh] == []

    def test_every_line_of_the_lists_has_its_clause(self) -> None:
        sources = [one.source for one in (*paper_kinds(), *never_asked(), *grounds().values())]

        assert [source for source in sources if "第" not in source or "条" not in source] == []

    def test_before_the_regulation_nobody_may_be_asked_about(self) -> None:
        with pytest.raises(RuleGap, match="授权核对的范围"):
            match_scope(date(2021, 6, 30))


@pytest.mark.usefixtures("places")
class TestNotice:
    def test_it_lists_each_item_once_with_its_letter(self) -> None:
        case = told(submitted(), "委托书", " 委托书 ", "", "信息真实完整承诺书")

        (notice,) = supplements_of(case.pk)
        (letter,) = letters_of(case.pk)

        assert (case.state, notice.items, notice.sequence) == ("returned", ["委托书", "信息真实完整承诺书"], 1)
        assert letter.text.splitlines()[:4] == [
            "一次性告知补正通知书",
            "王秀英：",
            "一、结果：你家的最低生活保障申请还缺材料，补齐后受理。",
            "二、要补的：1.委托书；2.信息真实完整承诺书。",
        ]
        assert "请找东镇民政窗口" in letter.text

    def test_what_departments_know_may_not_be_asked_for(self) -> None:
        case = submitted()

        with pytest.raises(IntakeRefused, match="“户口簿”由公安核对就能查到，不得要求家庭提供（社会救助法第六十二条"):
            told(case, "户口簿原件")

        assert not SupplementNotice.objects.exists()

    @pytest.mark.parametrize(
        ("items", "said"), [((), "请列出缺哪些材料"), (("长" * 121,), "每项120字以内"), (("缺",) * 31, "")]
    )
    def test_items_are_named_and_short(self, items: tuple[str, ...], said: str) -> None:
        if not said:  # the same item many times is one item
            assert told(submitted(), *items).state == "returned"
            return
        with pytest.raises(IntakeRefused, match=said):
            told(submitted(), *items)

    def test_more_than_thirty_different_items_are_no_notice(self) -> None:
        with pytest.raises(IntakeRefused, match="最多列30项"):
            told(submitted(), *(f"材料{n}" for n in range(31)))

    def test_it_cannot_be_told_before_the_application(self) -> None:
        with pytest.raises(IntakeRefused, match="告知日期2024-02-01早于申请"):
            told(submitted(), "委托书", on=date(2024, 2, 1))

    def test_papers_cannot_come_before_they_were_asked_for(self) -> None:
        case = told(submitted(), "委托书", on=LATER)

        with pytest.raises(IntakeRefused, match="补正日期2024-03-04早于告知日期2024-03-08"):
            resubmit_case(case.pk, on=ACCEPTED, at=at(ACCEPTED))

    def test_an_accepted_case_is_not_sent_back(self) -> None:
        case = signed_case()
        take_case(case.pk, seen=ALWAYS, on=ACCEPTED, at=at(ACCEPTED))

        with pytest.raises(ForbiddenMove, match="已受理"):
            told(case, "委托书")


def brought_again(case: Case) -> Case:
    told(case, "委托书")
    return resubmit_case(case.pk, on=LATER, at=at(LATER))


class TestSecondNotice:
    @pytest.fixture(autouse=True)
    def _places(self, act_as: ActAs) -> None:
        with act_as("360429"):
            divisions()

    def test_the_clerk_who_told_the_family_may_not_tell_it_again(self, act_as: ActAs) -> None:
        with act_as("360429", "王经办"):
            case = brought_again(submitted())
            with pytest.raises(
                IntakeRefused, match="已于2024-03-04一次性告知过（57号第十条），再次告知要由另一名工作人员"
            ):
                told(case, "信息真实完整承诺书", on=LATER, reason="新情况")

    def test_another_officer_may_and_says_why(self, act_as: ActAs) -> None:
        with act_as("360429", "王经办"):
            case = brought_again(submitted())
        with act_as("360429", "刘主任"):
            with pytest.raises(IntakeRefused, match="再次告知要写明理由"):
                told(case, "信息真实完整承诺书", on=LATER, reason=" ")
            told(case, "信息真实完整承诺书", on=LATER, reason="家庭新增一名成员")
            first, second = supplements_of(case.pk)

        assert (first.sequence, first.supervisor) == (1, "")
        assert (second.sequence, second.told_by, second.supervisor, second.supervisor_reason) == (
            2, "王经办", "刘主任", "家庭新增一名成员",
        )  # fmt: skip

    def test_the_table_itself_refuses_a_second_one_without_a_supervisor(self, act_as: ActAs) -> None:
        with act_as("360429", "王经办"):
            case = brought_again(submitted())
            with pytest.raises(IntegrityError, match="told_once_or_with_a_supervisor"), transaction.atomic():
                SupplementNotice.objects.create(
                    case=case, division=case.division, sequence=2, items=["委托书"], told_on=LATER, told_by="王经办"
                )


@pytest.mark.usefixtures("places")
def test_the_letter_of_acceptance_says_by_when_it_will_be_decided() -> None:
    case = signed_case()
    take_case(case.pk, seen=ALWAYS, on=ACCEPTED, at=at(ACCEPTED))

    text = CaseLetter.objects.get(case=case).text

    # thirty and forty-five working days after 2024-03-04, Tomb-sweeping and Labour Day left out, make-up days counted
    assert "2024年4月16日以前作出决定" in text
    assert "可以延到2024年5月9日以前" in text
    assert text.startswith("受理通知书\n王秀英：\n一、结果：你家的最低生活保障申请材料齐了，2024年3月4日受理")
    assert f"案号：{case.number}\n日期：2024年3月4日" in text
