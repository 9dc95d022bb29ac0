"""找案件: which cases a list is asked for: a saved view, a place, a state, a kind, a name or a number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.decision.case_steps import open_among
from opendibao.decision.open_cases import open_cases
from opendibao.decision.waiting import next_step
from opendibao.intake.case_list import CaseAsked
from opendibao.intake.states import CaseState
from opendibao.kernel.duties import READ_ONLY, Duty
from opendibao.kernel.ids import is_division
from opendibao.registry.queries import search as find
from opendibao.web.asking import BadQuestion
from opendibao.web.labels import CASE_KINDS, CASE_STATES
from opendibao.web.viewing import Viewer

LONGEST, MOST_HOUSEHOLDS = 60, 500
ENTRY = (CaseState.SUBMITTED, CaseState.RETURNED)
# the states in which the next hand is an officer of this duty
TURNS = {
    Duty.ACCEPT: (CaseState.SUBMITTED, CaseState.RETURNED, CaseState.ACCEPTED),
    Duty.SURVEY: (CaseState.ACCEPTED,),
    Duty.REVIEW: (CaseState.VERIFIED, CaseState.REVIEWED, CaseState.NOTICED),
    Duty.CONFIRM: (CaseState.REPORTED,),
}
VIEWS: dict[str, tuple[str | Promise, tuple[CaseState, ...]]] = {
    "mine": (gettext_lazy("我的待办"), ()),
    "entry": (gettext_lazy("待受理补正"), ENTRY),
    "survey": (gettext_lazy("待入户"), (CaseState.ACCEPTED,)),
    "noticed": (gettext_lazy("公示中"), (CaseState.NOTICED,)),
    "reported": (gettext_lazy("待审批"), (CaseState.REPORTED,)),
    "overdue": (gettext_lazy("逾期"), ()),
    "open": (gettext_lazy("在办"), ()),
    "all": (gettext_lazy("全部"), ()),
}


@dataclass(frozen=True)
class CaseQuestion:
    """What the address asks, as it was typed."""

    view: str
    division: str = ""
    state: str = ""
    kind: str = ""
    words: str = ""

    def but(self, **changes: str) -> str:
        """The same question with some parts changed ("" drops one), as the tail of a link."""
        parts = {
            "view": self.view, "division": self.division, "state": self.state, "kind": self.kind, "q": self.words,
        }  # fmt: skip
        kept = {name: value for name, value in {**parts, **changes}.items() if value}
        return f"?{urlencode(kept)}"


def case_question(request: HttpRequest, viewer: Viewer) -> CaseQuestion:
    """Read the question. Raises BadQuestion."""
    given = {name: request.GET.get(name, "").strip() for name in ("view", "division", "state", "kind", "q")}
    if given["view"] and given["view"] not in VIEWS:
        raise BadQuestion(_("没有“%(text)s”这种看法，请从案件页重新选") % {"text": given["view"]})
    if given["division"] and not is_division(given["division"]):
        raise BadQuestion(_("“%(text)s”不是区划代码，应为 12 位数字") % {"text": given["division"]})
    if given["state"] and given["state"] not in CASE_STATES:
        raise BadQuestion(_("没有“%(text)s”这种状态，请从列出的里面重选") % {"text": given["state"]})
    if given["kind"] and given["kind"] not in CASE_KINDS:
        raise BadQuestion(_("没有“%(text)s”这种案件，请从列出的里面重选") % {"text": given["kind"]})
    if len(given["q"]) > LONGEST:
        raise BadQuestion(_("要找的字太多，最多 %(most)s 个") % {"most": LONGEST})
    view = given["view"] or ("all" if given["state"] else "mine" if viewer.may_write else "open")
    if given["q"] and view == "mine":
        view = "all"  # who looks for a family looks for it wherever it stands
    return CaseQuestion(view, given["division"], given["state"], given["kind"], given["q"])


def asked_cases(question: CaseQuestion, viewer: Viewer, today: date) -> CaseAsked:
    """The rows that are meant."""
    states = tuple(state.value for state in VIEWS[question.view][1])
    ids: Sequence[int] | None = None
    if question.view == "mine":
        states = turns_of(viewer)
    if question.view == "overdue":
        ids = [case_id for case_id, due in due_days(today).items() if due < today]
    if question.state:
        states = (question.state,) if not states or question.state in states else ("",)
    homes = [row.id for row in find(question.words, limit=MOST_HOUSEHOLDS)[0]] if question.words else None
    return CaseAsked(
        question.division, states, question.kind, question.view != "all",
        None if ids is None else tuple(ids), None if homes is None else tuple(homes),
    )  # fmt: skip


def turns_of(viewer: Viewer) -> tuple[str, ...]:
    """The states in which it is the viewer's turn; one who only reads looks at all that is open."""
    if viewer.duties <= READ_ONLY:
        return tuple(state.value for states in TURNS.values() for state in states)
    return tuple(state.value for duty, states in TURNS.items() if duty in viewer.duties for state in states) or ("",)


def due_days(today: date, ids: Sequence[int] | None = None) -> dict[int, date]:
    """By which day the law wants the next step of an open case, by the case's id; of these cases only, else of all."""
    cases = open_cases() if ids is None else open_among(ids)
    found = ((case.id, next_step(case, today).due) for case in cases)
    return {case_id: due for case_id, due in found if due}
