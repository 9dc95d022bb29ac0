"""登录: finds the officer by user name and password, and again in each request of his session."""

from django.contrib.auth.backends import ModelBackend
from django.db.models import BooleanField, F, Func
from django.http import HttpRequest

from opendibao.accounts.models import Officer
from opendibao.audit.session import acting
from opendibao.kernel.ids import reach_of


class OfficerBackend(ModelBackend):
    """Signs officers in; a password that is hashed anew is written within the officer's own division."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: object
    ) -> Officer | None:
        """The active officer of this name and password, else None; an unknown name takes as long as a known one."""
        place = Officer.objects.filter(username=username).values_list("division", flat=True).first()
        with acting(username or "", reach_of(place) if place else "", frozenset()):
            found = super().authenticate(request, username=username, password=password)
        assert found is None or isinstance(found, Officer)
        return found

    def get_user(self, user_id: int) -> Officer | None:
        """The officer of a session with `has_totp` told; None when he may no longer act."""
        has_totp = Func(F("pk"), function="officer_has_totp", output_field=BooleanField())
        officer = Officer.objects.filter(pk=user_id).annotate(totp=has_totp).first()
        if officer is None or not self.user_can_authenticate(officer):
            return None
        officer.has_totp = officer.totp
        return officer
