"""公民身份号码 (GB 11643-1999) and 统计用区划代码: check, upgrade from 15 places, mask."""

import re
from dataclasses import dataclass
from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_EIGHTEEN = re.compile(r"[0-9]{17}[0-9X]")  # \d would let full-width digits in
_FIFTEEN = re.compile(r"[0-9]{15}")
_DIVISION = re.compile(r"[0-9]{12}")
DEMO_PREFIX = "999999"  # a county that does not exist: no demo number can belong to a real person
OLDEST = 130
TOWNSHIP_DIGITS, VILLAGE_DIGITS = 9, 12


class BadIdNumber(ValueError):
    """The number is no valid 公民身份号码; the text says why and what to do."""


@dataclass(frozen=True)
class IdNumber:
    """A checked number with what it says: birth date and sex (odd sequence is male)."""

    text: str
    born: date
    sex: str


def check_digit(first17: str) -> str:
    """The eighteenth place from the first seventeen (GB 11643, ISO 7064 MOD 11-2)."""
    return _CHECKS[sum(int(d) * w for d, w in zip(first17, _WEIGHTS, strict=True)) % 11]


def _upgrade(text: str) -> str:
    first17 = text[:6] + "19" + text[6:]
    return first17 + check_digit(first17)


def parse_id_number(raw: str, *, on: date) -> IdNumber:
    """Check a number of 15 or 18 places and return it with 18; `on` is the day of the check.

    Raises BadIdNumber for wrong length, wrong check digit, impossible or future birth date, age over 130.
    """
    text = raw.strip().upper()
    if _FIFTEEN.fullmatch(text):
        text = _upgrade(text)
    if not _EIGHTEEN.fullmatch(text):
        raise BadIdNumber(f"身份证号“{raw}”应为18位（或旧15位）数字，末位可为X，请对照证件重填")
    if check_digit(text[:17]) != text[17]:
        raise BadIdNumber(f"身份证号“{raw}”校验位不对，应有一位抄错，请对照证件重填")
    try:
        born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        raise BadIdNumber(f"身份证号“{raw}”里的出生日期不存在，请对照证件重填") from None
    if born > on or on.year - born.year > OLDEST:
        raise BadIdNumber(f"身份证号“{raw}”里的出生日期{born}不合理，请对照证件重填")
    return IdNumber(text, born, "male" if int(text[16]) % 2 else "female")


def make_id_number(prefix: str, born: date, sequence: int) -> str:
    """Compose a valid number; the demonstration uses DEMO_PREFIX, which belongs to no place."""
    first17 = f"{prefix}{born:%Y%m%d}{sequence:03d}"
    return first17 + check_digit(first17)


def mask_id_number(text: str) -> str:
    """Show the first six and last four places only: 999999********1234."""
    return f"{text[:6]}{'*' * (len(text) - 10)}{text[-4:]}"


def mask_account(text: str) -> str:
    """Show the last four digits of a bank account only."""
    return f"{'*' * max(0, len(text) - 4)}{text[-4:]}"


def mask_name(text: str) -> str:
    """Show the surname only, for sample rows in a mailed file: 王秀英 → 王**."""
    return text[:1] + "*" * (len(text) - 1)


def is_division(code: str) -> bool:
    """Whether the text has the form of a 12-digit division code."""
    return bool(_DIVISION.fullmatch(code))


def reach_of(code: str) -> str:
    """The prefix that names a division and all below it: 360429100000 → 360429100."""
    for width, tail in ((6, "000000"), (9, "000")):
        if code[width:] == tail:
            return code[:width]
    return code


def part_width(within: str) -> int:
    """How many digits name the parts of a place: of a township (or a village) its villages, else townships."""
    return VILLAGE_DIGITS if within and len(reach_of(within)) >= TOWNSHIP_DIGITS else TOWNSHIP_DIGITS


def part_of(division: str, within: str = "") -> str:
    """The part of a place that a village is counted under: itself, or its township."""
    return division[: part_width(within)].ljust(VILLAGE_DIGITS, "0")


def township_of(code: str) -> str:
    """The township a village code belongs to: 360429100001 → 360429100000."""
    return code[:9] + "000"


def county_of(code: str) -> str:
    """The county a code belongs to: 360429100001 → 360429000000."""
    return code[:6] + "000000"
