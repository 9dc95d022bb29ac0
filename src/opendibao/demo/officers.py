"""演示人员: the officers of the demonstration, one per role of a county; all names are made up."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime

from opendibao.accounts.actions import create_officer
from opendibao.audit.session import acting
from opendibao.demo.plan import CountyPlan
from opendibao.kernel.duties import Duty
from opendibao.kernel.ids import reach_of, township_of

COUNTY_MAKER, COUNTY_CHECKER, FINANCE, EVALUATOR, OPERATOR = "周编制", "李审核", "钱财政", "文评价", "江运行"
AUDITOR, HEAD = "严审计", "徐分管"
COUNTY_VISITORS = (COUNTY_MAKER, "陶核查")
SURNAMES = "王张刘杨吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁许傅沈曾彭吕苏卢蒋蔡余杜叶魏潘夏姜殷柳石段梅汪"

DUTIES = {
    COUNTY_CHECKER: [Duty.CONFIRM, Duty.PAY],
    COUNTY_MAKER: [Duty.CONFIRM, Duty.PAY],
    FINANCE: [Duty.FINANCE],
    EVALUATOR: [Duty.EVALUATE],
    AUDITOR: [Duty.AUDIT],
    OPERATOR: [Duty.OPERATE],
    HEAD: [Duty.OVERSEE],
}
CLERK_DUTIES = [Duty.ACCEPT, Duty.SURVEY, Duty.REVIEW]
USERNAMES = {
    "county01": COUNTY_CHECKER, "county02": COUNTY_MAKER, "fin01": FINANCE, "eval01": EVALUATOR, "audit01": AUDITOR,
    "ops01": OPERATOR, "head01": HEAD,
}  # fmt: skip
GRID_WORKER = "曾网格"

Act = Callable[[datetime], None]
Step = tuple[date, int, Act]


def clerks(plan: CountyPlan) -> dict[str, str]:
    """The clerk's name of every township, by its code."""
    towns = [code for level, code, _, _ in plan.divisions if level == "town"]
    return {
        town: f"{SURNAMES[n % len(SURNAMES)]}经办{n // len(SURNAMES) or ''}" for n, town in enumerate(sorted(towns))
    }


def appoint(plan: CountyPlan, *, at: datetime) -> None:
    """Enter the county's officers and one clerk per township."""
    county = plan.county_code
    for username, name in USERNAMES.items():
        create_officer(username, name, division=county, duties=DUTIES[name], at=at)
    for number, (town, name) in enumerate(clerks(plan).items(), 1):
        create_officer(f"clerk{number:02d}", name, division=town, duties=CLERK_DUTIES, at=at)
    village = min(code for level, code, _, _ in plan.divisions if level == "village")
    create_officer("grid01", GRID_WORKER, division=village, duties=[Duty.SURVEY], at=at)


def acting_as(officer: str, division: str) -> AbstractContextManager[None]:
    """Act as one of these officers, with his own duties, within a division."""
    return acting(officer, reach_of(division), DUTIES.get(officer, CLERK_DUTIES))


def by(officer: str, division: str, act: Act) -> Act:
    """The act done by a named officer who sees one division and what lies in it."""

    def done(at: datetime) -> None:
        with acting_as(officer, division):
            act(at)

    return done


@dataclass(frozen=True)
class Windows:
    """The townships' windows: the village of every household, the clerk of every township."""

    villages: Mapping[str, str]
    clerks: Mapping[str, str]

    def acting_for(self, number: str) -> AbstractContextManager[None]:
        """Act as the clerk of a household's township."""
        town = township_of(self.villages[number])
        return acting_as(self.clerks[town], town)

    def acting_in(self, town: str) -> AbstractContextManager[None]:
        """Act as the clerk of a township."""
        return acting_as(self.clerks[town], town)

    def by_clerk(self, number: str, act: Act) -> Act:
        """The act done by the clerk of a household's township."""
        town = township_of(self.villages[number])
        return by(self.clerks[town], town, act)


def windows(plan: CountyPlan) -> Windows:
    """Who works on which household of a plan."""
    households = [old.household for old in plan.opening] + [entry.household for entry in plan.entries]
    households += [pending.entry.household for pending in plan.pending]
    return Windows({one.number: one.division for one in households}, clerks(plan))
