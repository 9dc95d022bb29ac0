"""找案件: the case that a page or form of the survey is about, or no such page."""

from collections.abc import Sequence

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.intake.queries import CaseFile, case_file
from opendibao.web.tables import Crumb


def known_case(case_id: int) -> CaseFile:
    """The case with its household. Raises Http404 where there is none or another township's."""
    found = case_file(case_id)
    if found is None:
        raise Http404(f"没有案件 {case_id}")
    return found


def way_of(file: CaseFile) -> Sequence[Crumb]:
    """The way to a form of a case: back to its page."""
    return [Crumb(_("案件 %(number)s") % {"number": file.number}, reverse("case", args=[file.id]))]


def back(file: CaseFile, part: str = "survey") -> str:
    """Where a form of a case leads when it is done."""
    return f"{reverse('case', args=[file.id])}#{part}"


def subject_of(file: CaseFile) -> str:
    """The audit's name of a case."""
    return f"案件 {file.number}"
