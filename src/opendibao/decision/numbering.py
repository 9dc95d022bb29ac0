"""决定文号: the next numbers of a year for many decisions at once."""

from django.db import connection

NUMBER = "SELECT next_decision_number(%s)"
PLACES = 5


def next_numbers(year: int, count: int) -> list[str]:
    """The next decision numbers of a year; nobody else gets one until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(NUMBER, [year])
        first = str(cursor.fetchone()[0])
    head, digits, tail = first.rpartition("〕")[0] + "〕", first.rpartition("〕")[2][:PLACES], first[-1]
    return [f"{head}{int(digits) + place:0{PLACES}d}{tail}" for place in range(count)]
