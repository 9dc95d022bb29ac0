"""按种类取数: one dated number for each kind of work, crop or thing; the last kind stands for all others."""

from collections.abc import Sequence

from opendibao.formula.symbols import Expr, Parameters, choose, lift


def by_kind(kind: Expr, numbers: Parameters, words: Sequence[str]) -> Expr:
    """The number of the kind; `numbers` holds one parameter for each word, a kind is its word's place."""
    *named, last = words
    found = lift(getattr(numbers, last))
    for code in reversed(range(len(named))):
        found = choose(kind == code, getattr(numbers, named[code]), found)
    return found
