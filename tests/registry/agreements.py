"""Agreements for the tests: a proxy and a kept card, entered by one officer and filed by another."""

from dataclasses import dataclass
from datetime import date

from opendibao.audit.session import acting
from opendibao.kernel.duties import EVERY_DUTY
from opendibao.registry.actions import ask_account_change, file_custody, file_proxy, hand_over_card, register_proxy
from opendibao.registry.entries import AccountEntry, CustodyEntry, PaperEntry, ProxyEntry
from opendibao.registry.models import Custody, Proxy
from opendibao.registry.queries import household as household_of
from opendibao.registry.queries import members_on
from tests.registry.builders import at, number
from tests.registry.changed import asked

JPEG = PaperEntry("image/jpeg", b"\xff\xd8\xff\xe0 a signed paper \xff\xd9")
SIGNED, ENTERED = date(2024, 2, 1), date(2024, 2, 2)
PROXY_ID = number(date(1970, 6, 5), 31)


def proxy_entry(**more: object) -> ProxyEntry:
    given: dict[str, object] = {
        "name": "陈代领", "id_number": PROXY_ID, "phone": "13900000000", "relation": "kin", "reason": "old",
        "agreed_by": "王秀英", "agreed_on": SIGNED, "since": SIGNED, "until": None, "paper": JPEG,
    }  # fmt: skip
    return ProxyEntry(**{**given, **more})  # type: ignore[arg-type]


def custody_entry(**more: object) -> CustodyEntry:
    given: dict[str, object] = {
        "custodian": "赵村干", "custodian_is": "village", "post": "月亮村委会会计", "reason": "独居，不会用银行卡",
        "handed": "card", "handed_on": SIGNED, "agreed_by": "王秀英", "agreed_on": SIGNED, "paper": JPEG,
    }  # fmt: skip
    return CustodyEntry(**{**given, **more})  # type: ignore[arg-type]


def a_proxy(household_id: int, day: date = ENTERED, **more: object) -> Proxy:
    return register_proxy(household_id, proxy_entry(**more), on=day, at=at(day))


def filed_proxy(household_id: int, day: date = ENTERED, **more: object) -> Proxy:
    made = a_proxy(household_id, day, **more)
    with acting("县备案", "360429", EVERY_DUTY):
        return file_proxy(made.pk, on=day, at=at(day))


def a_custody(household_id: int, day: date = ENTERED, **more: object) -> Custody:
    return hand_over_card(household_id, custody_entry(**more), on=day, at=at(day))


def filed_custody(household_id: int, **more: object) -> Custody:
    made = a_custody(household_id, **more)
    with acting("县备案", "360429", EVERY_DUTY):
        return file_custody(made.pk, on=ENTERED, at=at(ENTERED))


@dataclass(frozen=True)
class Agreed:
    """What waits for a second officer: a change of one household's account, a proxy and a kept card of another."""

    account_change: int
    proxy: int
    custody: int


def whole(home_number: str, other: str, day: date) -> Agreed:
    """Agreements of the household, and a change that the other one asks for."""
    home, asks = (household_named(each) for each in (home_number, other))
    signer, asker = (members_on(pk, day)[0].name for pk in (home, asks))
    terms: dict[str, object] = {"agreed_by": signer, "agreed_on": day}
    account = AccountEntry(asker, "农商银行", "6222000000007777")
    with acting("陈登记", "360429", EVERY_DUTY):
        proxy = register_proxy(home, proxy_entry(**terms, since=day), on=day, at=at(day))
        custody = hand_over_card(home, custody_entry(**terms, handed_on=day), on=day, at=at(day))
        change = ask_account_change(asks, asked(account, asker, day), on=day, at=at(day))
    return Agreed(change.pk, proxy.pk, custody.pk)


def household_named(file: str) -> int:
    found = household_of(file)
    assert found
    return found.id
