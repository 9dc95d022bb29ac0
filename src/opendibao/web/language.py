"""语言: Chinese whatever the browser asks for, English for who chooses it; the choice is kept in a cookie."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

GetResponse = Callable[[HttpRequest], HttpResponseBase]
CHINESE, ENGLISH = "zh-hans", "en"
NAMES = {CHINESE: "中文", ENGLISH: "English"}
TAGS = {CHINESE: "zh-CN", ENGLISH: "en"}
COOKIE = "lang"
A_YEAR_S = 365 * 24 * 3600
PASSING = ("done", "kept")  # what was said once is not said again in the other language


@dataclass(frozen=True)
class LanguageLink:
    """The way to the same page in the other language: its name in itself, its tag, the tail of the link."""

    words: str
    tag: str
    href: str


def language_of(request: HttpRequest) -> str:
    """The language chosen in the address, else the one kept, else Chinese."""
    for chosen in (request.GET.get(COOKIE), request.COOKIES.get(COOKIE)):
        if chosen in NAMES:
            return str(chosen)
    return CHINESE


def language_of_request(get_response: GetResponse) -> GetResponse:
    """Speak the chosen language around each request, its refusals and its errors too."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        with translation.override(language_of(request)):
            return get_response(request)

    return handle


def keep_language(request: HttpRequest, response: HttpResponseBase) -> None:
    """Keep what was chosen in the address for a year, as the text size is kept."""
    if (chosen := request.GET.get(COOKIE)) in NAMES:
        response.set_cookie(COOKIE, chosen, max_age=A_YEAR_S, samesite="Lax", httponly=True)


def other_language(request: HttpRequest) -> LanguageLink:
    """The language that is not spoken now; everything else that was asked stays."""
    other = CHINESE if language_of(request) == ENGLISH else ENGLISH
    asked = request.GET.copy()
    for name in PASSING:
        asked.pop(name, None)
    asked[COOKIE] = other
    return LanguageLink(NAMES[other], TAGS[other], f"?{asked.urlencode()}")
