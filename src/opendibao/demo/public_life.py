"""宣传培训热线线索: what happens around the benefit in a synthetic year; dates and texts, never a total."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from opendibao.demo.officers import COUNTY_MAKER, Step, by, clerks
from opendibao.demo.plan import CountyPlan
from opendibao.demo.targets import Targets
from opendibao.intake import actions as intake
from opendibao.kernel.ids import township_of
from opendibao.kernel.workdays import add_workdays, is_workday, on_or_after
from opendibao.outreach import actions as outreach

HOUSEHOLDS_PER_LEAD, HOUSEHOLDS_PER_TICKET, VILLAGES_PER_ACTION = 45, 60, 2
TOPICS = (
    "认定办法和家庭经济状况调查",
    "信息核对与入户调查规范",
    "资金发放和对账",
    "政策解释与信访答复",
    "档案与信息系统操作",
)
CHANNELS = (("poster", 60), ("leaflet", 200), ("talk", 45), ("loudspeaker", 300), ("video", 400))
GROUPS = ("all", "elderly", "remote", "disabled", "illness")
LEADS = (
    ("家里老人生病，医药费负担重", "informed"),
    ("外出务工的儿子失业回家，暂时没有收入", "informed"),
    ("独居老人，子女在外，生活有人照料", "not_in_need"),
    ("房屋受灾，一时住不得", "temporary_help"),
    ("孩子上学费用高，家里收入不稳", "informed"),
    ("突发重病住院，急需用钱", "temporary_help"),
)
SOURCES = ("grid", "grid", "grid", "village", "volunteer", "hotline")
QUESTIONS = (
    ("question", "问低保标准是多少，怎样申请", "说明了标准、申请材料和受理地点"),
    ("question", "问这个月的钱什么时候到账", "说明每月10日前到账，并查明该户已到账"),
    ("question", "问残疾人能不能单独申请", "说明了单人户的条件和办理方法"),
    ("complaint", "反映村里公示张贴的地方不显眼", "已请村里在村口另贴一份，并回访"),
    ("report", "反映某户有小汽车仍领低保", "已入户核查，车辆用于残疾代步，符合规定，已答复"),
    ("report", "反映某户子女收入高", "已启动复核，结果按程序处理，已答复"),
)
LATE_ONE_IN = 30


def workday(year: int, rng: Random, *, upto: date) -> date:
    """Some working day of the year."""
    first = date(year, 1, 1)
    while True:
        day = on_or_after(first + timedelta(days=rng.randrange((upto - first).days)))
        if day <= upto:
            return day


def public_life(plan: CountyPlan, targets: Targets) -> Iterator[Step]:
    """Leads, publicity, training sessions, posts and calls of the year, each by the officer of the place."""
    rng = Random(f"public life {plan.year} {targets.seed}")
    yield from _leads(plan, rng)
    yield from _publicity(plan, rng)
    yield from _trainings(plan, targets.sheet["trainings"])
    yield from _posts(plan, rng)
    yield from _calls(plan, rng)


def _villages(plan: CountyPlan) -> list[str]:
    return [code for level, code, _, _ in plan.divisions if level == "village"]


def _leads(plan: CountyPlan, rng: Random) -> Iterator[Step]:
    names, villages = clerks(plan), _villages(plan)
    for _ in range(-(-len(plan.opening) // HOUSEHOLDS_PER_LEAD)):
        village, (summary, outcome) = rng.choice(villages), rng.choice(LEADS)
        day = workday(plan.year, rng, upto=date(plan.year, 12, 20))
        visit = _Visit(village, rng.choice(SOURCES), summary, outcome)
        clerk = names[township_of(village)]
        yield day, 10, by(clerk, township_of(village), visit.found)
        yield add_workdays(day, rng.randint(1, 5)), 11, by(clerk, township_of(village), visit.contacted)


class _Visit:
    """A lead from its finding to its visit."""

    def __init__(self, village: str, source: str, summary: str, outcome: str) -> None:
        self.village, self.source, self.summary, self.outcome = village, source, summary, outcome
        self.lead = 0

    def found(self, at: datetime) -> None:
        """Somebody tells of a family."""
        lead = intake.record_lead(self.village, source=self.source, on=at.date(), at=at, summary=self.summary)
        self.lead = lead.pk

    def contacted(self, at: datetime) -> None:
        """The family is told what it may ask for (57号 第六条)."""
        intake.contact_lead(self.lead, outcome=self.outcome, on=at.date(), at=at)


def _publicity(plan: CountyPlan, rng: Random) -> Iterator[Step]:
    names, villages = clerks(plan), _villages(plan)
    for village in rng.sample(villages, -(-len(villages) // VILLAGES_PER_ACTION)):
        channel, usual = rng.choice(CHANNELS)
        day = workday(plan.year, rng, upto=date(plan.year, 12, 20))
        act = partial(_held, village, channel, rng.choice(GROUPS), usual + rng.randrange(-usual // 3, usual // 3 + 1))
        yield day, 12, by(names[township_of(village)], township_of(village), act)


def _held(village: str, channel: str, group: str, reached: int, at: datetime) -> None:
    outreach.record_publicity(
        village, held_on=at.date(), channel=channel, target_group=group, reached=reached, at=at
    )  # fmt: skip


def _trainings(plan: CountyPlan, wanted: int) -> Iterator[Step]:
    """As many sessions as the year's sheet asks for, spread over the year; every township's clerk signs."""
    for number in range(wanted):
        day = on_or_after(date(plan.year, 1 + (2 + number * 12 // max(1, wanted)) % 12, 18))
        topic = TOPICS[number % len(TOPICS)]
        yield day, 13, by(COUNTY_MAKER, plan.county_code, partial(_train, plan, number + 1, topic))


def _train(plan: CountyPlan, number: int, topic: str, at: datetime) -> None:
    outreach.hold_training(
        plan.county_code, held_on=at.date(), topic=topic, sheet=f"签到表{plan.year}-{number:02d}",
        signatures=[*clerks(plan).items(), (plan.county_code, COUNTY_MAKER)], at=at,
    )  # fmt: skip


def _posts(plan: CountyPlan, rng: Random) -> Iterator[Step]:
    """About one post for three townships; one of them is filled too late."""
    towns = sorted(clerks(plan))
    chosen = rng.sample(towns, -(-len(towns) // 3))
    for number, town in enumerate(chosen):
        needed = workday(plan.year, rng, upto=date(plan.year, 8, 30))
        due = on_or_after(needed + timedelta(days=60))
        filled = add_workdays(due, 8) if number == 0 else due - timedelta(days=rng.randint(5, 30))
        post = _Post(town, needed, due)
        yield needed, 14, by(COUNTY_MAKER, plan.county_code, post.approved)
        yield (
            on_or_after(filled) if not is_workday(filled) else filled,
            15,
            by(COUNTY_MAKER, plan.county_code, post.filled),
        )


class _Post:
    """A post from its approval to the day somebody takes it up."""

    def __init__(self, town: str, needed: date, due: date) -> None:
        self.town, self.needed, self.due = town, needed, due
        self.post = 0

    def approved(self, at: datetime) -> None:
        """The township may take on one more."""
        self.post = outreach.approve_post(
            self.town, title="低保经办", needed_since=self.needed, due_on=self.due, at=at
        ).pk  # fmt: skip

    def filled(self, at: datetime) -> None:
        """Somebody takes it up."""
        outreach.fill_post(self.post, on=at.date(), at=at)


def _calls(plan: CountyPlan, rng: Random) -> Iterator[Step]:
    villages = _villages(plan)
    count = -(-len(plan.opening) // HOUSEHOLDS_PER_TICKET)
    days = sorted(workday(plan.year, rng, upto=date(plan.year, 12, 5)) for _ in range(count))
    for number, day in enumerate(days, 1):
        kind, summary, answer = rng.choice(QUESTIONS)
        call = _Call(f"热{plan.year}-{number:04d}", rng.choice(villages), kind, summary, answer)
        is_late = number % LATE_ONE_IN == 0
        answered = add_workdays(day, 17 if is_late else rng.randint(1, 9))
        yield day, 16, by(COUNTY_MAKER, plan.county_code, call.received)
        yield answered, 17, by(COUNTY_MAKER, plan.county_code, call.answered)


class _Call:
    """A call from the ring to the answer."""

    def __init__(self, number: str, village: str, kind: str, summary: str, answer: str) -> None:
        self.number, self.village, self.kind, self.summary, self.answer = number, village, kind, summary, answer

    def received(self, at: datetime) -> None:
        """The call comes in; a report counts as named."""
        outreach.open_ticket(
            self.village, number=self.number, kind=self.kind, is_named=self.kind == "report", received_on=at.date(),
            summary=self.summary, at=at,
        )  # fmt: skip

    def answered(self, at: datetime) -> None:
        """The caller is told."""
        outreach.answer_ticket(self.number, answer=self.answer, on=at.date(), at=at)
