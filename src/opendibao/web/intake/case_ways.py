"""案件办事: what every form about a case begins with: the case or 404, the way back to its page, its facts."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.intake.queries import CaseFile, case_file
from opendibao.registry.queries import heads_of
from opendibao.web.acts import Done
from opendibao.web.labels import CASE_STATES
from opendibao.web.places import places
from opendibao.web.tables import Crumb


def found_case(case_id: int) -> CaseFile:
    """The case. Raises Http404 where there is none or another township's."""
    file = case_file(case_id)
    if file is None:
        raise Http404(f"没有案件 {case_id}")
    return file


def subject_of(file: CaseFile) -> str:
    """The audit's name of a case, on which two officers may meet."""
    return f"案件 {file.number}"


def way_to_case(file: CaseFile) -> list[Crumb]:
    """The way back."""
    return [Crumb(_("案件"), reverse("cases")), Crumb(file.number, reverse("case", args=[file.id]))]


def case_facts(file: CaseFile) -> list[tuple[str, str]]:
    """Whose case it is and how it stands, above a form."""
    head = heads_of([file.household]).get(file.household, "")
    return [
        (_("家庭"), _("%(head)s，户编号 %(number)s") % {"head": head, "number": file.household}),
        (_("村社区"), places().full(file.division)), (_("申请"), str(file.applied_on)),
        (_("状态"), CASE_STATES[file.state]),
    ]  # fmt: skip


def state_now(case_id: int) -> dict[str, str]:
    """How the case stands now, for two officers who meet on it."""
    file = case_file(case_id)
    return {"state": CASE_STATES[file.state]} if file else {}


def done_at(file: CaseFile, said: str, place: str = "") -> Done:
    """Back to the case's page, to one of its sections where `place` names it."""
    return Done(reverse("case", args=[file.id]) + (f"#{place}" if place else ""), said)


def closed_unless(file: CaseFile, *states: str) -> str:
    """Why a form can do nothing any more: the case stands in none of the states it is for; "" where it can."""
    if file.state in states:
        return ""
    return _("案件现在是“%(state)s”，这件事不能办或已经办过。") % {"state": CASE_STATES[file.state]}
