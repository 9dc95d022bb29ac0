"""收下送达数据: how long a department's file takes to be read and to be filed, beside the bare reader of its form.

Each form holds the same rows; the floor is the library that only opens the file: calamine, pyarrow, bytes, json.
"""

import argparse
import hashlib
import io
import json
import os
import pathlib
import random
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial

from opendibao.config import embedded
from opendibao.kernel.ids import DEMO_PREFIX, make_id_number

ROWS, FEW = 100_000, 5_000
SEED = 20_240_331
AS_OF, ON, AT = date(2024, 3, 31), date(2024, 4, 2), datetime(2024, 4, 2, 1, tzinfo=UTC)
HEADS = ("证件号码", "姓名", "性别", "出生日期", "电话", "开户银行", "账号", "存款种类", "余额", "余额日期")
NAMES = ("id_number", "name", "sex", "born", "phone", "bank", "account", "kind", "balance", "as_of")
SURNAMES, GIVEN = "王李张刘陈杨黄赵吴周徐孙马朱胡", "秀英建国桂兰志强小红海燕军伟芳丽娜敏静磊洋勇艳杰"
BANKS = ("演示农商银行", "演示邮储银行", "演示工商银行")
Row = tuple[str, ...]


def rows_of(count: int) -> list[Row]:
    """Deposits of nobody, always the same."""
    chance = random.Random(SEED)
    return [_row(chance, number) for number in range(count)]


def _row(chance: random.Random, number: int) -> Row:
    born = date(1930, 1, 1) + timedelta(days=chance.randrange(32_000))
    name = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.randint(1, 2)))
    sequence = chance.randrange(1, 999)
    return (
        make_id_number(DEMO_PREFIX, born, sequence), name, "男" if sequence % 2 else "女", born.isoformat(),
        f"139{chance.randrange(10**8):08d}", chance.choice(BANKS), f"62{number:017d}", chance.choice(("活期", "定期")),
        f"{chance.randrange(10**7) / 100:.2f}", AS_OF.isoformat(),
    )  # fmt: skip


def xlsx(rows: Sequence[Row]) -> bytes:
    """The rows as a workbook of texts."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate([HEADS, *rows]):
            sheet.write_row(line, 0, row)
    return out.getvalue()


def csv_text(rows: Sequence[Row]) -> str:
    """The rows between commas."""
    return "".join(",".join(row) + "\r\n" for row in [HEADS, *rows])


def fixed(rows: Sequence[Row]) -> bytes:
    """The rows as the bank's fixed-width layout has them."""
    from opendibao.verification.sources import SOURCES

    widths = SOURCES["bank_deposits"].widths
    lines = []
    for row in rows:
        cells = dict(zip(NAMES, row, strict=True))
        lines.append(b"".join(cells.get(name, "").encode("gb18030").ljust(width) for name, width in widths))
    return b"\r\n".join([*lines, b""])


def ndjson(rows: Sequence[Row]) -> bytes:
    """The rows as one object a line."""
    lines = (json.dumps(dict(zip(HEADS, row, strict=True)), ensure_ascii=False) for row in rows)
    return "\n".join(lines).encode()


def bare_xlsx(data: bytes) -> int:
    """Only open the workbook."""
    from python_calamine import CalamineWorkbook

    return sum(1 for _ in CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).iter_rows()) - 1


def bare_csv(data: bytes) -> int:
    """Only parse the text."""
    from pyarrow import csv

    encoding = "utf8" if data.decode("utf-8", "replace").startswith("证件") else "gb18030"
    return int(csv.read_csv(io.BytesIO(data), read_options=csv.ReadOptions(encoding=encoding)).num_rows)


def bare_fixed(data: bytes) -> int:
    """Only decode the text and take its lines apart."""
    return len(data.decode("gb18030").splitlines())


def bare_ndjson(data: bytes) -> int:
    """Only parse the objects."""
    return sum(1 for line in data.decode().split("\n") if json.loads(line))


def forms(rows: Sequence[Row]) -> Iterator[tuple[str, bytes, Callable[[bytes], int]]]:
    """Each form with its bytes and its bare reader."""
    yield "xlsx", xlsx(rows), bare_xlsx
    yield "csv-gb18030", csv_text(rows).encode("gb18030"), bare_csv
    yield "csv-utf8", csv_text(rows).encode(), bare_csv
    yield "fixed", fixed(rows), bare_fixed
    yield "ndjson", ndjson(rows), bare_ndjson


def measured(what: str, n: int, work: Callable[[], int], *, peer: bool = False) -> dict[str, object]:
    """CPU of this process and wall time (the database works in another) of one piece of work on n rows."""
    cpu, wall = time.process_time(), time.perf_counter()
    found = work()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    if found != n:
        raise SystemExit(f"{what}: {found} of {n} rows")
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"what": what, "n": n, "cpu_s": round(cpu, 3), "wall_s": round(wall, 3), "rss_mb": rss, "peer": peer}


def read(data: bytes) -> int:
    """Read the file as it is filed: values, rejects, without a database."""
    from opendibao.verification.deliveries.reading.rows import read_rows
    from opendibao.verification.sources import SOURCES

    opened = read_rows(data, SOURCES["bank_deposits"], AS_OF, SOURCES.values())
    return sum(len(rows.kept) for rows in opened.batches)


def file(data: bytes, count: int) -> int:
    """File it: read, normalise, blind, seal, store behind the walls."""
    from opendibao.audit.session import acting
    from opendibao.kernel.duties import Duty
    from opendibao.verification.deliveries.filing import file_delivery
    from opendibao.verification.deliveries.manifest import REGISTER, Manifest

    manifest = Manifest(
        "bank_deposits", "演示银行", "57号第十七条", "测速", "测速", REGISTER, None, AS_OF, count,
        hashlib.sha256(data).hexdigest(),
    )  # fmt: skip
    with acting("测速", "360429", {Duty.CONFIRM}):
        return file_delivery(data, "测速", manifest, on=ON, at=AT).accepted


def figures(rows: Sequence[Row]) -> list[dict[str, object]]:
    """Each form: the floor, reading, filing."""
    done, n = [], len(rows)
    for form, data, bare in forms(rows):
        done.append(measured(f"floor: {form}, only opened", n, partial(bare, data), peer=True))
        done.append(measured(f"{form}: read", n, partial(read, data)))
        done.append(measured(f"{form}: filed", n, partial(file, data, n)))
    return done


def show(rows: list[dict[str, object]]) -> None:
    """The table, each form against its own floor."""
    print(f"{'what':32}{'n':>8}{'cpu s':>9}{'wall s':>9}{'rss MB':>8}{'× floor':>9}")
    base = 1.0
    for row in rows:
        cpu = float(str(row["cpu_s"]))
        base = max(cpu, 0.001) if row["peer"] else base
        print(f"{row['what']!s:32}{row['n']!s:>8}{cpu:>9.2f}{row['wall_s']!s:>9}{row['rss_mb']!s:>8}{cpu / base:>9.1f}")


def main() -> None:
    """Measure in a database of its own, print the table, write the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--small", action="store_true", help=f"{FEW:,} rows")
    options.add_argument("--rows", type=int, default=ROWS, help=f"how many rows, {ROWS:,} by default")
    options.add_argument("--json", type=pathlib.Path, help="write the figures to this file")
    asked = options.parse_args()
    name = f"bench_{os.getpid()}"
    server = embedded.start(pathlib.Path("var/bench/pg"))
    try:
        embedded.ensure_database(server, name)
        os.environ["DATABASE_URL"] = server.url(name, role=embedded.APP)
        os.environ["DATABASE_OWNER_URL"] = server.url(name, role=embedded.OWNER)
        os.environ["DJANGO_SETTINGS_MODULE"] = "opendibao.config.demo"
        rows = _measure(FEW if asked.small else asked.rows)
    finally:
        _drop(server, name)
        server.stop()
    show(rows)
    if asked.json:
        asked.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1))


def _measure(count: int) -> list[dict[str, object]]:
    import django
    from django.db import connection

    from opendibao.commands.setup import migrate

    django.setup()
    migrate()
    try:
        return figures(rows_of(count))
    finally:
        connection.close()


def _drop(server: embedded.Server, name: str) -> None:
    import psycopg

    with psycopg.connect(server.url("postgres", role=embedded.OWNER), autocommit=True) as owner:
        owner.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
