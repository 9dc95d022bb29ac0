"""报送与整改的词: the words, marks and tabs that the pages of finance's review and of rectification share."""

from collections.abc import Mapping, Sequence

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.evaluation.conclusion import Conclusion
from opendibao.evaluation.rectifications import Rectification, Standing, kind_of
from opendibao.evaluation.submissions import WHOLE, Submission, submission
from opendibao.web.labels import ORIGINS, STANDINGS, SUBMISSION_STATES
from opendibao.web.tables import Cell, Choice, Choices, Crumb

STATE_TONES = {"submitted": "", "asked": "warn", "replied": "", "returned": "bad", "accepted": "ok"}
STANDING_TONES = {"open": "", "soon": "warn", "overdue": "bad", "closed": "ok"}
PARTS = (("submissions", gettext_lazy("报送")), ("rectifications", gettext_lazy("整改")))


def receiving_parts(current: str, year: int) -> Choices:
    """Finance's review and the rectification list of the same year."""
    options = [Choice(str(words), f"{reverse(route)}?year={year}", route == current) for route, words in PARTS]
    return Choices(_("报送与整改"), options)


def way_to_submission(year: int, *further: Crumb) -> list[Crumb]:
    """The way to a page about what was sent to finance."""
    tail = f"?year={year}"
    first = Crumb(_("绩效评价"), reverse("evaluation") + tail)
    return [first, Crumb(_("报送"), reverse("submissions") + tail), *further]


def way_to_rectifications(year: int, *further: Crumb) -> list[Crumb]:
    """The way to a page about the rectification list."""
    tail = f"?year={year}"
    first = Crumb(_("绩效评价"), reverse("evaluation") + tail)
    return [first, Crumb(_("整改"), reverse("rectifications") + tail), *further]


def found_submission(submission_id: int) -> Submission:
    """One submission; raises Http404."""
    found = submission(submission_id)
    if found is None:
        raise Http404(f"没有报送 {submission_id}")
    return found


def submission_page(sent: Submission) -> str:
    """Where a submission stands."""
    return f"{reverse('submissions')}?year={sent.year}&number={sent.number}"


def state_cell(state: str) -> Cell:
    """Where a submission stands at the finance bureau, with its mark."""
    return Cell(SUBMISSION_STATES[state], tone=STATE_TONES[state])


def standing_cell(found: Standing) -> Cell:
    """How a point stands, with its mark."""
    return Cell(STANDINGS[found], tone=STANDING_TONES[found])


def subject_options(said: Conclusion) -> Mapping[str, str]:
    """What a question can be about, in words."""
    found = {WHOLE: _("报送整体")}
    for row in said.rows:
        found[f"indicator:{row.code}"] = f"{row.position} {row.name}"
    for one in said.findings:
        found.setdefault(f"finding:{one.id}", _("体检 %(id)s：%(said)s") % {"id": one.id, "said": one.zh})
    return found


def origin_words(one: Rectification, names: Mapping[str, str]) -> str:
    """Where a point comes from, in words; `names` are those of the indicators by code."""
    kind, (_head, _colon, tail) = kind_of(one.origin), one.origin.partition(":")
    if kind == "own":
        return ORIGINS[kind]
    return f"{ORIGINS[kind]} {names.get(tail, tail)}"


def dashes(cells: Sequence[str]) -> list[str]:
    """Texts for paper: a dash where there is nothing."""
    return [cell or "—" for cell in cells]
