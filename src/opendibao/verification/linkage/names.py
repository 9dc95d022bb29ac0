"""姓名: the clean name and how it is read, the same reading on both sides, so that 張 and 张 meet."""

import os
import re
import unicodedata
from functools import lru_cache

MASKS = re.compile(r"[*＊●○■□×?？#]")
_BRACKETED = re.compile(r"[(（\[【〔<《][^)）\]】〕>》]*[)）\]】〕>》]")


def clean_name(text: str) -> str:
    """The name without spaces, dots, brackets and what stands in them; "" when it is masked (王*英) or no name."""
    flat = unicodedata.normalize("NFKC", text)
    if MASKS.search(flat):
        return ""
    without = _BRACKETED.sub("", flat)
    return "".join(sign for sign in without or flat if sign.isalpha()).upper()


@lru_cache(maxsize=32_768)
def reading(character: str) -> str:
    """How one character is read, always in the same way, without tone; a Latin letter is read as itself."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # single characters need no dictionary of phrases
    from pypinyin import lazy_pinyin  # slow to load, so only when the first name comes

    return lazy_pinyin(character)[0].lower()


def pinyin(name: str) -> str:
    """How a clean name is read, a space between characters: 张建国 → zhang jian guo."""
    return " ".join(reading(character) for character in name)
