"""存着的钱: balances as of a day, one thing each, as banks, brokers, insurers and payment companies deliver them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from opendibao.kernel.money import yuan_said
from opendibao.verification.sources.adapter import Found, Row
from opendibao.verification.sources.rows import case_yuan, listed, number, once, standing, tail, text


@dataclass(frozen=True)
class Held:
    """How a source's balances are read: `what` they are called in a sentence, which column names the institution.

    `said`: the words of the kinds of a thing; `asset_of`: which financial asset a kind is in the facts of a case;
    `key`: the columns that tell one thing from another.
    """

    what: str
    at: str
    key: tuple[str, ...]
    said: Mapping[str, str]
    asset_of: Mapping[str, str]
    amount: str = "balance"
    account: str = "account"


def balances(rows: Sequence[Row], on: date, held: Held) -> Found | None:
    """The newest balance of each thing that was not closed by the day; None where nothing is left in any of them."""
    full = [row for row in _newest(standing(rows, on, began="as_of"), held) if _is_open(row, on, held)]
    if not full:
        return None
    words = _words(full, held)
    return Found(words, {"property": {"financial_assets": _assets(full, held)}}, (("deposits_over_limit", words),))


def _newest(rows: Sequence[Row], held: Held) -> list[Row]:
    """The newest row of each thing; what has no account number is told apart by its balance."""
    dated = sorted(rows, key=lambda row: text(row, "as_of"))
    days = {tuple(text(row, name) for name in held.key): text(row, "as_of") for row in dated}
    newest = [row for row in dated if text(row, "as_of") == days[tuple(text(row, name) for name in held.key)]]
    bare = [row for row in newest if not text(row, held.account)]
    named = [row for row in newest if text(row, held.account)]
    return [*once(named, *held.key), *once(bare, *held.key, held.amount)]


def _is_open(row: Row, on: date, held: Held) -> bool:
    closed = text(row, "closed_on")
    return number(row, held.amount) > 0 and (not closed or closed > on.isoformat())


def _assets(rows: Sequence[Row], held: Held) -> dict[str, str]:
    sums: dict[str, int] = {}
    for row in rows:
        asset = held.asset_of[text(row, "kind")]
        sums[asset] = sums.get(asset, 0) + number(row, held.amount)
    return {asset: case_yuan(fen) for asset, fen in sorted(sums.items())}


def _words(rows: Sequence[Row], held: Held) -> str:
    total = sum(number(row, held.amount) for row in rows)
    days = sorted({text(row, "as_of") for row in rows})
    day = f"截至{days[0]}" if len(days) == 1 else f"余额日期{days[0]}至{days[-1]}，"
    largest = sorted(rows, key=lambda row: -number(row, held.amount))
    each = listed([_said(row, held) for row in largest])
    return f"名下{held.what}{len(rows)}笔，{day}合计{yuan_said(total)}元：{each}"


def _said(row: Row, held: Held) -> str:
    account = tail(text(row, held.account))
    ending = f"尾号{account}" if account else ""
    return f"{text(row, held.at)}{ending}{held.said[text(row, 'kind')]}{yuan_said(number(row, held.amount))}元"
