"""Rows of a department as they lie in the database after a file was taken."""

from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256

from django.db import connection

from opendibao.verification.known_people import record_table
from opendibao.verification.linkage.blocks import block_keys
from opendibao.verification.linkage.normalising import normalise
from opendibao.verification.models import Delivery, DeliveryReject, SourceRecord
from opendibao.verification.sealing import blind, blinded, seal_row
from opendibao.verification.sources import SOURCES
from tests.registry.builders import COUNTY, MemberEntry

AS_OF, CAME = date(2024, 2, 29), date(2024, 3, 4)
WHO = ("id_number", "name", "sex", "born", "division", "phone")
Row = Mapping[str, object]


def row(who: MemberEntry | None = None, **cells: object) -> dict[str, object]:
    """A row about somebody; cells replace what it says of him."""
    named = {"id_number": who.id_number, "name": who.name} if who else {}
    return {**dict.fromkeys(WHO, ""), **named, **cells}


def deposit(who: MemberEntry | None = None, fen: int = 9_800_000, account: str = "6217000001", **cells: object) -> Row:
    """An account of a person."""
    held = {"bank": "农商银行", "account": account, "kind": "term", "balance": fen, "as_of": AS_OF.isoformat()}
    return row(who, **{**held, "closed_on": None, **cells})


def delivered(
    source: str,
    rows: Sequence[Row],
    *,
    as_of: date = AS_OF,
    came: date = CAME,
    list_of: date | None = None,
    rejected: Sequence[Row] = (),
) -> int:
    """A delivery of a source with its rows sealed and found by tokens; returns its id."""
    delivery = Delivery.objects.create(
        source=source, division=COUNTY, department="县某局", legal_basis="57号第十七条", purpose="核对",
        authorisation="核〔2024〕1号", covers="request" if list_of else "register", list_of=list_of, as_of=as_of,
        received_on=came, received_by="张经办", file_name="x.csv", layout="csv", encoding="utf-8", size=1,
        sha256=sha256(f"{source}{as_of}{rows}".encode()).hexdigest(), rows=len(rows) + len(rejected),
        accepted=len(rows), rejected=len(rejected), sealed_file=b"x", remarks=[],
    )  # fmt: skip
    SourceRecord.objects.bulk_create(
        SourceRecord(
            delivery=delivery, row_no=place, row_key=_row_key(source, one), tokens=tokens, id_flag=flag,
            is_keyed=is_keyed, sealed=seal_row(one),
        )
        for place, (one, (tokens, flag, is_keyed)) in enumerate(zip(rows, _known(rows), strict=True), 2)
    )  # fmt: skip
    DeliveryReject.objects.bulk_create(
        DeliveryReject(delivery=delivery, row_no=90 + place, field="balance", reason="余额不是数", tokens=tokens,
                    sealed=seal_row(one))
        for place, (one, (tokens, _flag, _keyed)) in enumerate(zip(rejected, _known(rejected), strict=True))
    )  # fmt: skip
    with connection.cursor() as cursor:  # what is put off until the commit is looked at now
        cursor.execute("SET CONSTRAINTS delivery_is_whole IMMEDIATE; SET CONSTRAINTS delivery_is_whole DEFERRED")
    return delivery.pk


def _row_key(source: str, one: Row) -> str:
    return blind("|".join([source, *(str(one.get(name) or "") for name in SOURCES[source].key)]))


def _known(rows: Sequence[Row]) -> list[tuple[list[str], str, bool]]:
    if not rows:
        return []
    table = normalise(record_table(list(enumerate(rows))))
    return list(
        zip(
            [blinded(keys) for keys in block_keys(table)],
            table["id_flag"].to_pylist(),
            table["has_key"].to_pylist(),
            strict=True,
        )
    )
