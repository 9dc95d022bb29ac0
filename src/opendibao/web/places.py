"""地方: names of divisions on pages, and the way from the county down to a village."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.kernel.ids import township_of
from opendibao.web.asking import Asked
from opendibao.web.counted import division_names
from opendibao.web.tables import Crumb


@dataclass(frozen=True)
class Places:
    """The names of the divisions, by code."""

    names: dict[str, str]

    def full(self, code: str) -> str:
        """Township and village in one: 双钟镇月亮村; the code itself where it has no name."""
        town = township_of(code)
        own = self.names.get(code, code)
        return own if town == code else f"{self.names.get(town, town)}{own}"

    def way(self, question: Asked, start: str, href: str) -> Iterator[Crumb]:
        """From the county page to the division that is asked for; only steps above it are links."""
        yield Crumb(_("全县一页"), reverse("county") + f"?year={question.year}")
        chosen = question.division
        if not chosen or chosen == settings.OPENDIBAO_COUNTY:
            yield Crumb(start)
            return
        yield Crumb(start, href + question.but(division=""))
        town = township_of(chosen)
        if town != chosen:
            yield Crumb(self.names.get(town, town), href + question.but(division=town))
        yield Crumb(self.names.get(chosen, chosen))


def places() -> Places:
    """Names of all divisions, read once for a page."""
    return Places(division_names())


def own_villages(request: HttpRequest) -> list[tuple[str, list[tuple[str, str]]]]:
    """The villages in the viewer's sight, by township: (township, [(code, name)])."""
    reach = request.viewer.reach  # type: ignore[attr-defined]
    names = division_names()
    villages = sorted(code for code in names if code.startswith(reach) and is_village(code))
    towns = dict.fromkeys(township_of(code) for code in villages)
    return [
        (names.get(town, town), [(code, names[code]) for code in villages if township_of(code) == town])
        for town in towns
    ]


def county_name() -> str:
    """The county's name, marked where it is synthetic; its code before it has been entered."""
    name = division_names().get(settings.OPENDIBAO_COUNTY, settings.OPENDIBAO_COUNTY)
    return _("%(county)s（演示）") % {"county": name} if settings.OPENDIBAO_SYNTHETIC else name


def is_village(code: str) -> bool:
    """Whether nothing lies below this division."""
    return bool(code) and township_of(code) != code
