"""我的账号: one's own password, one-time codes and recovery codes."""

from typing import Any

from allauth.account.forms import ChangePasswordForm
from allauth.account.views import PasswordChangeView, ReauthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.recovery_codes.views import (
    GenerateRecoveryCodesView,
    ViewRecoveryCodesView,
)
from allauth.mfa.totp.views import ActivateTOTPView
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.accounts.queries import OfficerRow
from opendibao.web.access import duties_in_words
from opendibao.web.sign_in_log import note
from opendibao.web.viewing import lacks_totp, viewer_of_officer


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Who one is here, what one may do, and the ways to change password and codes."""
    officer = request.user
    assert isinstance(officer, OfficerRow)
    shown = {
        "duties": duties_in_words(viewer_of_officer(officer).duties),
        "has_password": officer.has_usable_password(),
        "has_totp": officer.has_totp,
        "changed": request.GET.get("changed") == "password",
    }
    return render(request, "account/account.html", shown)


class OwnPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """The old password and twice the new one."""

    def clean(self) -> dict[str, Any]:
        """Both new ones must be the same."""
        found: dict[str, Any] = self.cleaned_data
        new = found.get("password1")
        if new and found.get("password2") and new != found["password2"]:
            self.add_error("password2", _("两遍新密码不一样，请重新输入"))
        return found


class Password(PasswordChangeView):  # type: ignore[misc]
    """A new password of one's own."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Only for those who sign in by password at all."""
        if not isinstance(request.user, OfficerRow) or not request.user.has_usable_password():
            raise PermissionDenied(_("这个账号没有密码：它是演示身份，只在本机的演示里用"))
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer

    def form_valid(self, form: Any) -> HttpResponse:
        """Change it and record that it was changed."""
        answer: HttpResponse = super().form_valid(form)
        note("修改密码", self.request, self.request.user)
        return answer

    def get_success_url(self) -> str:
        """Back to the account, where it is said."""
        return f"{reverse('account')}?changed=password"


class Totp(ActivateTOTPView):  # type: ignore[misc]
    """One-time codes are switched on: scan the square, type the first code."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Only once; who lost his telephone asks whoever runs the system."""
        if request.user.is_authenticated and request.user.has_totp:
            return HttpResponseRedirect(reverse("account"))
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The square, the key to type by hand, and whether the duties require it."""
        shown: dict[str, Any] = super().get_context_data(**kwargs)
        return shown | {"is_required": lacks_totp(self.request), "secret": _in_fours(shown["form"].secret)}

    def form_valid(self, form: Any) -> HttpResponse:
        """Switch it on and record it."""
        answer: HttpResponse = super().form_valid(form)
        note("启用动态口令", self.request, self.request.user)
        return answer

    def get_success_url(self) -> str:
        """On to the recovery codes, which are shown once."""
        return reverse("mfa_view_recovery_codes")


class NewRecoveryCodes(GenerateRecoveryCodesView):  # type: ignore[misc]
    """New recovery codes; the old ones end."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Make them and record it."""
        answer: HttpResponse = super().form_valid(form)
        note("更换恢复码", self.request, self.request.user)
        return answer


def _in_fours(secret: str) -> str:
    return " ".join(secret[n : n + 4] for n in range(0, len(secret), 4))


password = login_required(Password.as_view())
totp = Totp.as_view()
recovery_codes = ViewRecoveryCodesView.as_view()
new_recovery_codes = NewRecoveryCodes.as_view()
password_again = login_required(ReauthenticateView.as_view())
code_again = CodeAgainView.as_view()
