"""What every page shows around its content: county, day, officer, navigation, text size."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.web.access import duties_in_words, first_page, opens
from opendibao.web.clock import COUNTY_TIME, now_in_county, today_in_county
from opendibao.web.language import LanguageLink, other_language
from opendibao.web.middleware import TEXT_SIZES, Viewer
from opendibao.web.places import county_name, places
from opendibao.web.roles import Role, roles

__all__ = ["COUNTY_TIME", "frame", "now_in_county", "today_in_county"]
# (route, words, paths that belong to it): eight at most, what belongs together stands as tabs on its pages
SECTIONS = (
    ("today", gettext_lazy("今日工作"), ("/today/",)),
    ("county", gettext_lazy("全县"), ("/rows/",)),
    (
        "search",
        gettext_lazy("家庭"),
        (
            "/search",
            "/households/",
            "/cases/",
            "/archive/",
            "/surveys/",
            "/alerts/",
            "/lookups/",
            "/exchanges/",
            "/matching/",
            "/rematch/",
            "/applications/",
            "/online/",
            "/relatives/",
            "/letters/",
            "/meetings/",
            "/notices/",
            "/objections/",
            "/publication/",
            "/approvals/",
            "/decisions/",
            "/low-income/",
            "/referrals/",
            "/inquiries/",
        ),
    ),
    ("leads", gettext_lazy("服务"), ("/leads/", "/outreach/", "/hotline/")),
    (
        "pay-runs",
        gettext_lazy("发放"),
        (
            "/pay-runs/",
            "/money-changes/",
            "/upratings/",
            "/price-supplements/",
            "/returns/",
            "/funds/",
            "/account-changes/",
            "/proxies/",
            "/custody/",
        ),
    ),
    ("evaluation", gettext_lazy("绩效"), ("/evaluation/", "/figures/", "/samples/", "/budget/")),
    ("opening", gettext_lazy("建账上报"), ("/opening/", "/outbox/")),
    ("standards", gettext_lazy("规则"), ("/standards/", "/rules/")),
)


@dataclass(frozen=True)
class Section:
    """A link of the main navigation."""

    href: str
    words: str
    is_current: bool


@dataclass(frozen=True)
class TextSize:
    """A choice of 大字 in percent."""

    percent: int
    href: str
    is_current: bool


@dataclass(frozen=True)
class Who:
    """Who looks: his name, his division and his duties."""

    name: str
    place: str
    duties: str
    is_signed_in: bool


@dataclass(frozen=True)
class Frame:
    """What stands around a page.

    `place` is what its figures are of: the county, or the viewer's part of it. `roles` are those the demonstration
    offers, `home` is the first page of who looks.
    """

    county: str
    place: str
    is_whole: bool
    who: Who | None
    roles: list[Role]
    home: str
    today: date
    is_synthetic: bool
    policy: str
    sections: list[Section]
    text: int
    text_sizes: list[TextSize]
    language: LanguageLink

    @property
    def may_search(self) -> bool:
        """Whether families may be looked for: who runs the machine sees none."""
        return any(section.href == reverse("search") for section in self.sections)


def frame(request: HttpRequest) -> dict[str, object]:
    """The frame of a page; where nobody is known (an error before sign-in) there is no navigation."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    text = _text(request)
    who = _who(viewer) if viewer else None
    return {
        "frame": Frame(
            county=county_name() if viewer else "",
            place=_place(viewer) if viewer else "",
            is_whole=viewer is None or viewer.sees_county,
            who=who,
            roles=roles(request) if hasattr(request, "user") else [],
            home=first_page(viewer) if viewer else reverse("account_login"),
            today=today_in_county(),
            is_synthetic=settings.OPENDIBAO_SYNTHETIC,
            policy=settings.OPENDIBAO_POLICY,
            sections=_sections(request.path, viewer) if viewer else [],
            text=text,
            text_sizes=_text_sizes(request, text),
            language=other_language(request),
        )
    }


def _who(viewer: Viewer) -> Who:
    place = places().full(viewer.division)
    name = viewer.name if viewer.username else _(viewer.name)  # who is not signed in is called by us
    return Who(name, place, duties_in_words(viewer.duties), bool(viewer.username))


def _place(viewer: Viewer) -> str:
    return county_name() if viewer.sees_county else places().full(viewer.division)


def _sections(path: str, viewer: Viewer) -> list[Section]:
    """The sections that open to the viewer."""
    found = []
    for route, words, below in SECTIONS:
        href = reverse(route)
        if opens(href, viewer):
            found.append(Section(href, str(words), path == href or path.startswith(below)))
    return found


def _text(request: HttpRequest) -> int:
    chosen = request.GET.get("text") or request.COOKIES.get("text") or ""
    return int(chosen) if chosen in map(str, TEXT_SIZES) else TEXT_SIZES[0]


def _text_sizes(request: HttpRequest, chosen: int) -> list[TextSize]:
    asked = request.GET.copy()
    sizes = []
    for percent in TEXT_SIZES:
        asked["text"] = str(percent)
        sizes.append(TextSize(percent, f"?{asked.urlencode()}", percent == chosen))
    return sizes
