"""近日办理: what was done lately within the officer's sight, newest first, and what the machine said of itself."""

from dataclasses import dataclass
from datetime import datetime

from opendibao.audit.sql_rows import read

# coming and going, and one's own account, is no work done for a family
COMING_AND_GOING = (
    "登录", "登录失败", "登录锁定", "退出", "修改密码", "启用动态口令", "更换恢复码", "重设密码", "重置动态口令",
    "解除锁定",
)  # fmt: skip
SINCE = """
FROM audit_event WHERE at >= %(since)s AND starts_with(division, %(reach)s) AND action <> ALL (%(apart)s)
"""
COUNTS = f"SELECT action, count(*)::int {SINCE} GROUP BY 1 ORDER BY 2 DESC, 1"
ROWS = f"""
SELECT at, actor, action, subject, division {SINCE}
ORDER BY id DESC LIMIT %(limit)s OFFSET %(offset)s
"""
LAST = "SELECT at, payload ->> 'outcome' FROM audit_event WHERE action = %(action)s ORDER BY id DESC LIMIT 1"
NIGHTLY, ALL_WELL, HOUSEHOLD = "夜间核对", "一致", "家庭 "
"""The action of the nightly check and its outcome when all holds (payment.tasks); how a household's subject begins."""
FAILED = "SELECT task_name, count(*)::int FROM procrastinate_jobs WHERE status = 'failed' GROUP BY 1 ORDER BY 1"


@dataclass(frozen=True)
class DoneCount:
    """How often an action was done."""

    action: str
    times: int


@dataclass(frozen=True)
class DoneRow:
    """One thing done: when, by whom, what, to whom."""

    at: datetime
    actor: str
    action: str
    subject: str
    division: str

    @property
    def household(self) -> str:
        """The household's number where the act was about one, else empty."""
        number = self.subject.removeprefix(HOUSEHOLD)
        return number if number != self.subject else ""


@dataclass(frozen=True)
class Check:
    """What the nightly check of chain and ledger found when it last ran."""

    at: datetime
    said: str

    @property
    def is_well(self) -> bool:
        """Whether chain and ledger held."""
        return self.said == ALL_WELL


@dataclass(frozen=True)
class FailedJobs:
    """How many jobs of a kind ended in an error and wait for somebody."""

    name: str
    times: int


def done_counts(since: datetime, *, reach: str = "") -> list[DoneCount]:
    """What was done since a time within a reach (code prefix, see kernel.ids.reach_of), the most frequent first."""
    return read(DoneCount, COUNTS, {"since": since, "reach": reach, "apart": list(COMING_AND_GOING)})


def done(since: datetime, *, reach: str = "", limit: int = 50, offset: int = 0) -> list[DoneRow]:
    """What was done since a time within a reach, newest first, page by page."""
    asked = {"since": since, "reach": reach, "apart": list(COMING_AND_GOING), "limit": limit, "offset": offset}
    return read(DoneRow, ROWS, asked)


def last_check() -> Check | None:
    """What the nightly check found last; None where it never ran."""
    return next(iter(read(Check, LAST, {"action": NIGHTLY})), None)


def failed_jobs() -> list[FailedJobs]:
    """Jobs that ended in an error, by kind."""
    return read(FailedJobs, FAILED, {})
