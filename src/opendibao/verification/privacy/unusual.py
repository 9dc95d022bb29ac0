"""异常查询: who opened far more files than his colleagues, at night, of his kin, of his namesake.

A line is a question to somebody, never a finding (社会救助法 第七十条第六项).
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median_high

from opendibao.audit.sql_rows import read
from opendibao.policy.reader import value

MANY, NIGHT, KIN, NAMESAKE = "many", "night", "kin", "namesake"
# What a person chose to look at: matching in batches and the county's re-match are the machine's doing. A file that
# is opened has its household's number or its case as subject; a row that is opened has its person.
CHOSEN = """
WITH seen AS (
  SELECT l.officer, l.at AT TIME ZONE 'Asia/Shanghai' AS at, p.name AS what, l.person_id, c.household_id
  FROM verification_lookup l JOIN registry_person p ON p.id = l.person_id LEFT JOIN intake_case c ON c.id = l.case_id
  WHERE l.asked_on BETWEEN %(since)s AND %(until)s AND l.purpose IN ('opening', 'request')
  UNION ALL
  SELECT v.actor, v.at AT TIME ZONE 'Asia/Shanghai', v.subject, NULL, coalesce(h.id, c.household_id)
  FROM audit_viewing v LEFT JOIN registry_household h ON h.number = v.subject
  LEFT JOIN intake_case c ON v.subject = '案件 ' || c.number
  WHERE v.at >= %(since)s::date::timestamp AT TIME ZONE 'Asia/Shanghai'
    AND v.at < (%(until)s::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
)
"""
BY_DAY = f"{CHOSEN} SELECT officer, at::date, count(DISTINCT what)::int FROM seen GROUP BY 1, 2 ORDER BY 2 DESC, 1"
AT_NIGHT = f"""
{CHOSEN} SELECT officer, at::date, count(DISTINCT what)::int FROM seen
WHERE extract(hour FROM at) >= %(from)s OR extract(hour FROM at) < %(until_hour)s GROUP BY 1, 2 ORDER BY 2 DESC, 1
"""
OF_KIN = f"""
{CHOSEN} SELECT s.officer, s.at::date, k.member, k.relation, count(*)::int
FROM seen s JOIN intake_case c ON c.household_id = s.household_id
JOIN intake_officialrelative k ON k.case_id = c.id AND k.official = s.officer
GROUP BY 1, 2, 3, 4 ORDER BY 2 DESC, 1, 3
"""
OF_NAMESAKE = f"""
{CHOSEN} SELECT s.officer, s.at::date, p.name, ''::text, count(*)::int
FROM seen s JOIN registry_membership m ON m.household_id = s.household_id AND upper_inf(m.recorded)
  AND m.valid @> s.at::date JOIN registry_person p ON p.id = m.person_id AND p.name = s.officer
GROUP BY 1, 2, 3 ORDER BY 2 DESC, 1
"""
DONE = f"{CHOSEN} SELECT at, what FROM seen WHERE officer = %(officer)s AND at::date = %(day)s ORDER BY at, what"


@dataclass(frozen=True)
class Unusual:
    """A day of an officer that audit asks about: of which kind, how many files, and by what measure.

    `usual` is the colleagues' median of the day for MANY; `member` and `relation` say whose file it was for KIN and
    NAMESAKE.
    """

    kind: str
    officer: str
    day: date
    times: int
    usual: int = 0
    member: str = ""
    relation: str = ""


@dataclass(frozen=True)
class Limits:
    """From when on a day counts as unusual; all of it dated data."""

    many: int
    times: int
    night_from: int
    night_until: int


@dataclass(frozen=True)
class _Day:
    officer: str
    day: date
    times: int


@dataclass(frozen=True)
class _Near:
    officer: str
    day: date
    member: str
    relation: str
    times: int


@dataclass(frozen=True)
class Glance:
    """A file or a person that was opened, and when (county time)."""

    at: datetime
    what: str


def limits_on(on: date, division: str) -> Limits:
    """The limits of a day. Raises RuleGap."""
    many, times, since, until = (
        value(f"lookup.{name}", on=on, division=division)
        for name in ("many_households", "times_colleagues", "night_from", "night_until")
    )
    return Limits(many, times, since, until)


def unusual_lookups(since: date, until: date, limits: Limits) -> Sequence[Unusual]:
    """Unusual days of a period, newest first, both days counted."""
    period = {"since": since, "until": until}
    night = {**period, "from": limits.night_from, "until_hour": limits.night_until}
    found = [
        *far_more(read(_Day, BY_DAY, period), limits),
        *(Unusual(NIGHT, row.officer, row.day, row.times) for row in read(_Day, AT_NIGHT, night)),
        *(Unusual(KIN, r.officer, r.day, r.times, 0, r.member, r.relation) for r in read(_Near, OF_KIN, period)),
        *(Unusual(NAMESAKE, r.officer, r.day, r.times, 0, r.member) for r in read(_Near, OF_NAMESAKE, period)),
    ]
    return sorted(found, key=lambda row: (-row.day.toordinal(), row.officer, row.kind))


def far_more(days: Sequence[_Day], limits: Limits) -> Iterator[Unusual]:
    """Who opened at least so many files, and so many times what the middle one of his colleagues did that day."""
    by_day = defaultdict[date, dict[str, int]](dict)
    for row in days:
        by_day[row.day][row.officer] = row.times
    for row in days:
        others = [times for officer, times in by_day[row.day].items() if officer != row.officer]
        usual = median_high(others) if others else 0
        if row.times >= limits.many and row.times >= limits.times * usual:
            yield Unusual(MANY, row.officer, row.day, row.times, usual)


def glances(officer: str, day: date) -> Sequence[Glance]:
    """What an officer opened on a day, in the order of time."""
    return read(Glance, DONE, {"officer": officer, "day": day, "since": day, "until": day})
