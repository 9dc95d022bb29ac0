"""合成县: makes a whole county and its year that meet the targets: facts and dates here, amounts by the rules."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from opendibao.demo import example_family as example
from opendibao.demo.calibrate import LEAST_BENEFIT, Account, Spell, answer_all, calibrate
from opendibao.demo.changes import Change, propose_goes, propose_joins
from opendibao.demo.days import Steps, spread, steps_to
from opendibao.demo.draft import Draft
from opendibao.demo.exits import cause_of, plan_exit
from opendibao.demo.households import Builder
from opendibao.demo.pending import pending, pending_exits
from opendibao.demo.people import People
from opendibao.demo.places import Homes, read_places
from opendibao.demo.plan import CountyPlan, OldDecision, PlannedEntry, PlannedExit, PlannedHit, PlannedReturn
from opendibao.demo.refusals import PER_HUNDRED_ENTRIES, spoil
from opendibao.demo.stock import AREA_ZH, Flow, sizes, split
from opendibao.demo.targets import AREAS, ImpossibleTargets, Targets, check_arithmetic
from opendibao.demo.ways import FEN, INSTALMENT_YUAN, INSTALMENTS, can_give_back, found_dead, in_instalments, with_ways
from opendibao.kernel.ids import DEMO_PREFIX
from opendibao.rules.assess import assess_many

CHANNELS = ("counter", "counter", "counter", "helper", "online", "lead")
"""How applications come in; most at the counter."""
RETURN_REASONS = ("户名不符", "账户注销", "长期不动户", "账号不存在")
LINES_PER_RETURN, LEAST_RETURNS = 1500, 2
YEAR = 12
_ENDED = ("none", "edge", "rigid_expenditure")
RULES_SAY = {"tekun": ("tekun",), "income": _ENDED, "property": _ENDED, "death": _ENDED}
"""What the rules must find where the cause of an exit is a matter of rules; else the family is said to have moved."""


@dataclass
class Application:
    """A household that applies, with the days of its steps and what the match finds."""

    draft: Draft
    steps: Steps
    is_granted: bool = True
    hits: Sequence[PlannedHit] = ()


@dataclass
class Movements:
    """Everything of one area before amounts are known."""

    staying: list[tuple[Draft, date]]
    leaving: list[tuple[Draft, date, date, str]]  # old decision, exit decision, cause
    entering: list[Application]
    changes: list[Change]

    def accounts(self, dead: Draft | None, set_off: Change | None) -> list[Account]:
        """The paid spells of the year, household by household; the dead's last month is found and not paid."""
        changed = {id(change.before): change for change in self.changes}
        found = []
        for draft, old in self.staying:
            change = changed.get(id(draft))
            if change is None:
                found.append(Account((Spell(draft, old, YEAR),)))
            else:
                month = change.decided_on.month
                after = Spell(change.after, change.decided_on, YEAR - month)
                fen = INSTALMENT_YUAN * FEN * INSTALMENTS if change is set_off else 0
                found.append(Account((Spell(draft, old, month), after), set_off_fen=fen))
        for draft, old, decided, _ in self.leaving:
            found.append(Account((Spell(draft, old, decided.month - (draft is dead)),)))
        for one in self.entering:
            found.append(Account((Spell(one.draft, one.steps.decided_on, YEAR - one.steps.decided_on.month),)))
        return found


def plan_county(targets: Targets) -> CountyPlan:
    """A county and its year; raises ImpossibleTargets with the reason, BadTargets for an unknown county or policy."""
    check_arithmetic(targets)
    flows = split(targets)
    places = read_places(targets.county)
    rng = Random(targets.seed)
    people = People(targets.year, rng)
    builder = Builder(targets, people, Homes(places, rng))
    moves = {area: _movements(flows[area], builder, targets) for area in AREAS}
    refused = list(_refused(targets, builder))
    dead = found_dead((d, decided, cause) for area in AREAS for d, _, decided, cause in moves[area].leaving)
    set_off = _calibrated(moves, targets, dead)
    applications = [a for area in AREAS for a in moves[area].entering] + refused
    _number([d for area in AREAS for d in _opening_drafts(moves[area])], applications)
    plan = CountyPlan(
        county_code=places.code,
        county_name=places.name,
        divisions=places.divisions,
        year=targets.year,
        policy=targets.policy,
        opening=_old_decisions(moves, targets.year),
        entries=tuple(_entry(a, rng) for a in _in_order(applications)),
        changes=tuple(c.planned() for area in AREAS for c in moves[area].changes),
        exits=tuple(e for area in AREAS for e in _exits(moves[area], targets.policy, rng)),
        returns=tuple(_returns(moves, targets.year, rng)),
    )
    # drawn last, so that the year is the same with and without them
    under_way = tuple(pending(builder, targets, len(plan.opening) + len(plan.entries)))
    plan = replace(plan, pending=under_way, pending_exits=tuple(pending_exits(plan)))
    return with_ways(plan, dead, set_off)


def _calibrated(moves: dict[str, Movements], targets: Targets, dead: Draft | None) -> Change | None:
    """Reach the sums; returns the family whose debt is set off in instalments, where one can bear it."""
    change = in_instalments(change for area in AREAS for change in moves[area].changes)
    accounts = _reached(moves, targets, dead, change)
    owing = [account for account in accounts if account.set_off_fen]
    if change and not all(can_give_back(account, targets.policy) for account in owing):
        change, accounts = None, _reached(moves, targets, dead, None)
    _check_covered(accounts)
    return change


def _reached(
    moves: dict[str, Movements], targets: Targets, dead: Draft | None, set_off: Change | None
) -> list[Account]:  # fmt: skip
    accounts = {area: moves[area].accounts(dead, set_off) for area in AREAS}
    calibrate(accounts, targets)
    return [account for area in AREAS for account in accounts[area]]


def _movements(flow: Flow, builder: Builder, targets: Targets) -> Movements:
    rng, year = builder.rng, targets.year
    staying = [(builder.old(flow.area, size), builder.old_day()) for size in sizes(flow.staying, rng)]
    leaving = []
    for size, decided_on in zip(sizes(flow.leaving, rng), spread(flow.leaving.households, year, rng), strict=True):
        draft = builder.old(flow.area, size)
        leaving.append((draft, builder.old_day(), decided_on, cause_of(draft, rng)))
    days = spread(flow.entering.households, year, rng)
    entering = [
        Application(builder.new(flow.area, size), steps_to(day, rng))
        for size, day in zip(sizes(flow.entering, rng), days, strict=True)
    ]
    _place_example(flow, entering, builder, targets)
    return Movements(staying, leaving, entering, _changes(flow, staying, builder, targets.policy))


def _place_example(flow: Flow, entering: list[Application], builder: Builder, targets: Targets) -> None:
    """The guide's family takes the place of another of its size."""
    if (targets.county, targets.year, flow.area) != (example.COUNTY, example.YEAR, example.AREA):
        return
    for place, application in enumerate(entering):
        if len(application.draft.members) == example.SIZE:
            family = builder.settle(example.example_family(builder.people))
            entering[place] = Application(family, example.STEPS)
            return


def _changes(flow: Flow, staying: list[tuple[Draft, date]], builder: Builder, policy: str) -> list[Change]:
    """Staying households in random order: first those who can spare somebody, then those whom somebody joins."""
    drafts = [draft for draft, _ in staying]
    builder.rng.shuffle(drafts)
    goes = _viable(propose_goes(drafts, flow.goes, builder.people), flow.goes, policy)
    changed = {id(change.before) for change in goes}
    rest = [draft for draft in drafts if id(draft) not in changed]
    joins = _viable(propose_joins(rest, flow.joins, builder.people), flow.joins, policy)
    if len(goes) < flow.goes or len(joins) < flow.joins:
        raise ImpossibleTargets(
            f"{AREA_ZH[flow.area]}留下的家庭里要加入{flow.joins}人、减少{flow.goes}人，"
            f"这些家庭只找得出{len(joins)}人和{len(goes)}人"
        )
    return goes + joins


def _viable(proposed: Iterable[Change], wanted: int, policy: str) -> list[Change]:
    """The first so many changes after which the household still lives below the line."""
    changes = list(proposed)
    accounts = [Account((Spell(c.before, c.decided_on, 0), Spell(c.after, c.decided_on, 0))) for c in changes]
    answer_all(accounts, policy)
    good = [
        change
        for change, account in zip(changes, accounts, strict=True)
        if account.room_to_earn > LEAST_BENEFIT and all(a.outcome == "dibao" for a in account.answers)
    ]
    return good[:wanted]


def _refused(targets: Targets, builder: Builder) -> Iterator[Application]:
    """Applications that the rules refuse, about one for seven that are granted."""
    count = -(-targets.entered.households * PER_HUNDRED_ENTRIES // 100)
    urban = count * targets.closing["urban"].households // max(1, sum(s.households for s in targets.closing.values()))
    for place, day in enumerate(spread(count, targets.year, builder.rng)):
        draft = builder.new("urban" if place < urban else "rural", builder.rng.choice((1, 1, 2, 2, 3, 4)))
        account = Account((Spell(draft, day, 0),))
        answer_all([account], targets.policy)
        hits = spoil(draft, account.answers[0], builder.rng)
        answer_all([account], targets.policy)
        if account.answers[0].outcome not in ("dibao", "single_person", "tekun"):
            yield Application(draft, steps_to(day, builder.rng), is_granted=False, hits=hits)


def _check_covered(accounts: Iterable[Account]) -> None:
    """Every planned member counts and every household is covered: a fault of the generator, not of the targets."""
    for account in accounts:
        for spell, answer in zip(account.spells, account.answers, strict=True):
            if answer.outcome != "dibao" or answer.members != len(spell.draft.members):
                raise AssertionError(f"{spell.draft.facts()} → {answer.outcome}，计入{answer.members}人")


def _opening_drafts(moves: Movements) -> list[Draft]:
    return [draft for draft, _ in moves.staying] + [draft for draft, *_ in moves.leaving]


def _number(opening: list[Draft], applications: list[Application]) -> None:
    """File numbers: the old households village by village, the new ones as they apply."""
    files = sorted(opening, key=lambda d: (d.division, d.head.person.id_number))
    files += [application.draft for application in _in_order(applications)]
    for place, draft in enumerate(files, 1):
        draft.number = f"{DEMO_PREFIX}-{place:05d}"


def _in_order(applications: list[Application]) -> list[Application]:
    return sorted(applications, key=lambda a: (a.steps.applied_on, a.draft.head.person.id_number))


def _old_decisions(moves: dict[str, Movements], year: int) -> tuple[OldDecision, ...]:
    """The ground of every old household, numbered in the order of decision."""
    old = [(day, draft) for area in AREAS for draft, day in moves[area].staying]
    old += [(day, draft) for area in AREAS for draft, day, *_ in moves[area].leaving]
    old.sort(key=lambda pair: (pair[0], pair[1].number))
    found = [
        OldDecision(draft.planned(), f"演低保〔{year - 1}〕{place:04d}号", day)
        for place, (day, draft) in enumerate(old, 1)
    ]
    return tuple(sorted(found, key=lambda decision: decision.household.number))


def _entry(application: Application, rng: Random) -> PlannedEntry:
    draft, steps = application.draft, application.steps
    hits = list(application.hits)
    if application.is_granted and draft.lever and draft.financial_assets >= 3000 and rng.random() < 0.3:
        hits.append(PlannedHit(0, "bank_deposits", is_declared=True))
    return PlannedEntry(
        household=draft.planned(), channel=rng.choice(CHANNELS) if draft.lever else "counter",
        applied_on=steps.applied_on, accepted_on=steps.accepted_on, matched_on=steps.matched_on,
        surveyed_on=steps.surveyed_on, reviewed_on=steps.reviewed_on, posted_on=steps.posted_on,
        decided_on=steps.decided_on, is_granted=application.is_granted, match_hits=tuple(hits),
    )  # fmt: skip


def _exits(moves: Movements, policy: str, rng: Random) -> Iterator[PlannedExit]:
    accounts = [Account((Spell(draft, decided_on, 0),)) for draft, _, decided_on, _ in moves.leaving]
    answer_all(accounts, policy)
    exits = [
        plan_exit(draft, cause, decided_on, account.answers[0], rng)
        for (draft, _, decided_on, cause), account in zip(moves.leaving, accounts, strict=True)
    ]
    found = assess_many([{**e.facts, "policy": policy, "decision_date": e.decided_on.isoformat()} for e in exits])
    for planned, answer, (draft, *_) in zip(exits, found, moves.leaving, strict=True):
        is_borne_out = answer.outcome in RULES_SAY.get(planned.cause, (answer.outcome,))
        yield planned if is_borne_out else replace(planned, cause="moved", facts=draft.facts())


def _returns(moves: dict[str, Movements], year: int, rng: Random) -> Iterator[PlannedReturn]:
    """Which households' money comes back once; never one that changes or leaves."""
    changed = {id(c.before) for area in AREAS for c in moves[area].changes}
    steady = [d for area in AREAS for d, _ in moves[area].staying if id(d) not in changed]
    count = min(len(steady), max(LEAST_RETURNS, len(steady) * YEAR // LINES_PER_RETURN))
    for draft in rng.sample(steady, count):
        yield PlannedReturn(draft.number, date(year, rng.randint(1, YEAR), 1), rng.choice(RETURN_REASONS))
    for application in moves[example.AREA].entering:
        if application.steps is example.STEPS:
            yield PlannedReturn(application.draft.number, example.RETURNED_MONTH, example.RETURN_REASON)
