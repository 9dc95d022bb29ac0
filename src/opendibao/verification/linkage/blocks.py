"""分块: what two rows must share to be compared at all; the same keys are the tokens by which rows are found."""

import pyarrow as pa

BLOCKS: dict[str, tuple[str, ...]] = {
    "birth_seq": ("birth8", "seq4"),
    "region_seq_surname": ("region6", "seq4", "surname"),
    "region_birth_surname": ("region6", "birth8", "surname"),
    "seq_pinyin": ("seq4", "pinyin"),
    "region_pinyin": ("region6", "pinyin"),
    "birth_pinyin": ("birth8", "pinyin"),
    "born_pinyin": ("born8", "pinyin"),
    "pinyin_phone": ("pinyin", "phone11"),
}
"""Each is a plain equi-join on these columns; a column that is empty on either side joins nothing."""
ID = "id"
NAME = "name"
DAY_BLOCKS = ("birth_pinyin", "born_pinyin")
_SHOWN = {"born_pinyin": "birth_pinyin"}
"""A day of birth told in a column finds the one in a number, so both have one kind of key."""


def block_keys(normalised: pa.Table) -> list[tuple[str, ...]]:
    """The keys of each row, each once: two rows that are to be compared share one; a row without key has its name."""
    columns = {name: normalised[name].to_pylist() for name in normalised.column_names}
    return [_keys({name: values[i] for name, values in columns.items()}) for i in range(normalised.num_rows)]


def _keys(row: dict[str, str]) -> tuple[str, ...]:
    if not row["has_key"]:
        return (f"{NAME}:{row['name']}",) if row["name"] else ()
    keys = [f"{ID}:{row['id18']}"] if row["id18"] else []
    for block, fields in BLOCKS.items():
        values = [row[field] for field in fields]
        if all(values):
            keys.append(f"{_SHOWN.get(block, block)}:{'|'.join(values)}")
    return tuple(dict.fromkeys(keys))
