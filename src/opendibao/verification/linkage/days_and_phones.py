"""生日、电话、性别、区划: each as departments write it, in one form."""

import re
import unicodedata
from datetime import date, timedelta

from opendibao.verification.linkage.id_numbers import is_day

MALE, FEMALE = "male", "female"
_SEXES = {
    MALE: ("男", "男性", "M", "MALE", "1", "01", "1-男", "1.男", "男1"),
    FEMALE: ("女", "女性", "F", "FEMALE", "2", "02", "2-女", "2.女", "女2"),
}
_SEX = {word: sex for sex, words in _SEXES.items() for word in words}
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?:\s*日)?(?:[T\s].*)?")
_EIGHT = re.compile(r"(\d{8})(?:\.0+|0{6})?")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_NO_DAY = "19000101"
"""What programs write where they know no day."""
_EXCEL_ORIGIN = date(1899, 12, 30)
_MOBILE = re.compile(r"1[3-9]\d{9}")
_FILLER = re.compile(r"1[3-9]\d{2}(\d)\1{6}")
_COUNTRY = re.compile(r"^(?:\+|00)?86(?=1[3-9]\d{9}$)")


def _flat(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().upper()


def sex_of(text: str) -> str:
    """男, M, 1 (GB/T 2261.1) → male; 女, F, 2 → female; anything else → ""."""
    return _SEX.get(_flat(text), "")


def day_of(text: str) -> str:
    """Eight digits of a day written in any usual way, a day number of a workbook included; "" when it is no day."""
    flat = _flat(text)
    if found := _DATE.fullmatch(flat):
        digits = f"{found[1]}{int(found[2]):02d}{int(found[3]):02d}"
    elif found := _EIGHT.fullmatch(flat):
        digits = found[1]
    elif found := _SERIAL.fullmatch(flat):
        digits = f"{_EXCEL_ORIGIN + timedelta(days=int(found[1])):%Y%m%d}"
    else:
        return ""
    return digits if is_day(digits) and digits != _NO_DAY else ""


def phone_of(text: str) -> str:
    """The eleven digits of a mobile number; "" for one of a house or an office, and for a filler (13800000000)."""
    digits = re.sub(r"[^0-9+]", "", re.sub(r"\.0+$", "", _flat(text)))
    digits = _COUNTRY.sub("", digits)
    return digits if _MOBILE.fullmatch(digits) and not _FILLER.fullmatch(digits) else ""


def division_of(text: str) -> str:
    """A code of 6, 9 or 12 places; "" for anything else (a place in words is not compared)."""
    digits = re.sub(r"\.0+$", "", _flat(text))
    return digits if digits.isdigit() and len(digits) in (6, 9, 12) else ""
