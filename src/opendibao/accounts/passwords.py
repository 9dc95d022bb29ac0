"""密码的规矩: long enough, and not one's own name; what everybody uses is refused by Django's own rules."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from opendibao.accounts.models import Officer


class LongEnough:
    """At least `least` characters; a sentence is welcome."""

    def __init__(self, least: int = 10) -> None:
        self.least = least

    def validate(self, password: str, user: Officer | None = None) -> None:
        """Raises ValidationError."""
        if len(password) < self.least:
            raise ValidationError(_("密码太短，至少要 %(least)s 个字符") % {"least": self.least}, "too_short")

    def get_help_text(self) -> str:
        """The rule in words."""
        return _("至少 %(least)s 个字符") % {"least": self.least}


class NotOnesName:
    """The password holds neither the user name nor the name."""

    def validate(self, password: str, user: Officer | None = None) -> None:
        """Raises ValidationError."""
        names = [name.lower() for name in (user.username, user.name) if name] if user else []
        if any(name in password.lower() for name in names):
            raise ValidationError(_("密码里不能有用户名或姓名"), "holds_name")

    def get_help_text(self) -> str:
        """The rule in words."""
        return _("不能有用户名或姓名")
