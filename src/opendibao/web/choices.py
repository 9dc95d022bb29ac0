"""换个看法: the other views of the same rows, by area, by month, as households or persons, by year."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from opendibao.web.asking import Asked
from opendibao.web.labels import AREAS
from opendibao.web.tables import Choice, Choices


def areas(question: Asked) -> Choices:
    """Both areas together, or one."""
    options = [Choice(_("城乡"), question.but(area=""), not question.area)]
    options += [Choice(zh, question.but(area=area), question.area == area) for area, zh in AREAS.items()]
    return Choices(_("按城乡看"), options)


def months(question: Asked) -> Choices:
    """The whole year, or one of its months."""
    options = [Choice(_("全年"), question.but(month=""), question.month is None)]
    for number in range(1, 13):
        chosen = question.month is not None and question.month.month == number
        words = _("%(n)s月") % {"n": number}
        options.append(Choice(words, question.but(month=f"{question.year}-{number:02d}"), chosen))
    return Choices(_("按月看"), options)


def figures(question: Asked, named: Sequence[tuple[str, str]], current: str) -> Choices:
    """Sister figures of the same question: (figure, words)."""
    options = [Choice(zh, reverse("rows", args=[name]) + question.but(), name == current) for name, zh in named]
    return Choices(_("数户还是数人"), options)


def pages(words: str, named: Sequence[tuple[str, str | Promise]], current: str) -> Choices:
    """Pages that belong together: (route, words)."""
    return Choices(words, [Choice(str(zh), reverse(route), route == current) for route, zh in named])
