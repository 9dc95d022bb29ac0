"""表单种类: the forms that are written with a year's report, each in Word and PDF, from the same content."""

from collections.abc import Callable, Mapping

from opendibao.reporting.content import ReportContent
from opendibao.reporting.forms.form_pdf import form_pdf
from opendibao.reporting.forms.form_word import form_word
from opendibao.reporting.forms.goal_form import goal_form
from opendibao.reporting.forms.grid import Form
from opendibao.reporting.forms.one_page import one_page
from opendibao.reporting.forms.self_evaluation import self_evaluation
from opendibao.reporting.sentences import words_of

KINDS: Mapping[str, Callable[[ReportContent], Form]] = {
    "self_evaluation": self_evaluation,
    "goal_form": goal_form,
    "one_page": one_page,
}


def form_files(content: ReportContent) -> dict[str, bytes]:
    """Every form of a year by file name."""
    found: dict[str, bytes] = {}
    for kind, made in KINDS.items():
        form, name = made(content), f"{words_of(kind)['file']}-{content.year}"
        found[f"{name}.docx"], found[f"{name}.pdf"] = form_word(form), form_pdf(form)
    return found
