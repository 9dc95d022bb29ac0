"""省内存: lets statements over a whole list sort and join in pieces, so that memory does not grow with the list."""

from collections.abc import Iterator
from contextlib import contextmanager

from opendibao.audit.sql_rows import first_row

SORTED_IN = "16MB"
"""What one sort may take, a join twice as much; a county's list of 5,000 lines needs a quarter of it."""
FORMER = "SELECT current_setting('work_mem')"
TAKEN = "SELECT set_config('work_mem', %(size)s, true)"


@contextmanager
def sparing_memory() -> Iterator[None]:
    """Around statements whose sorts and joins go to the disk above a size; afterwards it is as it was before.

    Inside a transaction only; after an error its rollback gives the former size back.
    """
    former = first_row(FORMER, {})
    first_row(TAKEN, {"size": SORTED_IN})
    yield
    first_row(TAKEN, {"size": former[0] if former else SORTED_IN})
