"""登录页: user name and password, then the one-time code; locked out in words; out again by a button."""

from datetime import datetime
from typing import Any

from allauth.account.views import LoginView, LogoutView
from allauth.mfa.base.views import AuthenticateView
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from opendibao.accounts.lockout import locked_until
from opendibao.accounts.queries import holders
from opendibao.kernel.duties import Duty
from opendibao.web.entering import is_our_own
from opendibao.web.kept import Kept, lay_down, opened


class SignIn(LoginView):  # type: ignore[misc]
    """The sign-in page; fields of a form whose session ran out come with it and go on to the new session."""

    def form_valid(self, form: Any) -> HttpResponse:
        """The password is right: keep what was typed, then go to the code or the first page."""
        if kept := self._kept():
            lay_down(self.request, kept)
        answer: HttpResponse = super().form_valid(form)
        return answer

    def form_invalid(self, form: Any) -> HttpResponse:
        """Words beside the form, or the page that says until when it is locked."""
        username = form.cleaned_data.get("login", "")  # empty where the field itself is wrong
        if username and (until := locked_until(self.request, username)):
            return locked(self.request, until)
        answer: HttpResponse = super().form_invalid(form)
        return answer

    def get_next_url(self) -> str | None:
        """The way back: the form's address where one was kept, else what the address names, if it is ours."""
        if kept := self._kept():
            return kept.address if is_our_own(kept.address) else None
        found: str | None = super().get_next_url()
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page shows."""
        kept = self._kept()
        shown: dict[str, Any] = super().get_context_data(**kwargs)
        shown["next"] = shown.get("redirect_field_value") or ""
        return shown | {"kept": self.request.POST.get("kept", "") if kept else "", "is_expired": bool(kept)}

    def _kept(self) -> Kept | None:
        return opened(self.request.POST.get("kept", ""))


class Code(AuthenticateView):  # type: ignore[misc]
    """The second step: six digits, or a recovery code."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """Words beside the field, or the page that says until when it is locked."""
        if until := locked_until(self.request, self.stage.login.user.get_username()):
            return locked(self.request, until)
        answer: HttpResponse = super().form_invalid(form)
        return answer


def locked(request: HttpRequest, until: datetime) -> HttpResponse:
    """429: until when, and who can unlock earlier."""
    who = holders({Duty.OPERATE}, settings.OPENDIBAO_COUNTY)
    shown = {"until": timezone.localtime(until), "who": who}
    return render(request, "account/locked.html", shown, status=429)


sign_in = SignIn.as_view()
code = Code.as_view()
sign_out = require_POST(LogoutView.as_view())
