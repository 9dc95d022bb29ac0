"""账户、代领和代管: what the page of a household says of its account beyond the number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.registry.account_queries import waiting_change
from opendibao.registry.account_standing import strange_holder
from opendibao.registry.custody_queries import CustodyRow, ProxyRow, agreements
from opendibao.web.access import FILES, may
from opendibao.web.labels import HANDED
from opendibao.web.payment.returns import RETURN_READERS
from opendibao.web.tables import Crumb


@dataclass(frozen=True)
class AccountPart:
    """Sentences with where each leads (href may be empty), and what can be done."""

    said: Sequence[Crumb]
    acts: Sequence[Crumb]


def account_part(request: HttpRequest, household_id: int, number: str, day: date) -> AccountPart | None:
    """The waiting change, today's proxies and the kept card of a household; None for whom it does not concern."""
    if not may(request, RETURN_READERS):
        return None
    found = agreements(day, household_id)
    kept = [row for row in found.custodies if row.due_on]
    return AccountPart(
        [
            *_changes(request, household_id), *_strange(request, household_id, number, day),
            *_proxies(found.proxies), *_custody(kept),
        ],
        _acts(request, number, is_kept=bool(kept)),
    )  # fmt: skip


def _acts(request: HttpRequest, number: str, *, is_kept: bool) -> list[Crumb]:
    """What can be agreed; a card has one custodian at a time."""
    if not may(request, FILES):
        return []
    found = [Crumb(_("登记代领人"), reverse("new-proxy", args=[number]))]
    return found if is_kept else [*found, Crumb(_("登记代管"), reverse("new-custody", args=[number]))]


def _strange(request: HttpRequest, household_id: int, number: str, day: date) -> list[Crumb]:
    """An account that bears nobody's name who may take the money: a proxy's who ended, a member's who died."""
    holder = strange_holder(household_id, day)
    if not holder:
        return []
    said = _("账户的户名“%(holder)s”不是在世的家庭成员，也没有备案的协议可打入他的账户，请核对")
    return [Crumb(said % {"holder": holder}, reverse("correct-account", args=[number]) if may(request, FILES) else "")]


def _changes(request: HttpRequest, household_id: int) -> list[Crumb]:
    waiting = waiting_change(household_id)
    if waiting is None:
        return []
    told = {"who": waiting.made_by, "on": waiting.made_on, "bank": waiting.bank, "holder": waiting.holder}
    said = _("%(who)s %(on)s提出改到%(bank)s（户名 %(holder)s），等另一人核实") % told
    if not may(request, FILES):
        return [Crumb(said)]
    is_own = waiting.made_by == request.viewer.name  # type: ignore[attr-defined]
    return [Crumb(said, reverse("drop-account-change" if is_own else "confirm-account-change", args=[waiting.id]))]


def _proxies(found: Sequence[ProxyRow]) -> list[Crumb]:
    said = _("代领人 %(name)s%(until)s%(state)s")
    return [
        Crumb(
            said
            % {
                "name": row.name,
                "until": _("，到 %(day)s") % {"day": row.until} if row.until else "",
                "state": "" if row.filed_by else _("（未备案）"),
            },
            reverse("proxy", args=[row.id]),
        )
        for row in found
        if row.due_on
    ]


def _custody(kept: Sequence[CustodyRow]) -> list[Crumb]:
    said = _("%(things)s由%(name)s代管%(state)s")
    return [
        Crumb(
            said % {"things": HANDED[row.handed], "name": row.custodian, "state": _state(row)},
            reverse("custody", args=[row.id]),
        )
        for row in kept
    ]


def _state(row: CustodyRow) -> str:
    """What is not in order with a kept card."""
    said = [
        (not row.filed_by, _("（未备案）")), (row.is_old, _("（账户已换，代管的是旧的）")),
        (not row.fits, _("（上次核查不相符）")),
    ]  # fmt: skip
    return "".join(words for holds, words in said if holds)
