"""在保期: the unbroken time during which a household's decisions follow on one another, as SQL.

A decision is known from its day on, and its end from the day that ended it; so "as known on K" leaves out
decisions after K and ends after K. Parameters: known_on (a day), made by `known`.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

# decisions that grant, each with the time it is in force; at any day at most one of a household
GRANTED = """
granted AS (
  SELECT id, household_id, division, area,
    CASE WHEN ended_on > %(known_on)s::date THEN daterange(decided_on, NULL) ELSE in_force END AS span
  FROM decision_decision WHERE NOT isempty(in_force) AND decided_on <= %(known_on)s::date)
"""
COVERAGE = f"""
{GRANTED},
coverage AS (SELECT household_id, range_agg(span) AS spans FROM granted GROUP BY household_id)
"""
COUNTY_TIME = ZoneInfo("Asia/Shanghai")


def known(known_at: datetime | None) -> dict[str, object]:
    """Query parameters for what was known at a time; None is what is known now."""
    if known_at is None:
        return {"known_on": date.max, "known_at": "infinity"}
    return {"known_on": known_at.astimezone(COUNTY_TIME).date(), "known_at": known_at}
