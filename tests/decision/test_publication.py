"""长期公布: what a village reads every month of who is covered, and nothing else of anybody."""

from datetime import date

import pytest

from opendibao.decision.models import Publication
from opendibao.decision.public_names import group_of, public_names
from opendibao.decision.publication import publish_village
from opendibao.decision.publication_queries import published, village_months
from opendibao.decision.refusal import DecisionRefused
from opendibao.registry.entries import MemberEntry
from opendibao.registry.queries import members_on
from tests.decision.builders import AMOUNT, covered
from tests.registry.builders import CHILD, LONER, NEXT_VILLAGE, VILLAGE, at, household, number

pytestmark = pytest.mark.usefixtures("places")
APRIL, POSTED = date(2024, 4, 1), date(2024, 4, 8)


class TestPublish:
    def test_the_counts_are_those_of_the_day_it_was_posted(self) -> None:
        covered()

        made = publish_village(VILLAGE, APRIL, on=POSTED, at=at(POSTED))

        assert (made.households, made.persons, made.monthly_fen) == (1, 3, AMOUNT)
        assert made.posted_by == "张经办"

    def test_once_a_month(self) -> None:
        publish_village(VILLAGE, APRIL, on=POSTED, at=at(POSTED))

        with pytest.raises(DecisionRefused, match="2024-04的名单已于2024-04-08由张经办公布"):
            publish_village(VILLAGE, APRIL, on=POSTED, at=at(POSTED))

    def test_a_month_that_is_over_stands_as_on_its_last_day(self) -> None:
        covered()  # from 18 March

        february = publish_village(VILLAGE, date(2024, 2, 1), on=POSTED, at=at(POSTED))
        march = publish_village(VILLAGE, date(2024, 3, 1), on=POSTED, at=at(POSTED))

        assert (february.households, march.households) == (0, 1)

    @pytest.mark.parametrize(
        ("division", "month", "said"),
        [
            ("360429100000", APRIL, "不是村"),
            ("999999999999", APRIL, "不存在"),
            (VILLAGE, date(2024, 5, 1), "2024-05还没有到"),
            (VILLAGE, date(2024, 4, 2), "每月第一天"),
        ],
    )
    def test_what_cannot_be_posted_is_said(self, division: str, month: date, said: str) -> None:
        with pytest.raises(DecisionRefused, match=said):
            publish_village(division, month, on=POSTED, at=at(POSTED))
        assert not Publication.objects.exists()


class TestList:
    def test_name_group_persons_amount(self) -> None:
        covered()

        found = published(VILLAGE, APRIL, POSTED)

        (line,) = found.lines
        assert (line.group, line.name, line.persons, line.fen) == ("3组", "王秀英", 3, AMOUNT)
        assert (found.persons, found.fen, found.row) == (3, AMOUNT, None)

    def test_villages_whose_list_is_old_stand_first(self) -> None:
        covered()
        publish_village(NEXT_VILLAGE, APRIL, on=POSTED, at=at(POSTED))
        publish_village(VILLAGE, date(2024, 3, 1), on=POSTED, at=at(POSTED))

        found = village_months(APRIL, POSTED)

        assert [(row.division, row.month) for row in found] == [(VILLAGE, date(2024, 3, 1)), (NEXT_VILLAGE, APRIL)]
        assert (found[0].households, found[0].persons) == (1, 3)

    def test_a_village_without_anybody_covered_is_not_asked_for(self) -> None:
        assert village_months(APRIL, POSTED) == []


class TestPublicNames:
    def test_the_head_in_full_and_the_group_without_the_house(self) -> None:
        home = household()

        assert public_names([home], POSTED)[home].name == "王秀英"
        assert public_names([home], POSTED)[home].group == "3组"

    def test_a_head_who_is_a_minor_is_never_named(self) -> None:
        orphan = MemberEntry(CHILD.id_number, CHILD.name, "head")
        aunt = MemberEntry(number(date(1980, 2, 3), 6), "赵姑姑", "uncle")
        home, alone = household("999999-00003", orphan, aunt), household("999999-00002", LONER)
        only = MemberEntry(number(date(2015, 4, 5), 8), "孙小草", "head")
        child = household("999999-00004", only)

        found = public_names([home, alone, child], POSTED)

        assert (found[home].name, found[alone].name, found[child].name) == ("赵姑姑", "单有福", "孙**")

    def test_the_applicant_stands_there_where_the_head_may_not(self) -> None:
        orphan = MemberEntry(CHILD.id_number, CHILD.name, "head")
        aunt = MemberEntry(number(date(1980, 2, 3), 6), "赵姑姑", "uncle")
        uncle = MemberEntry(number(date(1979, 2, 3), 7), "赵姑父", "uncle")
        home = household("999999-00003", orphan, aunt, uncle)

        assert public_names([home], POSTED, {home: "赵姑父"})[home].name == "赵姑父"
        assert public_names([home], POSTED, {home: CHILD.name})[home].name == "赵姑姑"
        assert next(row.name for row in members_on(home, POSTED)) == CHILD.name

    @pytest.mark.parametrize(
        ("address", "group"),
        [("3组12号", "3组"), ("月亮村十二组7号", "十二组"), ("某路8号", ""), ("", ""), ("组长家", "")],
    )
    def test_a_group_is_found_in_an_address(self, address: str, group: str) -> None:
        assert group_of(address) == group
