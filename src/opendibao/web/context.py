"""What every page shows around its content: county, day, officer, navigation, text size."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from opendibao.web.middleware import TEXT_SIZES, Viewer
from opendibao.web.places import county_name

COUNTY_TIME = ZoneInfo("Asia/Shanghai")
# (route, words, paths that belong to it): seven at most, what belongs together stands as tabs on its pages
SECTIONS = (
    ("county", "全县", ("/rows/",)),
    ("search", "家庭", ("/search", "/households/")),
    ("leads", "服务", ("/leads/", "/outreach/", "/hotline/")),
    ("pay-runs", "发放", ("/pay-runs/",)),
    ("budget", "预算", ("/budget/",)),
    ("evaluation", "绩效", ("/evaluation/", "/figures/", "/samples/")),
    ("opening", "建账上报", ("/opening/", "/outbox/")),
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
class Frame:
    """What stands around a page."""

    county: str
    today: date
    is_synthetic: bool
    policy: str
    officer: str
    sections: list[Section]
    text: int
    text_sizes: list[TextSize]


def today_in_county() -> date:
    """Today in Beijing time; the demonstration's day stands still."""
    return settings.OPENDIBAO_TODAY or datetime.now(COUNTY_TIME).date()


def frame(request: HttpRequest) -> dict[str, object]:
    """The frame of a page; where nobody is known (an error before sign-in) there is no navigation."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    text = _text(request)
    return {
        "frame": Frame(
            county=county_name() if viewer else "",
            today=today_in_county(),
            is_synthetic=settings.OPENDIBAO_SYNTHETIC,
            policy=settings.OPENDIBAO_POLICY,
            officer=viewer.name if viewer else "",
            sections=_sections(request.path) if viewer else [],
            text=text,
            text_sizes=_text_sizes(request, text),
        )
    }


def _sections(path: str) -> list[Section]:
    found = []
    for route, words, places in SECTIONS:
        href = reverse(route)
        found.append(Section(href, words, path == href or path.startswith(places)))
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
