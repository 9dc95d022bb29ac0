"""办完的话: what was said of a form that led to this page."""

import re

from django import template
from django.template.context import RequestContext

from opendibao.audit.session import officer_name
from opendibao.audit.submissions import submitted

register = template.Library()
KEY = re.compile(r"[0-9a-f]{32}")


@register.simple_tag(takes_context=True)
def done(context: RequestContext) -> str:
    """What came of the form whose key the address names; empty for anybody but him who sent it."""
    key = context["request"].GET.get("done", "")
    found = submitted(key) if KEY.fullmatch(key) else None
    return found.said if found and found.officer == officer_name() else ""
