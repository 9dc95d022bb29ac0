"""A delivery as it lies in the database, made without a file: rows sealed, found by tokens."""

from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256

from django.db import connection, transaction

from opendibao.verification.models import Delivery, DeliveryReject, SourceRecord
from opendibao.verification.sealing import blind, seal, seal_row
from tests.registry.builders import COUNTY, MOTHER

RECEIVED = date(2024, 3, 5)
ROW = {"id_number": MOTHER.id_number, "name": "王秀英", "balance": 9_800_000}


@transaction.atomic
def delivered(
    rows: Sequence[Mapping[str, object]] = (ROW,), *, source: str = "vehicles", on: date = RECEIVED, rejects: int = 1
) -> Delivery:
    """A file of some rows and some that went back."""
    kept = Delivery.objects.create(
        source=source, division=COUNTY, department="县车辆管理所", legal_basis="57号第十七条", purpose="低保核对",
        authorisation="核授2024-1", covers="register", as_of=on, received_on=on, received_by="张经办",
        file_name="车辆.csv", layout="csv", encoding="utf-8", size=120,
        sha256=sha256(f"{source} {on}".encode()).hexdigest(),
        rows=len(rows) + rejects, accepted=len(rows), rejected=rejects, sealed_file=seal(str(rows).encode()),
    )  # fmt: skip
    SourceRecord.objects.bulk_create(
        SourceRecord(
            delivery=kept, row_no=n, row_key=blind(f"{source} {n}"), tokens=[blind(f"id:{row['id_number']}")],
            id_flag="ok", is_keyed=True, sealed=seal_row(dict(row)),
        )
        for n, row in enumerate(rows, 2)
    )  # fmt: skip
    DeliveryReject.objects.bulk_create(
        DeliveryReject(
            delivery=kept, row_no=len(rows) + 2 + n, field="name", reason="姓名空着，请部门补上",
            sealed=seal_row({"id_number": MOTHER.id_number}), tokens=[blind(f"id:{MOTHER.id_number}")],
        )
        for n in range(rejects)
    )  # fmt: skip
    with connection.cursor() as cursor:  # now, while somebody acts who sees the rows
        cursor.execute("SET CONSTRAINTS delivery_is_whole IMMEDIATE; SET CONSTRAINTS delivery_is_whole DEFERRED")
    return kept
