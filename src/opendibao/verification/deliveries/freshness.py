"""数据新旧: how many days after its day a source's data may be used, dated and by source."""

from datetime import date, timedelta

from opendibao.policy.pack import Pack

FRESH = "match.fresh_days"


def fresh_until(source: str, as_of: date, on: date, pack: Pack) -> date:
    """The last day on which data of a source may be used, by the rule in force on a day. Raises RuleGap."""
    own = pack.find(f"{FRESH}.{source}", on)
    return as_of + timedelta(days=int(own.value) if own else pack.value(FRESH, on))
