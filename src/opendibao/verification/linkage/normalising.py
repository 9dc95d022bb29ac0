"""规范: the identity columns of our people or of a delivery in one canonical form, whole columns at a time."""

from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from opendibao.verification.linkage.days_and_phones import FEMALE, MALE, day_of, division_of, phone_of, sex_of
from opendibao.verification.linkage.id_numbers import LATEST_YEAR, OK, OLDEST_YEAR, WHOLE, id_parts
from opendibao.verification.linkage.names import clean_name, pinyin

SLICE = 250_000
"""Rows that are turned at once: what it takes in memory does not grow with the table."""
GIVEN = ("key", "name", "id_number", "sex", "born", "division", "phone")
MADE = ("id18", "id_flag", "region6", "birth8", "seq4", "pinyin", "surname", "born8", "phone11", "has_key")
_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], dtype=np.int16)  # GB 11643
_CHECKS = np.frombuffer(b"10X98765432", dtype=np.uint8)
_MONTH_DAYS = np.array([0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] + [0] * 87, dtype=np.int16)
_ZERO = ord("0")
Bytes = NDArray[np.uint8]
Mask = NDArray[np.bool_]


def normalise(table: pa.Table) -> pa.Table:
    """Canonical columns for the string columns key, name, id_number, sex, born, division, phone (null is "").

    Returns key, id_number and name (clean), sex (male, female, ""), division, and what MADE lists: `id18` the whole
    number or "", `id_flag`, the segments that can be seen, the reading of the name and of its first character, the
    day of birth, the mobile number, and `has_key`: whether anything but the name tells who the row is about.
    Sex and birth come from a whole number when their columns are empty. Raises ValueError for a missing column.
    """
    parts = [_slice(_given(table.slice(start, SLICE))) for start in range(0, max(table.num_rows, 1), SLICE)]
    return pa.concat_tables(parts)


def _slice(columns: dict[str, pa.Array]) -> pa.Table:
    ids = _id_columns(columns["id_number"])
    name, reading, surname = _names(columns["name"])
    is_whole = pc.is_in(ids["id_flag"], pa.array(WHOLE))
    born = _or(_by_distinct(columns["born"], day_of), pc.if_else(is_whole, ids["birth8"], ""))
    sex = _or(_by_distinct(columns["sex"], sex_of), pc.if_else(is_whole, _sex_of_number(ids["seq4"]), ""))
    phone = _phones(columns["phone"])
    known = (ids["id18"], ids["birth8"], ids["seq4"], born, phone)
    lengths = [pc.binary_length(one) for one in known]
    made = {
        "key": columns["key"], "id_number": columns["id_number"], "name": name, "sex": sex,
        "division": _by_distinct(columns["division"], division_of), **ids, "pinyin": reading,
        "surname": surname, "born8": born, "phone11": phone,
        "has_key": pc.greater(pc.max_element_wise(*lengths), 0) if len(name) else pa.array([], pa.bool_()),
    }  # fmt: skip
    return pa.table(made)


def _given(table: pa.Table) -> dict[str, pa.Array]:
    missing = [column for column in GIVEN if column not in table.column_names]
    if missing:
        raise ValueError(f"缺少列：{'、'.join(missing)}")
    return {
        column: pc.fill_null(table[column].combine_chunks().cast(pa.string()), "")
        for column in GIVEN
    }  # fmt: skip


def _by_distinct(column: pa.Array, made: Callable[[str], str]) -> pa.Array:
    """Each different text is turned once."""
    if not len(column):
        return column
    encoded = column.dictionary_encode()
    return pa.array([made(text) for text in encoded.dictionary.to_pylist()], pa.string()).take(encoded.indices)


def _names(column: pa.Array) -> tuple[pa.Array, pa.Array, pa.Array]:
    """The clean name, its reading, and that of its first character."""
    encoded = column.dictionary_encode()
    names = [clean_name(text) for text in encoded.dictionary.to_pylist()]
    readings = [pinyin(name) for name in names]
    first = [reading.partition(" ")[0] for reading in readings]
    name, reading, surname = (pa.array(texts, pa.string()).take(encoded.indices) for texts in (names, readings, first))
    return name, reading, surname


def _or(column: pa.Array, other: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(column, ""), other, column)


def _sex_of_number(sequence: pa.Array) -> pa.Array:
    """Odd sequences are male (GB 11643); the third place of the four. What ends in 000 a workbook may have rounded."""
    sexes = pc.if_else(pc.is_in(pc.utf8_slice_codeunits(sequence, 2, 3), pa.array(list("13579"))), MALE, FEMALE)
    return pc.if_else(pc.ends_with(sequence, "000"), "", sexes)


def _rows_of(column: pa.Array, width: int) -> tuple[Mask, Bytes]:
    """Which texts have exactly so many bytes, and these as a matrix of bytes."""
    fits = pc.equal(pc.binary_length(column), width)
    chosen = column.filter(fits)
    data = np.frombuffer(chosen.buffers()[2] or b"", dtype=np.uint8)
    start = chosen.offset * width
    return np.asarray(fits), data[start : start + len(chosen) * width].reshape(-1, width)


def _texts(rows: Bytes) -> pa.Array:
    """A matrix of bytes as texts."""
    count, width = rows.shape
    offsets = np.arange(count + 1, dtype=np.int32) * width
    return pa.StringArray.from_buffers(count, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(rows)))


def _placed(count: int, where: Mask, texts: pa.Array, elsewhere: Sequence[str]) -> pa.Array:
    """One column of the texts where the mask is set and of the others where it is not, each in its order."""
    order = np.empty(count, dtype=np.int64)
    order[where] = np.arange(len(texts))
    order[~where] = len(texts) + np.arange(count - len(texts))
    return pa.concat_arrays([texts, pa.array(elsewhere, pa.string())]).take(pa.array(order))


def _id_columns(column: pa.Array) -> dict[str, pa.Array]:
    """The quick way for whole numbers of 18 places, a careful look at each of the rest."""
    tidy = pc.ascii_upper(pc.utf8_trim_whitespace(column))
    fits, rows = _rows_of(tidy, 18)
    is_whole = are_whole(rows)
    quick = fits.copy()
    quick[fits] = is_whole
    rows = rows[is_whole]
    rest = [id_parts(text) for text in column.filter(pa.array(~quick)).to_pylist()]
    count = len(column)
    return {
        "id18": _placed(count, quick, _texts(rows), [part.id18 for part in rest]),
        "id_flag": _placed(count, quick, pa.array([OK] * len(rows), pa.string()), [part.flag for part in rest]),
        "region6": _placed(count, quick, _texts(rows[:, :6]), [part.region for part in rest]),
        "birth8": _placed(count, quick, _texts(rows[:, 6:14]), [part.birth for part in rest]),
        "seq4": _placed(count, quick, _texts(rows[:, 14:]), [part.sequence for part in rest]),
    }


def are_whole(rows: Bytes) -> Mask:
    """Which rows of 18 bytes are a number with the right check digit (GB 11643) and a possible day of birth."""
    digits = np.ascontiguousarray((rows - _ZERO).T)  # below zero wraps around to far above nine
    are_digits: Mask = np.all(digits[:17] <= 9, axis=0)
    total, digits = np.zeros(len(rows), dtype=np.int16), np.minimum(digits, 9)
    for place, weight in enumerate(_WEIGHTS):
        total += digits[place] * weight
    is_checked: Mask = np.equal(_CHECKS[total % 11], rows[:, 17])
    year, month, day = (_number(digits[start:end]) for start, end in ((6, 10), (10, 12), (12, 14)))
    is_leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    last = _MONTH_DAYS[month] - ((month == 2) & ~is_leap)
    is_born = (year >= OLDEST_YEAR) & (year <= LATEST_YEAR) & (day >= 1) & (day <= last)
    whole: Mask = are_digits & is_checked & is_born
    return whole


def _number(digits: Bytes) -> NDArray[np.int16]:
    """Digits, one place a row, as numbers of at most four places."""
    number = np.zeros(digits.shape[1], dtype=np.int16)
    for place in digits:
        number = number * np.int16(10) + place
    return number


def _phones(column: pa.Array) -> pa.Array:
    fits, rows = _rows_of(column, 11)
    digits = rows - _ZERO  # below zero wraps around to far above nine
    is_filler = np.all(digits[:, 4:] == digits[:, 4:5], axis=1)
    is_mobile = np.all(digits <= 9, axis=1) & (digits[:, 0] == 1) & (digits[:, 1] >= 3) & ~is_filler
    quick = fits.copy()
    quick[fits] = is_mobile
    rest = _by_distinct(column.filter(pa.array(~quick)), phone_of)
    return _placed(len(column), quick, _texts(rows[is_mobile]), rest.to_pylist())
