"""A department at its own desk: it has records and, where a list came by tokens, the key it was told."""

import csv
import io
import json
from collections.abc import Mapping, Sequence

import pyarrow as pa

from opendibao.verification.privacy.tokens import agreeing

WHO = ("name", "id_number", "sex", "born", "division", "phone")
HEADS = ("标识码", "开户银行", "账号", "余额（元）", "余额日期")


def table(rows: Sequence[Mapping[str, str]]) -> pa.Table:
    """Rows as the linkage reads them."""
    columns = {name: pa.array([row.get(name, "") for row in rows], pa.string()) for name in WHO}
    return pa.table({"key": pa.array([str(n) for n in range(len(rows))], pa.string()), **columns})


def listed_tokens(list_file: bytes) -> frozenset[str]:
    """All tokens of a list, whoever they are of."""
    _head, *lines = map(json.loads, list_file.decode().splitlines())
    return frozenset(token for line in lines for token in line["tokens"])


def answer(list_file: bytes, key: str, records: Sequence[Mapping[str, str]]) -> bytes:
    """The records that speak of somebody on the list, each with the tokens that agree, as CSV."""
    wanted, text = listed_tokens(list_file), io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(HEADS)
    for row, agreed in zip(records, agreeing(table(records), bytes.fromhex(key), wanted), strict=True):
        if agreed:
            lines.writerow([" ".join(agreed), row["bank"], row["account"], row["balance"], row["as_of"]])
    return text.getvalue().encode()
