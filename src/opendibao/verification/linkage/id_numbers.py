"""证件号: what is left of a number that a department wrote: whole, of 15 places, masked, cut short, broken by Excel."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from opendibao.kernel.ids import check_digit

OK, LEGACY, BAD_CHECK, BAD_LENGTH = "ok", "legacy15", "badcheck", "badlen"
MISSING, MASKED, EXCEL = "missing", "masked", "excel15"
FLAGS = (OK, LEGACY, BAD_CHECK, BAD_LENGTH, MISSING, MASKED, EXCEL)
WHOLE = (OK, LEGACY)
"""Flags of a number that can be trusted as a whole."""
OLDEST_YEAR, LATEST_YEAR = 1880, 2099
_SIGNS = re.compile(r"[^0-9A-Z*]")
_HIDDEN = re.compile(r"[*●○■□×?#]|X(?=.*X)")  # X is a mask when there are several of them
_ZERO_TAIL = re.compile(r"\.0+$")
_SCIENTIFIC = re.compile(r"([1-9])(?:\.([0-9]{1,17}))?E\+?1[0-9]")
_EIGHTEEN = re.compile(r"[0-9]{17}[0-9X]")
_EXCEL_LAST = "000"
_COUNTED = "1234567890" * 2


@dataclass(frozen=True)
class IdParts:
    """A number and its segments; a segment that cannot be seen is empty, `id18` is empty unless all places are there.

    `region` 6 places, `birth` 8, `sequence` 4 (the check digit is its last).
    """

    flag: str
    id18: str = ""
    region: str = ""
    birth: str = ""
    sequence: str = ""


def is_day(text: str) -> bool:
    """Whether eight digits are a day on which somebody can be born."""
    if len(text) != 8 or not text.isascii() or not text.isdigit():
        return False
    year, month, day = int(text[:4]), int(text[4:6]), int(text[6:])
    if not (OLDEST_YEAR <= year <= LATEST_YEAR and 1 <= month <= 12 and 1 <= day <= 31):
        return False
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    return day <= (first_of_next - timedelta(days=1)).day


def id_parts(raw: str) -> IdParts:
    """What a written number tells. Never raises: what cannot be read is `missing` or `badlen`."""
    text = _ZERO_TAIL.sub("", unicodedata.normalize("NFKC", raw).upper().strip())
    destroyed = _SCIENTIFIC.fullmatch(text)
    if destroyed:
        digits = destroyed[1] + (destroyed[2] or "")
        return _excel(digits) if len(digits) >= len("110105194912") else IdParts(MISSING)
    flat = _SIGNS.sub("", _HIDDEN.sub("*", text))
    if "*" in flat:
        return _masked(flat)
    if not any(sign.isdigit() for sign in flat) or _is_filler(flat):
        return IdParts(MISSING)
    if len(flat) == 18 and _EIGHTEEN.fullmatch(flat):
        return _eighteen(flat)
    if len(flat) == 15 and flat.isdigit():
        return _fifteen(flat)
    return _of_other_length(flat)


def _is_filler(flat: str) -> bool:
    """What is typed where a number must stand and nobody knows it: 111111111111111111, 123456789012345678."""
    return len(set(flat)) <= 2 or _COUNTED.startswith(flat)


def _segments(flag: str, text: str, id18: str) -> IdParts:
    return IdParts(flag, id18, text[:6], text[6:14], text[14:])


def _eighteen(text: str) -> IdParts:
    if check_digit(text[:17]) == text[17] and is_day(text[6:14]):
        return _segments(OK, text, text)
    return _excel(text[:15]) if text.endswith(_EXCEL_LAST) else _segments(BAD_CHECK, text, text)


def _excel(digits: str) -> IdParts:
    """Fifteen significant digits are all that a number cell keeps."""
    return IdParts(EXCEL, region=digits[:6], birth=digits[6:14] if is_day(digits[6:14]) else "")


def _fifteen(text: str) -> IdParts:
    first17 = text[:6] + "19" + text[6:]
    if not is_day(first17[6:14]):
        return IdParts(BAD_LENGTH, region=text[:6])
    whole = first17 + check_digit(first17)
    return _segments(LEGACY, whole, whole)


def _masked(text: str) -> IdParts:
    """Eighteen signs of which some are hidden; a mask of another length shows only its two ends."""
    region, sequence = text[:6], text[-4:]
    birth = text[6:14] if len(text) == 18 and is_day(text[6:14]) else ""
    seen = [part if "*" not in part else "" for part in (region, sequence)]
    return IdParts(MASKED, region=seen[0] if len(region) == 6 else "", birth=birth, sequence=seen[1])


def _of_other_length(text: str) -> IdParts:
    """A place lost or doubled leaves the segments on both sides of it as they were."""
    if len(text) not in (16, 17, 19, 20) or not text[:-1].isdigit():
        return IdParts(BAD_LENGTH)
    from_left, from_right = text[6:14], text[-12:-4]
    birth = from_left if is_day(from_left) else from_right if is_day(from_right) else ""
    return IdParts(BAD_LENGTH, region=text[:6], birth=birth, sequence=text[-4:])
