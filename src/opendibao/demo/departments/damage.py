"""录入错误: what goes wrong with a person's particulars on a department's record; the same record always the same."""

from collections.abc import Callable, Mapping
from random import Random

from opendibao.demo.departments.homes import Subject

Identity = dict[str, str]
PER_TEN_THOUSAND: Mapping[str, int] = {
    "legacy15": 140, "lower_x": 40, "full_width": 20, "digit": 40, "swapped": 20, "missing": 50, "masked": 10,
    "excel": 10, "name": 30, "blanks": 30, "other_name": 3,
}  # fmt: skip
"""How many records in ten thousand have each fault: assumptions, the same for all departments."""
ZH = {
    "": "无", "legacy15": "旧15位号", "lower_x": "末位小写x", "full_width": "全角数字", "digit": "错一位",
    "swapped": "相邻两位颠倒", "missing": "没有证件号", "masked": "证件号打了星号", "excel": "Excel把末三位变成0",
    "name": "姓名写了同音字", "blanks": "姓名中有空格", "other_name": "登记了另一个姓名",
}  # fmt: skip
HOMOPHONES = {
    "芳": "方", "明": "名", "华": "花", "英": "瑛", "强": "墙", "军": "君", "丽": "莉", "霞": "侠", "伟": "卫",
    "玲": "铃", "红": "洪", "平": "萍", "秀": "绣", "珍": "真", "林": "琳", "国": "帼", "建": "健", "文": "雯",
    "志": "至", "辉": "晖",
}  # fmt: skip
OTHER_NAMES = ("万国胜", "邬春来", "涂满意", "饶有余")
_WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
LEGACY_BEFORE = "2000"
"""Numbers of fifteen places were given to who was born in the last century."""


def identity_of(subject: Subject) -> Identity:
    """The particulars as they should be."""
    return {
        "id_number": subject.id_number, "name": subject.name, "sex": subject.sex, "born": subject.born,
        "division": subject.division[:6], "phone": subject.phone,
    }  # fmt: skip


def damaged(subject: Subject, rng: Random) -> tuple[Identity, str]:
    """The particulars as they stand on a record, and which fault they have ("" mostly)."""
    identity = identity_of(subject)
    if not subject.id_number:
        return identity, "missing"
    drawn = rng.randrange(10_000)
    for fault, share in PER_TEN_THOUSAND.items():
        if drawn < share:
            changed = _FAULTS[fault](identity, rng)
            return changed, fault if changed != identity else ""
        drawn -= share
    return identity, ""


def _with(identity: Identity, **changed: str) -> Identity:
    return {**identity, **changed}


def _legacy(identity: Identity, rng: Random) -> Identity:
    number = identity["id_number"]
    return _with(identity, id_number=number[:6] + number[8:17]) if number[6:10] < LEGACY_BEFORE else identity


def _digit(identity: Identity, rng: Random) -> Identity:
    """One place of the sequence is mistyped: the check digit no longer fits."""
    number, place = identity["id_number"], rng.randrange(14, 17)
    other = str((int(number[place]) + rng.randrange(1, 10)) % 10)
    return _with(identity, id_number=number[:place] + other + number[place + 1 :])


def _swapped(identity: Identity, rng: Random) -> Identity:
    number, place = identity["id_number"], rng.randrange(14, 16)
    pair = number[place + 1] + number[place]
    return _with(identity, id_number=number[:place] + pair + number[place + 2 :])


def _name(identity: Identity, rng: Random) -> Identity:
    name = identity["name"]
    changed = name[0] + "".join(HOMOPHONES.get(one, one) for one in name[1:])
    return _with(identity, name=changed)


_FAULTS: Mapping[str, Callable[[Identity, Random], Identity]] = {
    "legacy15": _legacy,
    "lower_x": lambda one, rng: _with(one, id_number=one["id_number"].lower()),
    "full_width": lambda one, rng: _with(one, id_number=one["id_number"].translate(_WIDE)),
    "digit": _digit,
    "swapped": _swapped,
    "missing": lambda one, rng: _with(one, id_number=""),
    "masked": lambda one, rng: _with(one, id_number=one["id_number"][:6] + "********" + one["id_number"][14:]),
    "excel": lambda one, rng: _with(one, id_number=one["id_number"][:15] + "000"),
    "name": _name,
    "blanks": lambda one, rng: _with(one, name="　".join(one["name"])),
    "other_name": lambda one, rng: _with(one, name=rng.choice(OTHER_NAMES)),
}
