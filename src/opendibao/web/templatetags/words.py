"""词: the words of codes in templates, in the language of the page."""

from django import template
from django.utils.translation import gettext

from opendibao.web import labels

register = template.Library()


@register.filter
def word(code: str, among: str) -> str:
    """The word of a code among the labels of this name; the code itself where it is none of them."""
    known: labels.Labels = getattr(labels, among)
    return known.get(code, code)


@register.filter
def spoken(words: str) -> str:
    """Words that are kept as data, in the language of the page where it has them."""
    return gettext(words) if words else ""
