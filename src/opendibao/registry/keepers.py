"""经手人: in whose hands how many households' cards and money are, township by township."""

from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read
from opendibao.kernel.ids import township_of
from opendibao.registry.checking import text_fault
from opendibao.registry.refusal import RegistryRefused
from opendibao.rulemaking.queries import pack_in_force

NOTE_LENGTH = 200

# a member of the household who collects is its own hand; namesakes of two townships are two people
IN_HAND = """
SELECT rpad(left(hand.division, 9), 12, '0'), hand.name, count(DISTINCT hand.household_id),
  count(*) FILTER (WHERE hand.is_card), count(*) FILTER (WHERE NOT hand.is_card),
  count(*) FILTER (WHERE NOT hand.is_filed)
FROM (
  SELECT c.household_id, c.division, c.custodian AS name, true AS is_card, c.filed_on IS NOT NULL AS is_filed
  FROM registry_custody c WHERE c.returned_on IS NULL
  UNION ALL
  SELECT p.household_id, p.division, p.name, false, p.filed_on IS NOT NULL FROM registry_proxy p
  WHERE p.relation <> 'member' AND (p.until IS NULL OR p.until >= %(day)s::date)
) AS hand
GROUP BY left(hand.division, 9), hand.name HAVING count(DISTINCT hand.household_id) >= %(least)s
ORDER BY 3 DESC, 1, 2
"""


@dataclass(frozen=True)
class KeeperRow:
    """Who keeps and collects in a township: for how many households, how many cards, proxies, agreements not filed."""

    town: str
    name: str
    homes: int
    cards: int
    collects: int
    not_filed: int


def many_homes(day: date) -> int:
    """From how many households on one person's keeping and collecting must be explained. Raises RuleGap."""
    return int(pack_in_force().value("account.keeper_households", day))


def keepers(day: date) -> list[KeeperRow]:
    """Whoever keeps or collects for many households, in sight; the one with the most first. Raises RuleGap."""
    return read(KeeperRow, IN_HAND, {"day": day, "least": many_homes(day)})


def needs_explaining(name: str, division: str, day: date) -> int:
    """For how many households of its township a person keeps or collects, where they are many; else 0."""
    town = township_of(division)
    return next((row.homes for row in keepers(day) if (row.town, row.name) == (town, name)), 0)


def filing_remark(remark: str, name: str, division: str, on: date) -> str:
    """What is said with a filing; needed where one person keeps and collects for many households."""
    homes = needs_explaining(name, division, on)
    if homes and not remark.strip():
        raise RegistryRefused(f"{name}一人已为{homes}户代管、代领，请在备案说明里写清为什么由他办、怎样监督")
    if fault := text_fault("备案说明", remark, NOTE_LENGTH, may_be_empty=True):
        raise RegistryRefused(fault)
    return remark.strip()
