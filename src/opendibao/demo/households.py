"""造户: builds one household after another for a county: family, livelihood, home, account."""

from datetime import date

from opendibao.demo.days import decision_days
from opendibao.demo.draft import Draft
from opendibao.demo.families import compose
from opendibao.demo.livelihood import furnish
from opendibao.demo.people import People
from opendibao.demo.places import Homes
from opendibao.demo.targets import AREAS, BadTargets, ImpossibleTargets, Targets
from opendibao.kernel.month import year_months
from opendibao.rules.answer import Answer
from opendibao.rules.assess import assess, assess_many
from opendibao.rules.case import CaseError, parse_case
from opendibao.rules.vocabulary import RULE_GAP

BANKS = ("演示农村信用社", "演示农商银行")
USUAL_SUPPLEMENT = 85  # thousandths of the standard a person gets on top of the gap, on average
LEAST_SHARE, MOST_SHARE = 30, 940
FEN, YEAR = 100, 12


class Builder:
    """Builds households of both areas; how poor they are on average follows from the money wanted."""

    def __init__(self, targets: Targets, people: People, homes: Homes) -> None:
        self.targets, self.people, self.homes = targets, people, homes
        self.rng = people.rng
        trials = _trials(targets)
        self.standard = {area: trials[area].standard_fen // FEN for area in AREAS}
        self.mu_year = {area: trials[area].income_year_fen // FEN for area in AREAS}
        self.mean_share = {area: self._mean_share(area) for area in AREAS}
        self._old_days = [day for month in year_months(targets.year - 1) for day in decision_days(month)]

    def _mean_share(self, area: str) -> int:
        """Thousandths of the standard that an average household lives on, so that the money comes out about right."""
        closing = self.targets.closing
        everybody = sum(stock.persons for stock in closing.values()) or 1
        middle = (self.targets.opening.persons + everybody) * closing[area].persons // (2 * everybody)
        full = middle * YEAR * self.standard[area] or 1
        paid = self.targets.paid[area].hundredths * FEN
        return max(60, min(900, 1000 - paid * 1000 // full + USUAL_SUPPLEMENT))

    def old(self, area: str, size: int) -> Draft:
        """A household of the opening stock: only facts that a roster has columns for."""
        return self._build(area, size, has_roster_form=True)

    def new(self, area: str, size: int) -> Draft:
        """A household that applies."""
        return self._build(area, size, has_roster_form=False)

    def old_day(self) -> date:
        """A day of the year before on which an old household was decided."""
        return self.rng.choice(self._old_days)

    def settle(self, draft: Draft) -> Draft:
        """Give a household its home (unless it has one), telephone and account."""
        if not draft.division:
            draft.division, draft.address = self.homes.home(draft.area)
        draft.phone, draft.account = self.people.phone(), self.people.account()
        draft.bank = self.rng.choice(BANKS)
        return draft

    def _build(self, area: str, size: int, *, has_roster_form: bool) -> Draft:
        mean = self.mean_share[area]
        drawn = int(self.rng.betavariate(mean / 250, (1000 - mean) / 250) * 1000)
        draft = Draft(area, compose(size, self.people), max(LEAST_SHARE, min(MOST_SHARE, drawn)))
        furnish(draft, self.standard[area], self.mu_year[area], self.rng, has_roster_form=has_roster_form)
        return self.settle(draft)


def _trials(targets: Targets) -> dict[str, Answer]:
    """What the rules say of one healthy adult with a mu of land, so that no number of the policy is repeated here."""
    days = (date(targets.year - 1, 1, 1), date(targets.year, 12, 31))
    cases = [_trial(area, targets.policy, day) for area in AREAS for day in days]
    try:
        answers = assess_many(cases)
    except CaseError as fault:
        raise BadTargets(f"目标文件“policy”：{fault.reason}") from None
    for case, answer in zip(cases, answers, strict=True):
        if answer.outcome == RULE_GAP:
            why = assess(parse_case(case), trace=False).reasons[0].zh
            raise ImpossibleTargets(f"参数包“{targets.policy}”算不了{days[0]}到{days[1]}：{why}")
    return {area: answers[2 * place + 1] for place, area in enumerate(AREAS)}


def _trial(area: str, policy: str, day: date) -> dict[str, object]:
    adult = {"name": "甲", "born": f"{day.year - 40}-01-01", "sex": "male", "relation": "head"}
    return {
        "area": area, "policy": policy, "decision_date": day.isoformat(),
        "members": [{**adult, "income": [{"kind": "farming", "mu": 1}]}], "property": {"dwellings": 1},
    }  # fmt: skip
