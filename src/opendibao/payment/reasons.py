"""退回原因: what the bank's words mean, what the clerk does and what the family is told, from return_reasons.yaml."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from opendibao.policy.file_form import read_file

FILE, SCHEMA = "return_reasons.yaml", "opendibao.payment/return_reasons.schema.json"


class BadReasons(ValueError):
    """The list of reasons contradicts itself; the text names the entry and what is wrong."""


@dataclass(frozen=True)
class ReturnReason:
    """A kind of return: its name, the clerk's next step and the sentence for the family on the telephone.

    `words` are the bank's ways of writing it; `is_verified` says whether they were checked against its own list.
    """

    code: str
    zh: str
    clerk: str
    family: str
    words: Sequence[str]
    source: str
    is_verified: bool


def read_reasons(text: str, name: str = FILE) -> list[ReturnReason]:
    """Read a list of reasons; the last one takes whatever fits no other.

    Raises BadPolicy naming file, line and place for a wrong form, BadReasons for a list that contradicts itself.
    """
    rows = read_file(text, name, SCHEMA)["reasons"]
    found = [
        ReturnReason(row["code"], row["zh"], row["clerk"], row["family"], row["words"], row["source"], row["verified"])
        for row in rows
    ]
    codes = [reason.code for reason in found]
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise BadReasons(f"{name}：原因代码写了两次：{'、'.join(twice)}")
    if idle := [reason.zh for reason in found[:-1] if not reason.words]:
        raise BadReasons(f"{name}：没有写银行写法（words）的原因只能放在最后：{'、'.join(idle)}")
    if found[-1].words:
        raise BadReasons(f"{name}：最后一条接所有对不上的，不能有 words：{found[-1].zh}")
    return found


@cache
def reasons() -> list[ReturnReason]:
    """All reasons, the one that takes the rest at the end."""
    return read_reasons((files("opendibao.payment") / FILE).read_text("utf-8"))


def reason_of(text: str) -> ReturnReason:
    """The reason that the bank's words mean: the first whose way of writing is in them, else the last of the list."""
    rest = reasons()[-1]
    return next((reason for reason in reasons() if any(word in text for word in reason.words)), rest)
