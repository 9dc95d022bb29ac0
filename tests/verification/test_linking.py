"""认人: who is linked by number, who by the rest, who waits for a person, and what a person said is remembered."""

from datetime import date

import pytest

from opendibao.audit.queries import events_of
from opendibao.registry.queries import person_id
from opendibao.verification.linking import LinkCounts, link_delivery, link_people
from opendibao.verification.models import Link, NotSamePerson, SourceRecord
from opendibao.verification.refusal import VerificationRefused
from opendibao.verification.settling import settle_link, undo_settlement
from tests.conftest import ActAs
from tests.registry.builders import FATHER, LONER, MOTHER, at, household, number
from tests.verification.delivered import CAME, delivered, deposit

pytestmark = pytest.mark.usefixtures("places")
NEXT = date(2024, 4, 3)


def links() -> list[tuple[str, str, str, int]]:
    """Who, tier, state and row of every link."""
    return list(Link.objects.order_by("id").values_list("person__name", "tier", "state", "row_no"))


def doubtful(day: date = CAME, as_of: date = date(2024, 2, 29)) -> int:
    """A delivery whose only row bears 李建国's number and another name; returns the link."""
    delivery = delivered("bank_deposits", [deposit(FATHER, name="赵大海")], as_of=as_of, came=day)
    link_delivery(delivery, at=at(day))
    return Link.objects.order_by("-id")[0].pk


class TestTiers:
    def test_number_and_name_are_enough_and_nobody_else_is_linked(self) -> None:
        household()
        delivery = delivered("bank_deposits", [deposit(MOTHER), deposit(LONER), deposit(None, name="李建国")])

        counts = link_delivery(delivery, at=at(CAME))

        assert counts == LinkCounts(people=3, records=3, confirmed=1, repaired=0, review=0)
        assert links() == [("王秀英", "confirmed", "automatic", 2)]
        (link,) = Link.objects.all()
        assert (link.source, link.division) == ("bank_deposits", "360429100201")
        assert {(one["field"], one["level"]) for one in link.evidence} >= {("id_number", "same"), ("name", "same")}
        assert events_of(f"送达数据 {delivery}")[-1].payload["confirmed"] == 1

    def test_a_number_under_another_name_waits_for_a_person(self) -> None:
        household()
        doubtful()

        assert links() == [("李建国", "review", "waiting", 2)]

    def test_a_digit_that_is_wrong_is_made_good_by_the_rest(self) -> None:
        household()
        wrong = FATHER.id_number[:-2] + ("0" if FATHER.id_number[-2] != "0" else "5") + FATHER.id_number[-1]
        told = {"id_number": wrong, "sex": "男", "born": "1982-05-01", "phone": "00012345678", "division": "360429"}
        link_delivery(delivered("bank_deposits", [deposit(FATHER, **told)]), at=at(CAME))

        assert [(name, state) for name, _tier, state, _row in links()] == [("李建国", "automatic")]

    def test_a_second_run_adds_nothing(self) -> None:
        household()
        delivery = delivered("bank_deposits", [deposit(MOTHER)])
        link_delivery(delivery, at=at(CAME))
        link_delivery(delivery, at=at(NEXT))

        assert len(links()) == 1

    def test_there_is_no_such_delivery(self) -> None:
        with pytest.raises(VerificationRefused, match="没有这份送达数据"):
            link_delivery(0, at=at(CAME))


class TestNewPeople:
    def test_who_came_after_the_delivery_is_found_by_tokens(self) -> None:
        delivery = delivered("bank_deposits", [deposit(MOTHER), deposit(LONER)])
        link_delivery(delivery, at=at(CAME))
        household()

        counts = link_people([person_id(MOTHER.id_number)], on=NEXT, at=at(NEXT))

        assert (counts.confirmed, counts.records) == (1, 1)
        assert links() == [("王秀英", "confirmed", "automatic", 2)]

    def test_a_row_that_fits_somebody_else_better_is_not_taken(self) -> None:
        household()
        twin = FATHER.id_number
        household("999999-00002", LONER)
        delivered("bank_deposits", [deposit(FATHER)])

        link_people([person_id(LONER.id_number)], on=NEXT, at=at(NEXT))
        assert links() == []
        link_people([person_id(twin)], on=NEXT, at=at(NEXT))
        assert [name for name, *_rest in links()] == ["李建国"]

    def test_nothing_was_delivered(self) -> None:
        household()
        assert link_people([person_id(MOTHER.id_number)], on=NEXT, at=at(NEXT)) == LinkCounts(people=1)


class TestSettling:
    def test_not_the_same_is_never_raised_again(self) -> None:
        household()
        link = doubtful()
        settle_link(link, is_same=False, note="户名赵大海，问过本人没有这个账户", on=CAME, at=at(CAME))
        assert NotSamePerson.objects.get().reason == "户名赵大海，问过本人没有这个账户"

        again = delivered("bank_deposits", [deposit(FATHER, name="赵大海")], as_of=date(2024, 3, 31), came=NEXT)
        assert link_delivery(again, at=at(NEXT)).review == 0
        assert links() == [("李建国", "review", "not_same", 2)]

    def test_the_same_is_not_asked_again(self) -> None:
        household()
        settle_link(doubtful(), is_same=True, note="曾用名赵大海，有户口簿", on=CAME, at=at(CAME))

        doubtful(NEXT, date(2024, 3, 31))
        assert [(state, note) for state, note in Link.objects.values_list("state", "note").order_by("id")] == [
            ("same", "曾用名赵大海，有户口簿"), ("same", "曾用名赵大海，有户口簿"),
        ]  # fmt: skip

    def test_it_is_taken_back_and_said_otherwise(self) -> None:
        household()
        link = doubtful()
        settle_link(link, is_same=False, note="看错了", on=CAME, at=at(CAME))
        undo_settlement(link, on=CAME, at=at(CAME))

        assert links() == [("李建国", "review", "waiting", 2)]
        assert NotSamePerson.objects.get().taken_back_on == CAME
        settle_link(link, is_same=False, note="还是不对", on=CAME, at=at(CAME))
        assert NotSamePerson.objects.filter(taken_back_on=None).get().reason == "还是不对"

    def test_a_row_linked_by_itself_may_be_found_not_to_be_his(self) -> None:
        household()
        link_delivery(delivered("bank_deposits", [deposit(MOTHER)]), at=at(CAME))
        link = Link.objects.get().pk
        with pytest.raises(VerificationRefused, match="已经自动认定"):
            settle_link(link, is_same=True, note="是", on=CAME, at=at(CAME))
        settle_link(link, is_same=False, note="身份证被冒用，派出所证明", on=CAME, at=at(CAME))

        undo_settlement(link, on=CAME, at=at(CAME))
        assert links() == [("王秀英", "confirmed", "automatic", 2)]

    @pytest.mark.parametrize(("note", "words"), [(" ", "200字以内"), ("长" * 201, "200字以内")])
    def test_what_cannot_stand_is_refused(self, note: str, words: str) -> None:
        household()
        link = doubtful()
        with pytest.raises(VerificationRefused, match=words):
            settle_link(link, is_same=True, note=note, on=CAME, at=at(CAME))
        with pytest.raises(VerificationRefused, match="早于比对日期"):
            settle_link(link, is_same=True, note="是", on=date(2024, 3, 1), at=at(CAME))
        with pytest.raises(VerificationRefused, match="还没有人认定"):
            undo_settlement(link, on=CAME, at=at(CAME))
        with pytest.raises(VerificationRefused, match="没有这条待认定的记录"):
            settle_link(0, is_same=True, note="是", on=CAME, at=at(CAME))
        settle_link(link, is_same=True, note="是", on=CAME, at=at(CAME))
        with pytest.raises(VerificationRefused, match="已由张经办认定为“是同一人”"):
            settle_link(link, is_same=True, note="是", on=CAME, at=at(CAME))


def test_two_brothers_a_day_apart_are_not_mixed_up() -> None:
    """The number of one under the name of the other is nobody's by itself."""
    elder, younger = number(date(1982, 5, 1), 1), number(date(1982, 5, 1), 3)
    assert elder != younger
    household()
    delivered("bank_deposits", [deposit(FATHER, id_number=younger, name="李建军")])

    link_people([person_id(elder)], on=NEXT, at=at(NEXT))
    assert links() == []


def test_a_township_takes_back_its_own_word_without_seeing_the_row(act_as: ActAs) -> None:
    """Raw rows are the county's alone; what the township said of a link it may take back."""
    household()
    link = doubtful()
    with act_as("360429100"):
        settle_link(link, is_same=False, note="不是他的", on=CAME, at=at(CAME))
        assert not SourceRecord.objects.exists()
        undo_settlement(link, on=CAME, at=at(CAME))

    assert links() == [("李建国", "review", "waiting", 2)]
