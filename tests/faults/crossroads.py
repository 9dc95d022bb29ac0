"""岔路: a small county where anybody may try anything on any day; the lawful next step of a household is known too."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from opendibao.audit.session import acting
from opendibao.decision import actions as decide
from opendibao.decision.first_opinion import give_opinion, report_case
from opendibao.decision.hearing import record_hearing, tell_of_hearing
from opendibao.decision.models import Decision, Objection, PublicNotice
from opendibao.decision.objections import register_objection, settle_objection
from opendibao.decision.review_meeting import Vote
from opendibao.decision.voiding import void_decision
from opendibao.intake import actions as intake
from opendibao.intake import completeness, ending
from opendibao.intake.models import Case
from opendibao.kernel.duties import EVERY_DUTY, Duty
from opendibao.registry.queries import members_on
from opendibao.reviews.actions import open_review_case
from opendibao.verification import actions as verify
from opendibao.verification.queries import open_hits, survey_of
from tests.decision.builders import FAMILY, Facts, earning
from tests.intake.builders import DECLARED
from tests.registry.builders import at

COUNTY, TOWN, OTHER_TOWN = "360429", "360429100", "360429101"
CLERK_DUTIES = frozenset({Duty.ACCEPT, Duty.SURVEY, Duty.REVIEW})
COUNTY_DUTIES = frozenset({Duty.CONFIRM, Duty.PAY})
FOUND: Mapping[str, Facts] = {"poor": FAMILY, "less": earning(1500), "rich": earning(9000)}
"""What a visit may find: entitled, entitled to less, not entitled."""


@dataclass(frozen=True)
class Officer:
    """Somebody who acts: what he sees and what he is for."""

    name: str
    reach: str
    duties: Collection[Duty]

    @contextmanager
    def acts(self) -> Iterator[None]:
        with acting(self.name, self.reach, self.duties):
            yield


CLERKS = {TOWN: Officer("王经办", TOWN, CLERK_DUTIES), OTHER_TOWN: Officer("远经办", OTHER_TOWN, CLERK_DUTIES)}
CHECKER = Officer("李审核", COUNTY, COUNTY_DUTIES)
OFFICERS = (
    *CLERKS.values(), CHECKER, Officer("周编制", COUNTY, COUNTY_DUTIES), Officer("全职责", COUNTY, EVERY_DUTY),
    Officer("陈走访", TOWN, frozenset({Duty.SURVEY})), Officer("严审计", COUNTY, frozenset({Duty.AUDIT})),
)  # fmt: skip
PAIRS = (("陈走访", "黄走访"), ("李审核", "黄走访"), ("全职责", "陈走访"), ("陈走访", "陈走访"))


@dataclass(frozen=True)
class Choice:
    """What is not decided by the step itself: what is found, who goes, how it is answered."""

    found: str = "poor"
    pair: tuple[str, str] = PAIRS[0]
    outcome: str = "groundless"
    is_hit: bool = False
    is_contested: bool = False
    is_objected: bool = False
    is_voided: bool = False


Step = Callable[[Case, date, Choice], object]


def accept(case: Case, on: date, _: Choice) -> object:
    return intake.accept_case(case.pk, on=on, at=at(on))


def sign(case: Case, on: date, _: Choice) -> object:
    return intake.sign_consents(case.pk, on=on, at=at(on))


def return_(case: Case, on: date, _: Choice) -> object:
    return completeness.return_for_supplement(case.pk, items=["委托书"], on=on, at=at(on))


def resubmit(case: Case, on: date, _: Choice) -> object:
    return completeness.resubmit_case(case.pk, on=on, at=at(on))


def withdraw(case: Case, on: date, _: Choice) -> object:
    return ending.withdraw_case(case.pk, reason="自愿撤回", on=on, at=at(on))


def discontinue(case: Case, on: date, _: Choice) -> object:
    return ending.discontinue_case(case.pk, reason="拒绝入户", on=on, at=at(on))


def match(case: Case, on: date, choice: Choice) -> object:
    answers = [
        verify.Answer(m.person_id, "tax", "hit", {"found": "有工资"}) if choice.is_hit and place == 0
        else verify.Answer(m.person_id, "tax", "no_hit")
        for place, m in enumerate(members_on(case.household_id, on))
    ]  # fmt: skip
    return verify.file_match_results(case.pk, answers, requested_on=on, answered_on=on, at=at(on))


def dispose(case: Case, on: date, _: Choice) -> object:
    return [
        verify.dispose_match(hit.pk, disposition="keep_declaration", reason="已说明", at=at(on))
        for hit in open_hits(case.pk)
    ]


def survey(case: Case, on: date, choice: Choice) -> object:
    return verify.record_survey(
        case.pk, on=on, at=at(on), surveyors=choice.pair, respondent="王秀英", found=FOUND[choice.found]
    )


def meet(case: Case, on: date, choice: Choice) -> object:
    vote = Vote(case.pk, 12, 0, 0, 1, opinions="家境有出入", is_contested=choice.is_contested)
    return decide.hold_meeting(
        case.division, on=on, at=at(on), chair="邓主持", recorder="方记录", villagers=7, party_members=3, cadres=3,
        entitled=9, votes=[vote],
    )  # fmt: skip


def post(case: Case, on: date, _: Choice) -> object:
    return decide.post_notice(case.pk, on=on, at=at(on))


def object_(case: Case, on: date, _: Choice) -> object:
    return register_objection(case.pk, words="他家有车", on=on, at=at(on))


def settle(case: Case, on: date, choice: Choice) -> object:
    return [
        settle_objection(one.pk, outcome=choice.outcome, answer="已查明", on=on, at=at(on))
        for one in Objection.objects.filter(case=case, settled_on=None)
    ]


def propose(case: Case, on: date, _: Choice) -> object:
    return give_opinion(case.pk, on=on, at=at(on))


def report(case: Case, on: date, _: Choice) -> object:
    return report_case(case.pk, on=on, at=at(on))


def confirm(case: Case, on: date, _: Choice) -> object:
    return decide.confirm_case(case.pk, on=on, at=at(on))


def refuse(case: Case, on: date, _: Choice) -> object:
    return decide.refuse_case(case.pk, on=on, at=at(on))


def change(case: Case, on: date, _: Choice) -> object:
    seen = survey_of(case.pk)
    return decide.change_benefit(case.pk, cause="income", facts=seen.found if seen else FAMILY, on=on, at=at(on))


def stop(case: Case, on: date, _: Choice) -> object:
    return decide.stop_benefit(case.pk, cause="income", on=on, at=at(on))


def leave(case: Case, on: date, _: Choice) -> object:
    return decide.stop_benefit(case.pk, cause="voluntary", on=on, at=at(on))


def tell(case: Case, on: date, _: Choice) -> object:
    return tell_of_hearing(case.pk, proposal="收入超过标准，拟停发", on=on, at=at(on))


def hear(case: Case, on: date, _: Choice) -> object:
    return record_hearing(case.pk, way="phone", words="我们不同意", considered="不采纳", on=on, at=at(on))


def void(case: Case, on: date, _: Choice) -> object:
    decision = Decision.objects.filter(case=case).last()
    return void_decision(decision.pk if decision else 0, reason="金额有误", on=on, at=at(on))


def reopen(case: Case, on: date, choice: Choice) -> object:
    return open_review_case(case.household_id, on=on, at=at(on), declared=FOUND[choice.found])


def apply_again(case: Case, on: date, _: Choice) -> object:
    return intake.submit_case(
        case.household_id, kind="application", channel="counter", declared=DECLARED, on=on, at=at(on)
    )


STEPS: tuple[Step, ...] = (
    accept, sign, return_, resubmit, withdraw, discontinue, match, dispose, survey, meet, post, object_, settle,
    propose, report, confirm, refuse, change, stop, leave, void, tell, hear, reopen, apply_again,
)  # fmt: skip


def lawful(case: Case, today: date, choice: Choice) -> tuple[Step, date, Officer]:
    """What the law wants next of a case, the first day from today on which it may be done, and by whom."""
    clerk = CLERKS[case.division[:9]]
    if case.kind == "review":
        return _next_of_review(case, today, choice, clerk)
    if case.state == "reviewed" and choice.found == "rich":
        return (report if case.opinions.exists() else propose), today, clerk
    by_state: dict[str, Step] = {"submitted": accept, "returned": resubmit, "reviewed": post, "verified": meet}
    if case.state in by_state:
        return by_state[case.state], today, clerk
    if case.state == "accepted":
        return _verifying(case), today, clerk
    if case.state == "noticed":
        return _noticing(case, today, choice, clerk)
    if case.state == "reported":
        return (confirm if _is_granted(case) else refuse), today, CHECKER
    if case.state == "confirmed" and choice.is_voided:
        return void, today, CHECKER
    return (reopen if case.state == "confirmed" else apply_again), today, clerk


def _is_granted(case: Case) -> bool:
    opinion = case.opinions.order_by("-sequence").first()
    return opinion is not None and opinion.view == "grant"


def _verifying(case: Case) -> Step:
    if not case.consents.exists():
        return sign
    if not case.matches.exists():
        return match
    return dispose if open_hits(case.pk) else survey


def _noticing(case: Case, today: date, choice: Choice, clerk: Officer) -> tuple[Step, date, Officer]:
    if Objection.objects.filter(case=case, settled_on=None).exists():
        return settle, today, clerk
    if case.objections.filter(outcome="review").exists() and case.votes.count() < 2:
        return meet, today, clerk
    if choice.is_objected and not case.objections.exists():
        return object_, today, clerk
    notice = PublicNotice.objects.filter(case=case).latest("sequence")
    return report, max(today, notice.ends_on + timedelta(days=1)), clerk


def _next_of_review(case: Case, today: date, choice: Choice, clerk: Officer) -> tuple[Step, date, Officer]:
    if case.state == "accepted":
        return survey, today, clerk
    if case.state != "verified":
        return reopen, today, clerk
    if today >= date(2026, 7, 1):
        hearing = getattr(case, "hearing", None)
        if hearing is None or hearing.heard_on is None:
            return (hear if hearing else tell), today, clerk
    return (stop if choice.found == "rich" else change), today, CHECKER
