"""设岗: make officers; the demonstration's have no password and can act only where the demo itself serves."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from opendibao.accounts.models import Officer
from opendibao.audit.actions import record
from opendibao.kernel.duties import Duty


@transaction.atomic
def create_officer(
    username: str, name: str, *, division: str, duties: Sequence[Duty], at: datetime, password: str | None = None
) -> Officer:
    """Enter a named officer with his division and duties; without a password he cannot sign in by form."""
    officer = Officer(username=username, name=name, division=division, duties=[duty.value for duty in duties])
    if password is None:
        officer.set_unusable_password()
    else:
        officer.set_password(password)
    officer.save()
    record("设岗", username, division=division, at=at, payload={"name": name, "duties": officer.duties})
    return officer
