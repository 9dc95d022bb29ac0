"""谁在看: the officer behind a request with what he sees and may do; in the demonstration also without sign-in."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_noop as _

from opendibao.accounts.queries import OfficerRow
from opendibao.kernel.duties import READ_ONLY, Duty
from opendibao.kernel.ids import reach_of

LEADER = _("县局 · 领导")
"""Who looks at the demonstration without sign-in; the audit chain keeps the name in Chinese, whatever the page says."""


@dataclass(frozen=True)
class Viewer:
    """Who looks: the name in the bar and in the audit, the divisions he sees (code prefix), and his duties.

    `division` is his own (12 digits), `username` empty where nobody signed in.
    """

    name: str
    reach: str
    duties: frozenset[Duty]
    division: str = ""
    username: str = ""

    @property
    def may_write(self) -> bool:
        """Whether he has a duty that changes anything."""
        return bool(self.duties - READ_ONLY)

    @property
    def sees_county(self) -> bool:
        """Whether the whole county is in sight, so that its figures are not counted from a part."""
        return reach_of(settings.OPENDIBAO_COUNTY).startswith(self.reach)


def viewer_of(request: HttpRequest) -> Viewer | None:
    """The signed-in officer; in the demonstration, without sign-in, the county's head, who only reads."""
    if request.user.is_authenticated:
        return viewer_of_officer(request.user)
    if settings.OPENDIBAO_SYNTHETIC:
        county = settings.OPENDIBAO_COUNTY
        return Viewer(LEADER, reach_of(county), frozenset({Duty.OVERSEE}), county)
    return None


def viewer_of_officer(officer: OfficerRow) -> Viewer:
    """What an officer sees and may do."""
    return Viewer(
        officer.name,
        reach_of(officer.division),
        frozenset(map(Duty, officer.duties)),
        officer.division,
        officer.get_username(),
    )


def lacks_totp(request: HttpRequest) -> bool:
    """Whether the signed-in officer has a duty that needs one-time codes, and has none yet."""
    user = request.user
    if not user.is_authenticated or user.has_totp:
        return False
    return bool(settings.OPENDIBAO_TOTP_DUTIES & frozenset(user.duties))
