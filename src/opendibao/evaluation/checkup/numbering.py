"""标题的编号: the number forms of headings (一、 （一） 1. （1） 第一部分), their value, which holds which."""

import re
from dataclasses import dataclass

from opendibao.evaluation.checkup.quantity import plain

_CHINESE = "零一二三四五六七八九"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
FREE = 3  # forms of this rank nest as they come: 1. may hold （1）, and （1） may hold 1.

# (form, its rank, the pattern whose first group is the number); ranks below FREE are fixed from the outside in
_FORMS = tuple(
    (form, rank, re.compile(pattern))
    for form, rank, pattern in (
        ("第一部分", 0, r"第([一二三四五六七八九十百]+|\d{1,2})(?:部分|章|篇)[、,:.]?"),
        ("一、", 1, r"([一二三四五六七八九十]{1,3})(?:[、,.]|(?=\s))"),
        ("第一节", 2, r"第([一二三四五六七八九十]+)节[、.]?"),
        ("（一）", 2, r"\(([一二三四五六七八九十]{1,3})\)[、.]?"),
        ("1.1.1", FREE, r"(\d{1,2}\.\d{1,2}\.\d{1,2})[.、]?(?!\d|\s*%)"),
        ("1.1", FREE, r"(\d{1,2}\.\d{1,2})(?:[.、]|\s+|(?=[一-鿿]))(?!\d|%|[万亿]?元|[户人次个年月日倍])"),
        ("1、", FREE, r"(\d{1,2})、"),
        # 2.3个工程: what is counted one by one has no tenths, so that the first number is that of the list
        ("1.", FREE, r"(\d{1,2})\.(?!\d(?!\d*(?:个(?!百分|月)|[名家条处项笔件所座])))"),
        ("（1）", FREE, r"\((\d{1,2})\)[、.]?"),
        ("1）", FREE, r"(\d{1,2})\)[、.]?"),
        ("①", FREE, rf"([{CIRCLED}])"),
    )
)
# headings of the outermost forms that plain numbers may continue by mistake: 六、 … 7、
CONTINUED = ("1、", "1.")


@dataclass(frozen=True)
class Numbered:
    """The number at the head of a line: as written, its form, the rank of the form, its value, the words after it."""

    mark: str
    form: str
    rank: int
    value: int
    words: str


def numbered(line: str) -> Numbered | None:
    """The number with which a line begins; None where it begins with words, or with a number that counts something."""
    text = line.strip().lstrip("#").strip()
    half = plain(text)
    for form, rank, pattern in _FORMS:
        if found := pattern.match(half):
            mark, words = text[: found.end()].strip(), text[found.end() :].strip()
            if words:
                return Numbered(mark, form, rank, _value(found.group(1)), words)
    return None


def _value(number: str) -> int:
    if number in CIRCLED:
        return CIRCLED.index(number) + 1
    if number[-1].isdigit():
        return int(number.split(".")[-1])
    tens, ten, ones = number.partition("十")
    if not ten:
        return _CHINESE.index(number[-1])
    return (_CHINESE.index(tens) if tens else 1) * 10 + (_CHINESE.index(ones) if ones else 0)
