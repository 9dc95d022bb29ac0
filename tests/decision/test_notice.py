"""公示: what the rules give on the survey's facts is posted for seven days."""

from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from opendibao.audit.models import Event
from opendibao.decision.actions import DecisionRefused, RulesDisagree, post_notice
from opendibao.decision.first_opinion import report_case
from opendibao.decision.models import FirstOpinion, PublicNotice
from opendibao.decision.notice import post_notices, take_down_notices
from opendibao.decision.queries import notice_of
from opendibao.decision.village_queries import no_objection, notice_sheet
from opendibao.intake.models import Attachment
from opendibao.intake.queries import case as case_row
from opendibao.intake.refusal import IntakeRefused
from opendibao.intake.states import ForbiddenMove
from tests.decision.builders import AMOUNT, POSTED, earning, noticed, reviewed, surveyed, visit
from tests.decision.villages import OBJECTED, objected, post, procedure
from tests.registry.builders import LONER, VILLAGE, at, household

pytestmark = pytest.mark.usefixtures("places")
ENDS, EIGHTH = date(2024, 3, 17), date(2024, 3, 18)


def photo() -> tuple[str, bytes]:
    made = BytesIO()
    Image.new("RGB", (320, 240), (200, 30, 30)).save(made, "JPEG")
    return "公示栏.jpg", made.getvalue()


class TestPosting:
    def test_it_proposes_the_amount_of_the_rules_for_seven_days(self) -> None:
        case = noticed()

        notice = notice_of(case.pk)

        assert notice is not None
        assert (notice.persons, notice.proposed_fen) == (3, AMOUNT)
        assert notice.ends_on == ENDS  # the day of posting is the first of seven
        assert case_row(case.pk).state == "noticed"

    def test_what_is_posted_is_the_townships_opinion(self) -> None:
        case = noticed()

        opinion = FirstOpinion.objects.get(case=case)

        assert (opinion.view, opinion.persons, opinion.proposed_fen) == ("grant", 3, AMOUNT)

    def test_a_family_that_the_rules_refuse_is_not_posted(self) -> None:
        case = reviewed(earning(4000))

        with pytest.raises(RulesDisagree, match="请办理不予确认"):
            post_notice(case.pk, on=POSTED, at=at(POSTED))

        assert case_row(case.pk).state == "reviewed"

    def test_where_every_case_is_voted_on_none_is_posted_before_its_vote(self) -> None:
        case = surveyed()

        with pytest.raises(DecisionRefused, match="请先开评议会"):
            post_notice(case.pk, on=POSTED, at=at(POSTED))

    def test_where_review_follows_an_objection_it_is_posted_without_a_vote(self) -> None:
        with procedure("national-2021"):
            case = surveyed()

        post(case, POSTED)

        assert case_row(case.pk).state == "noticed"

    @pytest.mark.parametrize("boards", [["x" * 61], [" "], ["栏"] * 11])
    def test_places_are_named_in_a_few_words(self, boards: list[str]) -> None:
        case = reviewed()

        with pytest.raises(DecisionRefused, match="张贴地点"):
            post_notice(case.pk, on=POSTED, at=at(POSTED), places=boards)


class TestSheet:
    def test_a_village_is_posted_together_or_not_at_all(self) -> None:
        good, late = reviewed(), surveyed(home=household("999999-00002", LONER))

        with pytest.raises(DecisionRefused, match=f"{late.number}还没有民主评议"):
            post_notices(VILLAGE, [good.pk, late.pk], on=POSTED, at=at(POSTED), places=["公开栏"])

        assert case_row(good.pk).state == "reviewed"
        assert not PublicNotice.objects.exists()

    def test_one_picture_serves_all_cases_of_the_sheet(self) -> None:
        cases = [reviewed(), reviewed(home=household("999999-00002", LONER))]

        made = post_notices(
            VILLAGE, [case.pk for case in cases], on=POSTED, at=at(POSTED), places=["公开栏"], photo=photo()
        )

        kept = Attachment.objects.filter(kind="posted")
        assert {each.posted_photo_id for each in made} == set(kept.values_list("pk", flat=True))
        assert {each.case_id for each in kept} == {case.pk for case in cases}
        assert Event.objects.get(action="张贴公示榜").payload["cases"] == [case.number for case in cases]

    def test_what_is_no_picture_posts_nothing(self) -> None:
        case = reviewed()

        with pytest.raises(IntakeRefused, match="公示张贴照片"):
            post_notices(VILLAGE, [case.pk], on=POSTED, at=at(POSTED), places=["公开栏"], photo=("x.jpg", b"<svg/>"))

        assert case_row(case.pk).state == "reviewed"

    def test_it_needs_a_place_and_cases_of_its_village(self) -> None:
        case = reviewed()

        with pytest.raises(DecisionRefused, match="张贴在哪里"):
            post_notices(VILLAGE, [case.pk], on=POSTED, at=at(POSTED), places=[])
        with pytest.raises(DecisionRefused, match="每件一次"):
            post_notices(VILLAGE, [case.pk, case.pk], on=POSTED, at=at(POSTED), places=["公开栏"])
        with pytest.raises(DecisionRefused, match="不在这个村"):
            post_notices("360429100202", [case.pk], on=POSTED, at=at(POSTED), places=["公开栏"])

    def test_cases_of_two_sheets_do_not_stand_on_one(self) -> None:
        first, second = noticed(), reviewed(home=household("999999-00002", LONER))
        post(second, EIGHTH)

        with pytest.raises(DecisionRefused, match="请分开打印"):
            notice_sheet([PublicNotice.objects.get(case=each).pk for each in (first, second)])


class TestTakingDown:
    def down(self, on: date, **more: object) -> list[PublicNotice]:
        ids = list(PublicNotice.objects.values_list("pk", flat=True))
        return take_down_notices(ids, on=on, at=at(on), **more)  # type: ignore[arg-type]

    @pytest.mark.parametrize("day", [POSTED, ENDS])
    def test_not_while_it_runs(self, day: date) -> None:
        noticed()

        with pytest.raises(DecisionRefused, match="公示到2024-03-17为止，最早第二天撤下"):
            self.down(day)

    def test_on_the_eighth_day_and_once(self) -> None:
        noticed()

        (notice,) = self.down(EIGHTH, photo=photo())

        assert notice.taken_down_on == EIGHTH
        assert notice.taken_down_photo is not None
        with pytest.raises(DecisionRefused, match="已于2024-03-18撤下"):
            self.down(EIGHTH)

    def test_a_sheet_nobody_may_see_is_not_there(self) -> None:
        with pytest.raises(DecisionRefused, match="没有这张公示榜"):
            take_down_notices([1], on=EIGHTH, at=at(EIGHTH))


class TestNextStep:
    def test_the_county_gets_a_case_on_the_eighth_day_at_the_earliest(self) -> None:
        case = noticed()

        with pytest.raises(DecisionRefused, match="公示未满，不能报县"):
            report_case(case.pk, on=ENDS, at=at(ENDS))
        report_case(case.pk, on=EIGHTH, at=at(EIGHTH))

        assert case_row(case.pk).state == "reported"

    def test_an_open_objection_stops_it(self) -> None:
        case = noticed()
        objected(case)

        with pytest.raises(DecisionRefused, match="异议还没有办结"):
            report_case(case.pk, on=EIGHTH, at=at(EIGHTH))

    def test_a_sheet_that_hangs_is_not_posted_again(self) -> None:
        case = noticed()

        with pytest.raises(ForbiddenMove, match="公示中"):
            post(case, EIGHTH)

    def test_a_changed_opinion_is_posted_anew(self) -> None:
        case = noticed()
        objected(case, "survey")
        visit(case, earning(1300, 8), date(2024, 3, 15))

        with pytest.raises(DecisionRefused, match="重新公示"):
            report_case(case.pk, on=EIGHTH, at=at(EIGHTH))
        post(case, EIGHTH)

        assert [n.sequence for n in PublicNotice.objects.filter(case=case).order_by("sequence")] == [1, 2]
        opinions = list(FirstOpinion.objects.filter(case=case).order_by("sequence"))
        assert [each.sequence for each in opinions] == [1, 2]
        assert opinions[1].proposed_fen == PublicNotice.objects.get(case=case, sequence=2).proposed_fen != AMOUNT

    def test_nothing_speaks_against_it_only_after_its_days(self) -> None:
        case = noticed()

        assert no_objection(case.pk, ENDS) is None
        proof = no_objection(case.pk, EIGHTH)

        assert proof is not None
        assert (proof.line.name, proof.posted_on, proof.ends_on, proof.groundless) == ("王秀英", POSTED, ENDS, [])

    def test_what_was_groundless_stands_on_the_proof_and_what_was_not_forbids_it(self) -> None:
        case, other = noticed(), noticed(home=household("999999-00002", LONER))
        objected(case, "groundless")
        objected(other, "review")

        proof = no_objection(case.pk, EIGHTH)

        assert proof is not None
        assert [row.received_on for row in proof.groundless] == [OBJECTED]
        assert no_objection(other.pk, EIGHTH) is None
