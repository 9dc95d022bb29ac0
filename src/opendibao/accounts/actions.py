"""设岗: make officers and look after their accounts; the demonstration's officers have no password."""

from collections.abc import Sequence
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from opendibao.accounts.door import at_the_door
from opendibao.accounts.lockout import forget_failures
from opendibao.accounts.models import Officer
from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.kernel.duties import Duty


class NoSuchOfficer(ValueError):
    """Nobody bears this user name, or he lies outside the reach of who acts."""


class WeakPassword(ValueError):
    """The password breaks a rule; the text says which, and what is wanted."""


@needs(Duty.OPERATE)
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


@needs(Duty.OPERATE)
@transaction.atomic
def set_password(username: str, password: str, *, at: datetime) -> None:
    """重设密码: his open sessions end. Raises NoSuchOfficer, WeakPassword."""
    officer = _locked(username)
    try:
        validate_password(password, officer)
    except ValidationError as refusal:
        raise WeakPassword("".join(refusal.messages)) from None
    officer.set_password(password)
    officer.save(update_fields=["password"])
    _note("重设密码", officer, at)


@needs(Duty.OPERATE)
@transaction.atomic
def disable_officer(username: str, *, at: datetime) -> None:
    """停用账号: he signs in no more, and his open sessions end. Raises NoSuchOfficer."""
    officer = _locked(username)
    officer.is_active = False
    officer.save(update_fields=["is_active"])
    _note("停用账号", officer, at)


@needs(Duty.OPERATE)
@transaction.atomic
def reset_totp(username: str, *, at: datetime) -> None:
    """重置动态口令: codes and recovery codes end; he enrols a telephone again. Raises NoSuchOfficer."""
    officer = _locked(username)
    with at_the_door():
        Authenticator.objects.filter(user=officer).delete()
    _note("重置动态口令", officer, at)


@needs(Duty.OPERATE)
@transaction.atomic
def unlock_officer(username: str, *, at: datetime) -> int:
    """解除锁定: his failures are forgotten; returns how many rows of them. Raises NoSuchOfficer."""
    officer = _locked(username)
    with at_the_door():
        forgotten = forget_failures(username)
    _note("解除锁定", officer, at)
    return forgotten


def _locked(username: str) -> Officer:
    officer = Officer.objects.select_for_update().filter(username=username).first()
    if officer is None:
        raise NoSuchOfficer(f"没有用户名是“{username}”的经办人，请用 opendibao officer list 核对")
    return officer


def _note(action: str, officer: Officer, at: datetime) -> None:
    record(action, officer.username, division=officer.division, at=at)
