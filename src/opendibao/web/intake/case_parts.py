"""案件分节: what a section of a case's page is made of; each stage writes its own sections with this."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from opendibao.intake.queries import CaseFile
from opendibao.web.tables import Crumb

PLAIN = "web/_case_part.html"


@dataclass(frozen=True)
class Part:
    """A section: `key` its anchor, the heading, a template with what it is given, and the acts that are open now.

    The plain template shows what it finds of `facts` ((words, said) pairs), `table` (a tables.Table), `texts`
    ((heading, long text) pairs, folded in) and `notes` (sentences), and `nothing` where there is none of these.
    """

    key: str
    title: str
    context: Mapping[str, object] = field(default_factory=dict)
    template: str = PLAIN
    acts: Sequence[Crumb] = ()

    @property
    def body(self) -> SafeString:
        """The section's contents as markup."""
        return render_to_string(self.template, dict(self.context))


PartOf = Callable[[HttpRequest, CaseFile], Part | None]
"""A section of a case for who looks; None where it has nothing to say of this case."""
