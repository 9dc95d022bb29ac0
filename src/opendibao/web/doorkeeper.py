"""守门: how allauth signs officers in and out here: recorded, within their division, led to their own first page."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from opendibao.accounts.lockout import locked_until
from opendibao.accounts.queries import OfficerRow
from opendibao.audit.session import acting
from opendibao.kernel.ids import reach_of
from opendibao.web.access import first_page
from opendibao.web.entering import is_our_own
from opendibao.web.sign_in_log import note, note_name
from opendibao.web.viewing import viewer_of_officer

FRESH_S = 15 * 60  # within this time after sign-in nobody is asked for his password again
WRONG_CODE = _("动态口令不对，或已经用过。请等手机上换成新的六位数再输入")


class Doorkeeper(DefaultAccountAdapter):  # type: ignore[misc]
    """Signs in and out; every arrival, failure, lock and departure is an event."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("用户名或密码不对。大小写要一致，可以粘贴；忘了密码请找系统运行人员重设"),
        "account_inactive": _("这个账号已停用，请找系统运行人员"),
        "enter_current_password": _("现在的密码不对，请重新输入"),
        "incorrect_password": _("密码不对，请重新输入"),
        "incorrect_code": WRONG_CODE,
        "too_many_login_attempts": _("输错次数太多，已暂时锁定"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Officers are appointed, nobody signs himself up."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Whether one may be led there after sign-in: into this site only; who asked for the site gets his own page."""
        return is_our_own(url) and url != reverse("county")

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Pages say themselves what was done."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The officer's first page."""
        assert isinstance(request.user, OfficerRow)
        return first_page(viewer_of_officer(request.user))

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Record a failure, and the lock where this one brings it."""
        note_failure(request, str(credentials.get("username", "")), "password")

    def login(self, request: HttpRequest, user: OfficerRow) -> None:
        """Begin the session under a new key."""
        with acting(user.username, reach_of(user.division), frozenset()):
            super().login(request, user)
        request.session["signed_in_at"] = request.session["seen"] = int(time.time())
        note("登录", request, user)

    def logout(self, request: HttpRequest) -> None:
        """End the session."""
        note("退出", request, request.user)  # type: ignore[arg-type]
        super().logout(request)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whether the password must be given again before one's own account is changed."""
        return bool(time.time() - self.request.session.get("signed_in_at", 0) > FRESH_S)


def note_failure(request: HttpRequest, username: str, what: str) -> None:
    """Record a wrong password or code; what comes while the name is locked is recorded once, as the lock."""
    if getattr(request, "axes_locked_out", False):
        if getattr(request, "axes_failures_since_start", None) is not None:
            note_name("登录失败", request, username, what=what)
            until = locked_until(request, username)
            note_name("登录锁定", request, username, until=until.isoformat() if until else "")
        return
    note_name("登录失败", request, username, what=what)
