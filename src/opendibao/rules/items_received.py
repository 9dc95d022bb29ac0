"""收到的款项: rent, sales, dividends, transfers and awards of a year, and compensation paid once."""

from typing import Any

from opendibao.rules import fields
from opendibao.rules.fields import MOST_ITEM_YUAN
from opendibao.rules.item_sums import AMOUNT, Reader, Sums, yearly
from opendibao.rules.vocabulary import RECEIPTS

_WITH_COST = ("rent",)
_ONCE = ("asset_sale",)


def _receipt(raw: Any, key: str, sums: Sums) -> None:
    """An amount per month or year; rent has costs of its own, a remittance may say from whom."""
    kind = raw["kind"]
    more = {"cost"} if kind in _WITH_COST else {"from"} if kind == "remittance" else set()
    item = fields.mapping(raw, key, AMOUNT | more)
    if item.get("from") is not None:
        fields.text(item["from"], f"{key}.from")
    cost = 0 if item.get("cost") is None else yearly(item, "cost", key)[0]
    sums.put("receipt", RECEIPTS.index(kind), yearly(item, "amount", key)[0], cost)


def _asset_sale(raw: Any, key: str, sums: Sums) -> None:
    """The price of a thing sold in the year, and what it had cost or the sale did."""
    item = fields.mapping(raw, key, frozenset({"kind", "amount", "cost"}))
    amount = fields.money(item.get("amount"), f"{key}.amount", MOST_ITEM_YUAN)
    cost = 0 if item.get("cost") is None else fields.money(item["cost"], f"{key}.cost", MOST_ITEM_YUAN)
    sums.put("receipt", RECEIPTS.index("asset_sale"), amount, cost)


def _compensation(raw: Any, key: str, sums: Sums) -> None:
    item = fields.mapping(raw, key, frozenset({"kind", "amount", "received"}))
    amount = fields.more_than_nothing(item.get("amount"), f"{key}.amount", MOST_ITEM_YUAN)
    received = fields.past_day(item.get("received"), f"{key}.received", sums.on)
    ago = (sums.first.year - received.year) * 12 + sums.first.month - received.month
    sums.put("compensation", amount, ago)


RECEIVED: dict[str, Reader] = {
    **{kind: _receipt for kind in RECEIPTS if kind not in _ONCE},
    "asset_sale": _asset_sale,
    "compensation": _compensation,
}
