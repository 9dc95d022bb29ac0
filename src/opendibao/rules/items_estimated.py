"""按当地参数估算的收入: work, land and trade that leave no books, read as days, mu, heads and months."""

from collections.abc import Mapping
from typing import Any

from opendibao.rules import fields
from opendibao.rules.fields import MOST_ITEM_YUAN, MOST_OF, CaseError
from opendibao.rules.item_sums import Reader, Sums
from opendibao.rules.vocabulary import ANIMALS, CROPS, EVIDENCE_A, EVIDENCES, SHOP_TRADES, WORK_TRADES


def _stated(item: Mapping[str, Any], name: str, key: str, most: int = MOST_ITEM_YUAN) -> int:
    """What was written (yuan, more than nothing, at most `most`) in fen; zero where nothing was written."""
    given = item.get(name)
    return 0 if given is None else fields.more_than_nothing(given, f"{key}.{name}", most)


def _land(item: Mapping[str, Any], key: str) -> int:
    mu = fields.hundredths(item.get("mu"), f"{key}.mu", fields.MOST_ITEM_MU)
    if not mu:
        raise CaseError(f"{key}.mu", "面积应多于零；没有地请去掉这一项")
    return mu


def _odd_jobs(raw: Any, key: str, sums: Sums) -> None:
    item = fields.mapping(raw, key, frozenset({"kind", "trade", "days", "day_wage", "evidence"}))
    trade = fields.word(item.get("trade"), f"{key}.trade", WORK_TRADES, required=True)
    days = fields.count(item.get("days"), f"{key}.days", 1, MOST_OF["odd_days"])
    evidence = fields.word(item.get("evidence"), f"{key}.evidence", EVIDENCES, required=True)
    wage = _stated(item, "day_wage", key, MOST_OF["day_wage"] // 100)
    if evidence == EVIDENCE_A and not wage:
        raise CaseError(f"{key}.day_wage", "证据等级 A（合同或银行流水）必须写明日工资；不知道的请改等级")
    sums.put("odd_job", trade, days, wage, evidence)


def _seasonal_wages(raw: Any, key: str, sums: Sums) -> None:
    item = fields.mapping(raw, key, frozenset({"kind", "trade", "months", "amount"}))
    trade = fields.word(item.get("trade"), f"{key}.trade", WORK_TRADES, required=True)
    months = fields.count(item.get("months"), f"{key}.months", 1, 12)
    sums.put("season", trade, months, _stated(item, "amount", key, MOST_OF["season_pay"] // 100))


def _crops(raw: Any, key: str, sums: Sums) -> None:
    item = fields.mapping(raw, key, frozenset({"kind", "crop", "mu"}))
    crop = fields.word(item.get("crop"), f"{key}.crop", CROPS, required=True)
    sums.put("crop", crop, _land(item, key))


def _livestock(raw: Any, key: str, sums: Sums) -> None:
    item = fields.mapping(raw, key, frozenset({"kind", "animal", "sold"}))
    animal = fields.word(item.get("animal"), f"{key}.animal", ANIMALS, required=True)
    sums.put("herd", animal, fields.count(item.get("sold"), f"{key}.sold", 1, MOST_OF["sold"]))


def _self_employed(raw: Any, key: str, sums: Sums) -> None:
    item = fields.mapping(raw, key, frozenset({"kind", "trade", "months"}))
    trade = fields.word(item.get("trade"), f"{key}.trade", SHOP_TRADES, required=True)
    sums.put("shop", trade, fields.count(item.get("months"), f"{key}.months", 1, 12))


def _land_transfer(raw: Any, key: str, sums: Sums) -> None:
    item = fields.mapping(raw, key, frozenset({"kind", "mu", "amount"}))
    sums.put("plot", _land(item, key), _stated(item, "amount", key))


ESTIMATED: dict[str, Reader] = {
    "odd_jobs": _odd_jobs,
    "seasonal_wages": _seasonal_wages,
    "crops": _crops,
    "livestock": _livestock,
    "self_employed": _self_employed,
    "land_transfer": _land_transfer,
}
