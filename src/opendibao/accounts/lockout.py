"""锁定: who guesses passwords or codes is shut out for a while, by user name and by address."""

from datetime import datetime, timedelta
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth.signals import user_login_failed
from django.db.models import Max, Sum
from django.http import HttpRequest

LOCKED_FOR = timedelta(minutes=15)
NAME_LIMIT, ADDRESS_LIMIT = 5, 20


class Attempts(AxesDatabaseHandler):  # type: ignore[misc]
    """Failures of one user name weigh four times those of one address, behind which a whole office may sit."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Failures counted against NAME_LIMIT, whichever of name and address stands worse."""
        return max(self.counted(request, credentials))

    def counted(self, request: HttpRequest, credentials: dict[str, Any] | None) -> tuple[int, int]:
        """Failures of the name, and those of the address in the name's measure."""
        by_name, by_address = (
            attempts.aggregate(n=Sum("failures_since_start"))["n"] or 0
            for attempts in self.get_user_attempts(request, credentials)
        )
        return by_name, by_address * NAME_LIMIT // ADDRESS_LIMIT

    def reset_user_attempts(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Forget the failures of the name that signed in, not those of others at the same address."""
        by_name, _ = self.filter_user_attempts(request, credentials)
        return int(by_name.delete()[0])

    def open_again(self, request: HttpRequest, username: str) -> datetime | None:
        """When a locked name may try again; None when it is not locked."""
        credentials = {"username": username}
        worst = [
            attempts.aggregate(at=Max("attempt_time"))["at"]
            for attempts, failures in zip(
                self.get_user_attempts(request, credentials), self.counted(request, credentials), strict=True
            )
            if failures >= NAME_LIMIT
        ]
        return max(worst) + LOCKED_FOR if worst else None


def locked_until(request: HttpRequest, username: str) -> datetime | None:
    """When this user name may try again from this address; None when nothing is locked."""
    AxesProxyHandler.update_request(request)
    return Attempts().open_again(request, username)


def count_failure(request: HttpRequest, username: str) -> None:
    """A wrong one-time code counts as a wrong password does."""
    user_login_failed.send(sender=__name__, credentials={"username": username}, request=request)


def forget_failures(username: str) -> int:
    """Unlock a user name; returns how many rows of failures were forgotten."""
    return int(Attempts().reset_attempts(username=username))
