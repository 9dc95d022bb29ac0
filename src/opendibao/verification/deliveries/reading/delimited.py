"""CSV 文件: fields between commas or tabs under a row of headings, in UTF-8 or GB18030."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, islice

import pyarrow as pa
from pyarrow import csv as arrow_csv

from opendibao.verification.deliveries.reading.cells import TOTAL_BEGINS, is_total, typed_texts
from opendibao.verification.deliveries.reading.headings import WITHIN, Headings, find_headings, heading_row
from opendibao.verification.deliveries.reading.sheets import BATCH, RAW, Batch, Fault, Sheet
from opendibao.verification.deliveries.refusal import DeliveryRefused
from opendibao.verification.sources.adapter import Source

DELIMITERS = (",", "\t", "|", ";")
HEAD = 20_000
"""Characters among which titles and headings stand."""
BLOCK = 4 << 20
FORMULA = "是公式，算出来的数不能收；请部门换成数值后重送"


def read_delimited(text: str, encoding: str, source: Source, others: Iterable[Source] = ()) -> Sheet:
    """A text of fields under headings. Raises DeliveryRefused."""
    delimiter = delimiter_of(text, source)
    above, ends = _above(text, delimiter)
    found = find_headings(above, source, others)
    below = text[ends[found.row] :]
    remarks = list(found.remarks)
    columns = {column.name: column for column in found.columns.values()}
    batches = _batches(below, delimiter, found, above[found.row], remarks)
    return Sheet("csv", encoding, columns, found.units, batches, remarks)


def has_headings(text: str, source: Source) -> bool:
    """Whether a text begins with headings of the source between some delimiters."""
    return any(heading_row(_above(text, one)[0], source)[0] >= 0 for one in DELIMITERS)


def delimiter_of(text: str, source: Source) -> str:
    """What stands between the fields: that which makes most headings known, a comma where none does."""
    return max(DELIMITERS, key=lambda one: len(heading_row(_above(text, one)[0], source)[1]))


def _above(text: str, delimiter: str) -> tuple[list[list[str]], list[int]]:
    """The first rows and where each ends."""
    lines = list(io.StringIO(text[:HEAD], newline=""))
    ends = list(accumulate(map(len, lines), initial=0))
    reader = csv.reader(lines, delimiter=delimiter)
    rows, stops = [], []
    try:
        for row in islice(reader, WITHIN):
            rows.append(row)
            stops.append(ends[reader.line_num])
    except csv.Error:  # a field longer than any; the headings are not here
        pass
    return rows, stops


def _batches(text: str, delimiter: str, found: Headings, heads: Sequence[str], remarks: list[str]) -> Iterator[Batch]:
    """The rows below the headings; empty ones and totals count nothing. Raises DeliveryRefused for half a file."""
    if not text.strip():
        return
    if text.count('"') % 2:
        raise DeliveryRefused("文件里的双引号不成对，可能没有传完；请部门核对后重送")
    odd: dict[int, str] = {}  # rows that do not have as many fields as the headings, by their place below them
    place = 0
    for block in _blocks(text, delimiter, len(heads), odd):
        places = _even(place, block.num_rows, odd)
        place = places[-1] if block.num_rows else place
        yield from _taken(block, places, found, remarks)
    if odd and (batch := _mended(odd, delimiter, found, heads, last=max(place, *odd))):
        yield batch


def _blocks(text: str, delimiter: str, width: int, odd: dict[int, str]) -> Iterator[pa.RecordBatch]:
    """Rows of as many fields as there are headings, as columns of texts; `odd` takes the others."""

    def keep(row: arrow_csv.InvalidRow) -> str:
        odd[row.number] = row.text
        return "skip"

    names = [str(place) for place in range(width)]
    kinds = {name: pa.string() for name in names}
    yield from arrow_csv.open_csv(
        pa.BufferReader(text.encode()),
        read_options=arrow_csv.ReadOptions(column_names=names, use_threads=False, block_size=BLOCK),
        parse_options=arrow_csv.ParseOptions(
            delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=keep
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types=kinds, strings_can_be_null=False, quoted_strings_can_be_null=False, check_utf8=False
        ),
    )


def _even(place: int, rows: int, odd: Mapping[int, str]) -> Sequence[int]:
    """The places of so many rows after one, the odd ones passed over."""
    if not odd:
        return range(place + 1, place + 1 + rows)
    places: list[int] = []
    while len(places) < rows:
        place += 1
        if place not in odd:
            places.append(place)
    return places


def _taken(block: pa.RecordBatch, places: Sequence[int], found: Headings, remarks: list[str]) -> Iterator[Batch]:
    """A block in batches."""
    first = block.column(0).to_pylist()
    by_name = {one.name: block.column(place).to_pylist() for place, one in found.columns.items()}
    for start in range(0, block.num_rows, BATCH):
        end = min(start + BATCH, block.num_rows)
        columns = {name: typed_texts(texts[start:end]) for name, texts in by_name.items()}
        numbers = [found.row + 1 + place for place in places[start:end]]
        yield _counted(numbers, columns, first[start:end], found, remarks)


def _counted(
    numbers: list[int], columns: dict[str, list[str]], first: Sequence[str], found: Headings, remarks: list[str]
) -> Batch:
    """A batch without empty rows and totals, formulas marked."""
    passed = set()
    for place, begins in enumerate(first):
        if begins[:1] in TOTAL_BEGINS and is_total(begins.strip()):
            remarks.append(f"第{numbers[place]}行是合计行，没有计入")
            passed.add(place)
        elif not begins and not any(texts[place] for texts in columns.values()):
            passed.add(place)
    if passed:
        kept = [place for place in range(len(numbers)) if place not in passed]
        numbers = [numbers[place] for place in kept]
        columns = {name: [texts[place] for place in kept] for name, texts in columns.items()}
    broken = {
        place: Fault(one.zh, FORMULA)
        for one in found.columns.values()
        for place, text in enumerate(columns[one.name])
        if text[:1] == "="
    }
    return Batch(numbers, columns, broken)


def _mended(
    odd: Mapping[int, str], delimiter: str, found: Headings, heads: Sequence[str], *, last: int
) -> Batch | None:
    """Rows with other than as many fields as headings: taken where only empty ones are too many or too few."""
    least = max(place for place, head in enumerate(heads) if head.strip()) + 1
    numbers, rows, broken = [], list[list[str]](), dict[int, Fault]()
    for place, text in odd.items():
        cells = next(csv.reader([text], delimiter=delimiter), [])
        if not any(map(str.strip, cells)):
            continue
        if place == last and len(cells) < least:
            raise DeliveryRefused(
                f"最后一行（第{found.row + 1 + place}行）只有{len(cells)}项，表头有{least}项，文件没有传完；请部门重送"
            )
        if not least <= len(cells) or any(map(str.strip, cells[len(heads) :])):
            reason = f"有{len(cells)}项，表头有{least}项，对不上列；请部门核对这一行有没有多出或缺少分隔符"
            broken[len(rows)] = Fault("整行", reason)
        numbers.append(found.row + 1 + place)
        rows.append([*cells, *[""] * len(heads)] if len(rows) not in broken else ["", *[""] * len(heads)])
    if not rows:
        return None
    columns = {one.name: typed_texts([row[place] for row in rows]) for place, one in found.columns.items()}
    raw = [odd[number - found.row - 1] if place in broken else "" for place, number in enumerate(numbers)]
    return Batch(numbers, {**columns, RAW: raw}, broken)
