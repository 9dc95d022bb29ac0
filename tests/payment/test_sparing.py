"""省内存: a size for sorts that holds inside the block and no longer."""

import pytest
from django.db import connection, transaction

from opendibao.payment.sparing import SORTED_IN, sparing_memory


def size() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW work_mem")
        return str(cursor.fetchone()[0])


@pytest.mark.django_db
def test_sorts_are_small_inside_the_block_and_as_before_after_it() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '33MB'")
    with sparing_memory():
        assert size() == SORTED_IN
    assert size() == "33MB"


@pytest.mark.django_db
def test_an_error_leaves_the_former_size() -> None:
    before = size()
    assert before != SORTED_IN
    with pytest.raises(ZeroDivisionError), transaction.atomic(), sparing_memory():
        raise ZeroDivisionError
    assert size() == before


@pytest.mark.django_db
def test_the_wall_of_lines_may_join_row_by_row_whatever_the_session_says() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT proconfig FROM pg_proc WHERE proname = 'line_obeys_decision'")
        assert cursor.fetchone() == (["enable_nestloop=on"],)
