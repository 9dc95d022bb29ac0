"""暂存: rows of a file wait beside the tables until the whole file has been read and its counts hold."""

from collections.abc import Iterable, Sequence

from django.db import connection

from opendibao.verification.deliveries.reading.rows import Rows
from opendibao.verification.deliveries.sealed_rows import (
    RECORD_COLUMNS,
    REJECT_COLUMNS,
    Stored,
    sealed_records,
    sealed_rejects,
)
from opendibao.verification.sources.adapter import Source

TABLES = (
    ("delivered_record", "verification_sourcerecord", RECORD_COLUMNS),
    ("delivered_reject", "verification_deliveryreject", REJECT_COLUMNS),
)


class Staging:
    """Rows taken so far; inside a transaction, and gone with it. Only one batch of rows is in memory at a time."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.accepted = self.rejected = 0
        self.first_reason = ""
        with connection.cursor() as cursor:
            for stage, table, columns in TABLES:
                names = ", ".join(columns)
                cursor.execute(f"CREATE TEMP TABLE {stage} ON COMMIT DROP AS SELECT {names} FROM {table} WITH NO DATA")

    def take(self, rows: Rows) -> None:
        """Seal a batch and let it wait."""
        if rows.rejected and not self.first_reason:
            self.first_reason = f"第{rows.rejected[0].number}行{rows.rejected[0].reason}"
        self.accepted += len(rows.kept)
        self.rejected += len(rows.rejected)
        (records, _, record_columns), (rejects, _, reject_columns) = TABLES
        _copy(records, record_columns, sealed_records(rows, self.source))
        _copy(rejects, reject_columns, sealed_rejects(rows.rejected))

    def store(self, delivery_id: int) -> None:
        """Put what waits under its delivery, obeying the tables' walls."""
        with connection.cursor() as cursor:
            for stage, table, columns in TABLES:
                names = ", ".join(columns)
                cursor.execute(
                    f"INSERT INTO {table} (delivery_id, {names}) SELECT %s, {names} FROM {stage} ORDER BY row_no",
                    [delivery_id],
                )
                cursor.execute(f"DROP TABLE {stage}")  # a second file in one transaction needs the name


def _copy(stage: str, columns: Sequence[str], rows: Iterable[Stored]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {stage} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
