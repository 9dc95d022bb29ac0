"""标识码: persons in a list by keyed tokens instead of numbers, and what a token that agrees proves of a row.

A plain hash of an id number can be tried out in hours, so tokens are HMAC-SM3 under a key of one list alone. One of
the whole number finds undamaged rows; those of parts (birth and sequence, birth and reading of the name …) find the
others, and only these parts are then known of the row.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from opendibao.verification.linkage.blocks import BLOCKS, ID, NAME, block_keys
from opendibao.verification.linkage.id_numbers import WHOLE
from opendibao.verification.linkage.normalising import normalise
from opendibao.verification.sealing import blind

NEEDED = 2
"""So many parts must agree, where none of STRONG does: one alone may be a stranger's."""
STRONG = (ID, "birth_pinyin", "pinyin_phone")
"""The whole number; the reading of the whole name with the day of birth or with the telephone, all that a row without
a number may have."""
LEFT_OUT = (NAME,)
"""A name alone says nothing, and would tell a department too much."""
REGION, BIRTH, SEQUENCE = 6, 8, 4


def tokens_of(table: pa.Table, key: bytes) -> list[tuple[str, ...]]:
    """The tokens of each row of persons or of a department's records, each as `part:code`; () where nothing tells."""
    return [
        tuple(_token(text, key) for text in keys if text.partition(":")[0] not in LEFT_OUT)
        for keys in block_keys(normalise(table))
    ]


def _token(text: str, key: bytes) -> str:
    return f"{text.partition(':')[0]}:{blind(text, key)}"


def agreeing(rows: pa.Table, key: bytes, wanted: Collection[str]) -> list[tuple[str, ...]]:
    """A department's step: of each of its rows the tokens that stand on a list, () where they are not enough to answer.

    A row that has a whole number is answered by it or not at all: a namesake of the same family shares the rest, and
    a token cannot say that two numbers differ.
    """
    whole = [flag in WHOLE for flag in normalise(rows)["id_flag"].to_pylist()]
    found = []
    for is_whole, tokens in zip(whole, tokens_of(rows, key), strict=True):
        agreed = tuple(token for token in tokens if token in wanted)
        parts = {part_of(token) for token in agreed}
        found.append(agreed if is_enough(agreed) and (ID in parts or not is_whole) else ())
    return found


def part_of(token: str) -> str:
    """Which part of the identity a token is of."""
    return token.partition(":")[0]


def is_enough(tokens: Collection[str]) -> bool:
    """Whether tokens that agree may be answered: a strong one, or those of two parts."""
    parts = {part_of(token) for token in tokens}
    return not parts.isdisjoint(STRONG) or len(parts) >= NEEDED


@dataclass(frozen=True)
class Listed:
    """A person of a list with the tokens he stands there by, and the columns the linkage knows him by."""

    line_no: int
    tokens: frozenset[str]
    person: Mapping[str, str]


class TokenIndex:
    """Finds the person of a list that a row's tokens speak of."""

    def __init__(self, listed: Iterable[Listed]) -> None:
        self._by_token: dict[str, list[Listed]] = {}
        for one in listed:
            for token in one.tokens:
                self._by_token.setdefault(token, []).append(one)

    @property
    def tokens(self) -> Collection[str]:
        """All tokens of the list."""
        return self._by_token.keys()

    def persons(self, tokens: Collection[str]) -> Sequence[tuple[Listed, frozenset[str]]]:
        """Whom tokens may speak of, with those that agree: by the whole number, else by most parts; several if tied."""
        agreed: dict[int, set[str]] = {}
        known: dict[int, Listed] = {}
        for token in tokens:
            for one in self._by_token.get(token, ()):
                agreed.setdefault(one.line_no, set()).add(token)
                known[one.line_no] = one
        enough = {line: said for line, said in agreed.items() if is_enough(said)}
        best = max(map(_weight, enough.values()), default=0)
        return [(known[line], frozenset(said)) for line, said in sorted(enough.items()) if _weight(said) == best]


def _weight(tokens: Collection[str]) -> int:
    parts = {part_of(token) for token in tokens}
    return len(parts) + (len(BLOCKS) if ID in parts else 0)


def proven(person: Mapping[str, str], tokens: Collection[str]) -> dict[str, str]:
    """Of a person's columns those that agreeing tokens prove of a row; of a number not proven whole, its parts.

    The reading of the name stands for the name: two names that are read alike have one token.
    """
    parts = {part_of(token) for token in tokens}
    told = {field for part in parts for field in BLOCKS.get(part, ())}
    whole = ID in parts
    number = person["id_number"] if whole else _seen(person["id_number"], told)
    return {
        "id_number": number,
        "name": person["name"] if "pinyin" in told else "",
        "sex": person["sex"] if whole else "",
        "born": person["born"] if whole or told & {"birth8", "born8"} else "",
        "division": "",
        "phone": person["phone"] if "phone11" in told else "",
    }


def _seen(number: str, told: Collection[str]) -> str:
    """A number with stars where nothing is proven; "" where nothing of it is."""
    region = number[:REGION] if "region6" in told else "*" * REGION
    birth = number[REGION : REGION + BIRTH] if "birth8" in told else "*" * BIRTH
    sequence = number[-SEQUENCE:] if "seq4" in told else "*" * SEQUENCE
    text = region + birth + sequence
    return text if text.strip("*") else ""
