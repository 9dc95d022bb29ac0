"""定长文本: fields of so many GB18030 bytes each, without headings; bytes are cut first and decoded then."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from opendibao.verification.deliveries.reading.cells import SPACES
from opendibao.verification.deliveries.reading.headings import plain_heading
from opendibao.verification.deliveries.reading.sheets import BATCH, RAW, Batch, Fault, Sheet, columns_of
from opendibao.verification.deliveries.refusal import DeliveryRefused
from opendibao.verification.sources.adapter import MONEY, Column, Source

CODEC = "gb18030"
CUT = "切到了半个汉字，列的位置与约定的不符；请部门按约定的字节数重排后重送"
NEWLINE = ord("\n")


@dataclass(frozen=True)
class Field:
    """A column and the bytes of the line it takes."""

    column: Column
    start: int
    end: int


def read_fixed_width(text: str, encoding: str, source: Source) -> Sheet:
    """A text of fields of fixed width as `Source.widths` has them. Raises DeliveryRefused."""
    fields, width = _fields(source)
    lines = [line.rstrip("\r") for line in text.rstrip("\r\n").split("\n")]
    top = 1 if _is_heading(lines[0], source) else 0
    encoded = [line.encode(CODEC) for line in lines[top:]]
    filled = [place for place, line in enumerate(encoded) if line.strip()]
    _refuse_other_layout(encoded, filled, width, top)
    columns = {field.column.name: field.column for field in fields}
    units = {one.name: one.unit for one in columns.values() if one.kind == MONEY}
    absent = [one.zh for one in columns_of(source).values() if one.name not in columns]
    remarks = [f"文件里没有这些列，按空处理：{'、'.join(absent)}"] if absent else []
    return Sheet("fixed", encoding, columns, units, _batches(encoded, filled, fields, width, top), remarks)


def _fields(source: Source) -> tuple[list[Field], int]:
    known, fields, start = columns_of(source), [], 0
    for name, width in source.widths:
        fields.append(Field(known[name], start, start + width))
        start += width
    return fields, start


def _is_heading(line: str, source: Source) -> bool:
    """Whether the first line names columns instead of speaking of somebody."""
    key = plain_heading(line)
    return sum(plain_heading(column.zh) in key for column in columns_of(source).values()) > 1


def _refuse_other_layout(lines: Sequence[bytes], filled: Sequence[int], width: int, top: int) -> None:
    """Half a last line is half a file; and where no line is as long as agreed, the layout is another."""
    if not filled:
        return
    if all(len(lines[place]) != width for place in filled):
        found = len(lines[filled[0]])
        raise DeliveryRefused(
            f"每行应有{width}字节（按 GB18030 数），第{top + filled[0] + 1}行有{found}字节，不是约定的定长格式；"
            "请核对来源，或请部门按约定的字节数重送"
        )
    last = filled[-1]
    if len(lines[last]) < width:
        raise DeliveryRefused(
            f"最后一行（第{top + last + 1}行）只有{len(lines[last])}字节，应有{width}字节，文件没有传完；请部门重送"
        )


def _batches(
    lines: Sequence[bytes], filled: Sequence[int], fields: Sequence[Field], width: int, top: int
) -> Iterator[Batch]:
    for start in range(0, len(filled), BATCH):
        places = filled[start : start + BATCH]
        whole = [place for place in places if len(lines[place]) == width]
        columns, broken = _cut([lines[place] for place in whole], fields, width)
        numbers = [top + place + 1 for place in whole]
        raw = [""] * len(whole)
        for place in places:
            if len(lines[place]) != width:
                reason = f"有{len(lines[place])}字节，应有{width}字节，对不上列；请部门按约定的字节数重排这一行"
                broken[len(numbers)] = Fault("整行", reason)
                numbers.append(top + place + 1)
                raw.append(lines[place].decode(CODEC))
        for texts in columns.values():
            texts.extend([""] * (len(numbers) - len(texts)))
        yield Batch(numbers, {**columns, RAW: raw}, broken)


def _cut(lines: Sequence[bytes], fields: Sequence[Field], width: int) -> tuple[dict[str, list[str]], dict[int, Fault]]:
    """Lines of one length as columns: each column is cut out of all lines at once and decoded whole."""
    columns: dict[str, list[str]] = {}
    broken: dict[int, Fault] = {}
    table = np.frombuffer(b"".join(lines), dtype=np.uint8).reshape(len(lines), width)
    ends = np.full((len(lines), 1), NEWLINE, dtype=np.uint8)
    for field in fields:
        cut = np.concatenate([table[:, field.start : field.end], ends], axis=1).tobytes()
        try:
            texts = cut.decode(CODEC).split("\n")[:-1]
        except UnicodeDecodeError:
            texts = _one_by_one(cut.split(b"\n")[:-1], field, broken)
        columns[field.column.name] = [text.strip(SPACES) for text in texts]
    return columns, broken


def _one_by_one(cells: Sequence[bytes], field: Field, broken: dict[int, Fault]) -> list[str]:
    texts = []
    for place, cell in enumerate(cells):
        try:
            texts.append(cell.decode(CODEC))
        except UnicodeDecodeError:
            broken.setdefault(place, Fault(field.column.zh, CUT))
            texts.append(cell.decode(CODEC, "replace"))
    return texts
