"""Opening a figure: every figure's rows stand under its heads, codes in words, names masked."""

from datetime import date

import pytest
from django.db import connection

from opendibao.evaluation.rows import HIDDEN, PAGE, measure, measure_all, page, parameters
from tests.evaluation.year import all_figures, count, enter, rows, year
from tests.payment.builders import family

pytestmark = pytest.mark.usefixtures("county")


@pytest.mark.parametrize("name", sorted(all_figures()))
def test_every_figure_can_be_asked_of_an_empty_county_and_has_a_head_for_each_column(name: str) -> None:
    figure = all_figures()[name]
    with connection.cursor() as cursor:
        cursor.execute(PAGE.format(rows=figure.sql), {**parameters(figure, year()), "limit": 1, "offset": 0})
        shown = [column.name for column in cursor.description if column.name not in HIDDEN]
    assert len(shown) == len(figure.columns)
    assert (measure(figure, year()).n, page(figure, year(), limit=5)) == (0, [])
    assert set(figure.coded) <= set(figure.columns)
    assert set(figure.private) <= set(figure.columns)


def test_names_and_numbers_are_masked_unless_asked() -> None:
    family("A1")
    ((name, id_number, household, *_),) = rows("persons", masked=True)
    assert (name, household) == ("成**", "A1")
    assert id_number.startswith("999999********")
    ((name, id_number, *_),) = rows("persons")
    assert name == "成员1"
    assert len(id_number) == 18
    assert "*" not in id_number


def test_pages_follow_one_another() -> None:
    for number in ("A1", "A2", "A3"):
        family(number)
    figure = all_figures()["households"]
    pages = [page(figure, year(), limit=2, offset=offset) for offset in (0, 2)]
    assert [row[0] for one in pages for row in one] == ["A1", "A2", "A3"]


def test_codes_are_printed_in_words() -> None:
    family("A1").decide("stop", year().as_of, cause="income")
    assert rows("entitled_covered.stopped")[0][2] == "收入变化"


def test_figures_of_the_same_rows_are_measured_together() -> None:
    family("A1", persons=2)
    both = measure_all([all_figures()["households"], all_figures()["persons"]], year())
    assert [one.rows for one in both] == [1, 2]
    assert count("households") == 1


def test_each_figure_is_the_same_alone_and_among_all() -> None:
    stays = family("A1", persons=2)
    stays.join(date(2024, 5, 1), since=date(2024, 5, 1))
    family("B1", persons=3, area="urban").decide("stop", date(2024, 3, 20))
    enter("N1", date(2024, 6, 3), persons=4, area="urban")
    moves = family("M1", persons=2)
    moves.area = "urban"
    moves.decide("increase", date(2024, 7, 5), fen=70000, first_month=date(2024, 8, 1))
    wanted = list(all_figures().values())

    together = measure_all(wanted, year())

    assert [(one.figure.id, one.rows, one.n, one.d) for one in together] == [
        (one.figure.id, one.rows, one.n, one.d) for one in (measure(figure, year()) for figure in wanted)
    ]
    found = {one.figure.id: one.rows for one in together}
    assert (found["rural.persons"], found["urban.persons"], found["persons"]) == (3, 6, 9)
    assert (found["changed.urban.persons"], found["changed.rural.persons"]) == (2, 0)
