"""查找家庭: every way a clerk remembers a family leads to it, and to nobody of another township."""

from datetime import date

import pytest
from django.db import connection

from opendibao.registry.actions import record_death
from opendibao.registry.queries import Card, cards, person_id, search
from tests.conftest import ActAs
from tests.registry.builders import (
    CHILD,
    FAR_VILLAGE,
    LONER,
    MOTHER,
    OTHER_TOWN,
    VILLAGE,
    at,
    divisions,
    household,
)  # fmt: skip


@pytest.fixture
def families(places: None) -> None:
    household()
    household("999999-00002", LONER, division=FAR_VILLAGE)


@pytest.mark.usefixtures("families")
class TestSearch:
    @pytest.mark.parametrize(
        ("text", "matched"),
        [
            ("王秀", "王秀英"),
            ("李", "李建国"),  # the first of two
            ("wxy", "王秀英"),
            ("LX", "李小红"),
            (CHILD.id_number[-4:], "李小红"),
            (CHILD.id_number, "李小红"),
            (MOTHER.id_number[-4:].lower(), "王秀英"),
            ("999999-00001", "999999-00001"),
            ("月亮", "月亮村民委员会"),
        ],
    )
    def test_a_family_is_found_by(self, text: str, matched: str) -> None:
        rows, total = search(text)

        assert total == 1
        assert (rows[0].household, rows[0].matched) == ("999999-00001", matched)

    def test_a_row_says_who_lives_where(self) -> None:
        (row,), _ = search("syf")

        assert (row.head, row.division, row.village, row.town, row.members) == (
            "单有福", FAR_VILLAGE, "远山村民委员会", "西镇", 1,
        )  # fmt: skip

    def test_pages_and_total_agree(self) -> None:
        rows, total = search("999999-", limit=1, offset=1)

        assert ([row.household for row in rows], total) == (["999999-00002"], 2)
        assert search("999999-", offset=5) == ([], 2)

    def test_a_division_narrows_the_search(self) -> None:
        assert [row.household for row in search("999999-", division=OTHER_TOWN)[0]] == ["999999-00002"]
        assert search("999999-", division=VILLAGE)[1] == 1

    @pytest.mark.parametrize("text", ["", "  ", "赵", "%", "q", "12345"])
    def test_what_fits_nobody_finds_nothing(self, text: str) -> None:
        assert search(text) == ([], 0)

    def test_a_dead_persons_family_is_still_found(self) -> None:
        record_death(person_id(LONER.id_number), died=date(2024, 3, 1), at=at(date(2024, 3, 5)))

        (row,), _ = search("单有福")

        assert (row.head, row.members) == ("单有福", 0)


def test_another_townships_families_are_not_found(act_as: ActAs) -> None:
    with act_as("360429"):
        divisions()
        household("999999-00002", LONER, division=FAR_VILLAGE)
    with act_as("360429100"):
        for text in ("单", "syf", LONER.id_number, LONER.id_number[-4:], "999999-00002", "远山"):
            assert search(text) == ([], 0)


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize(
    ("test", "index"),
    [
        ("name ^@ '王秀'", "person_name_prefix"),
        ("initials ^@ 'wx'", "person_initials_prefix"),
        ("id_tail = '002X'", "person_id_tail"),
    ],
)
def test_row_security_leaves_the_index_usable(test: str, index: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN SELECT 1 FROM registry_person WHERE {test}")
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert index in plan


@pytest.mark.usefixtures("families")
def test_a_card_says_number_village_head_and_members_in_the_order_asked_for() -> None:
    (far,), (near,) = search("999999-00002")[0], search("999999-00001")[0]

    found = cards([far.id, near.id, 0])

    assert list(found) == [far.id, near.id]
    assert found[near.id] == Card("999999-00001", VILLAGE, "王秀英", 3)
    assert cards([]) == {}


@pytest.mark.usefixtures("families")
def test_a_telephone_number_finds_every_household_that_has_it() -> None:
    assert [row.household for row in search("00012345678")[0]] == ["999999-00001", "999999-00002"]
    assert search("0001234567") == ([], 0)
