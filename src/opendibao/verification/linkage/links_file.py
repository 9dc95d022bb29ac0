"""关联文件: the links of two files as CSV, written whole or not at all, and how many there are of each tier."""

import os
import pathlib
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pv

from opendibao.verification.linkage.engine import Linker
from opendibao.verification.linkage.identity_files import BadIdentities, read_identities
from opendibao.verification.linkage.model import Model
from opendibao.verification.linkage.normalising import normalise
from opendibao.verification.linkage.patterns import CONFIRMED, REPAIRED, REVIEW, evidence_of


@dataclass(frozen=True)
class Counts:
    """How many persons and rows there were and how many rows have links of each tier.

    `without_key`: rows that have nothing but a name, for which silence means nothing; `unended`: the files whose last
    line has no end and may have been cut.
    """

    persons: int
    records: int
    confirmed: int
    repaired: int
    review: int
    unmatched: int
    without_key: int
    unended: tuple[str, ...]


def match_files(
    persons: pathlib.Path, records: pathlib.Path, out: pathlib.Path, model: Model, *, is_trial: bool = False
) -> Counts:
    """Link the rows of one file to the persons of another and write the links, unless it is only a trial.

    Raises BadIdentities (nothing is written) and OSError when the result cannot be written.
    """
    if out.resolve() in (persons.resolve(), records.resolve()):
        raise BadIdentities(f"{out} 是要读的文件，结果请写到另一个文件")
    ours, theirs = read_identities(persons, "person_id"), read_identities(records, "record_id")
    if not ours.table.num_rows:
        raise BadIdentities(f"{persons}：只有列名，没有人员，请重新导出")
    rows = normalise(theirs.table)
    with Linker(normalise(ours.table)) as linker:
        links = linker.link(rows, model)
    if not is_trial:
        write_links(out, links, model)
    unended = tuple(str(path) for path, file in ((persons, ours), (records, theirs)) if not file.is_ended)
    return _counts(ours.table.num_rows, rows, links, unended)


def _counts(persons: int, rows: pa.Table, links: pa.Table, unended: tuple[str, ...]) -> Counts:
    found = {
        tier: pc.count_distinct(links["record"].filter(pc.equal(links["tier"], tier))).as_py()
        for tier in (CONFIRMED, REPAIRED, REVIEW)
    }
    without_key = rows.num_rows - (pc.sum(rows["has_key"]).as_py() or 0)
    rest = rows.num_rows - without_key - sum(found.values())
    return Counts(persons, rows.num_rows, found[CONFIRMED], found[REPAIRED], found[REVIEW], rest, without_key, unended)


def write_links(out: pathlib.Path, links: pa.Table, model: Model) -> None:
    """person_id, record_id, tier, score and evidence, UTF-8; the file appears when it is complete. Raises OSError."""
    patterns = links["pattern"].combine_chunks().dictionary_encode()
    evidence = pa.array([_evidence_text(one, model) for one in patterns.dictionary.to_pylist()], pa.string())
    scores = links["score"].combine_chunks().dictionary_encode()
    weights = pa.array([_decimal(one) for one in scores.dictionary.to_pylist()], pa.string())
    table = pa.table({
        "person_id": links["person"], "record_id": links["record"], "tier": links["tier"],
        "score": weights.take(scores.indices), "evidence": evidence.take(patterns.indices),
    })  # fmt: skip
    beside = out.with_name(f".{out.name}.part")
    try:
        with beside.open("wb") as file:
            pv.write_csv(table, file, pv.WriteOptions(quoting_style=_quoting(table), quoting_header="none"))
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, out)
    finally:
        beside.unlink(missing_ok=True)


def _quoting(table: pa.Table) -> str:
    """Quotes only when a key has a sign that a CSV must quote."""
    signs = (pc.any(pc.match_substring_regex(table[key], r'[",\r\n]')).as_py() for key in ("person_id", "record_id"))
    return "needed" if any(signs) else "none"


def _evidence_text(pattern: int, model: Model) -> str:
    """name:same:10.00;born:near:6.00 — field, level, weight."""
    return ";".join(
        f"{one['field']}:{one['level']}:{_decimal(int(one['weight']))}" for one in evidence_of(pattern, model)
    )


def _decimal(hundredths: int) -> str:
    """2450 → 24.50."""
    sign, size = ("-", -hundredths) if hundredths < 0 else ("", hundredths)
    return f"{sign}{size // 100}.{size % 100:02d}"
