"""动态口令: the forms that take the six digits or a recovery code; wrong ones are counted as wrong passwords are."""

from typing import Any

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from opendibao.accounts.lockout import count_failure, locked_until
from opendibao.web.doorkeeper import WRONG_CODE, note_failure


class Counted:
    """A form with a code: refused while the name is locked, and counted when it is wrong."""

    user: Any

    def clean_code(self) -> str:
        """The code, checked against the officer's own. Raises ValidationError."""
        request, username = context.request, self.user.get_username()
        if locked_until(request, username):
            raise ValidationError(_("输错次数太多，已暂时锁定"), "locked")
        try:
            return str(super().clean_code())  # type: ignore[misc]
        except ValidationError:
            count_failure(request, username)
            note_failure(request, username, "code")
            raise ValidationError(WRONG_CODE, "incorrect_code") from None


class CodeForm(Counted, AuthenticateForm):  # type: ignore[misc]
    """The second step of sign-in."""


class CodeAgainForm(Counted, ReauthenticateForm):  # type: ignore[misc]
    """A code before one's own account is changed."""


class FirstCodeForm(Counted, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a telephone that has just scanned the square."""
