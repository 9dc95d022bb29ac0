"""一户的补发、暂停、追缴: what the page of a household says of its money beside the monthly payments, in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.kernel.money import yuan_text
from opendibao.kernel.month import month_text
from opendibao.payment.change_waiting import ChangeStanding, change_standing
from opendibao.payment.recovery_queries import (
    OrderedRow,
    ReceivableRow,
    SuspensionRow,
    orders,
    receivables,
    suspensions,
)
from opendibao.web.access import MONEY, PAYERS, may
from opendibao.web.household_story import Event
from opendibao.web.labels import LINES, RECOVERY_CAUSES
from opendibao.web.tables import Crumb

SHOWN = 50


@dataclass(frozen=True)
class ChangePart:
    """Sentences with where each leads (href may be empty), and what can be done."""

    said: Sequence[Crumb]
    acts: Sequence[Crumb]
    events: Sequence[Event] = ()


def change_part(request: HttpRequest, household_id: int, number: str) -> ChangePart:
    """What is suspended, owed, ordered and given back of a household; empty for most."""
    page = reverse("money-changes") if may(request, MONEY) else ""
    stands = change_standing(household_id)
    paused = suspensions(household_id, limit=SHOWN) if stands.has_suspensions else []
    claims = receivables(household_id, limit=SHOWN) if stands.has_receivables else []
    said = [
        *_suspended(paused, page),
        *(_ordered(orders(household_id, is_ahead=True, limit=SHOWN), page, stands) if stands.has_orders else ()),
        *_missed(stands),
        *_claimed(claims, is_shown=bool(page)),
    ]
    acts = [
        Crumb(words, reverse("ask-change", args=[matter, number]))
        for matter, words in (
            ("supplement", _("提出补发")), ("suspension", _("提出暂停发放")), ("claim", _("提出追缴"))
        )
    ]  # fmt: skip
    return ChangePart(said, acts if may(request, PAYERS) else [], [*_events(paused, claims)])


def _yuan(fen: int) -> str:
    return yuan_text(fen, grouped=True)


def _suspended(rows: Sequence[SuspensionRow], page: str) -> Iterator[Crumb]:
    for row in rows:
        if row.outcome == "refused":
            continue
        told = {"month": month_text(row.first_month), "cause": row.cause}
        if row.until_month is not None:
            lifted = {**told, "until": month_text(row.until_month)}
            yield Crumb(_("%(month)s 起暂停发放（%(cause)s），%(until)s 起恢复") % lifted, page)
            continue
        if not row.outcome:
            yield Crumb(_("提出从 %(month)s 起暂停发放（%(cause)s），等另一人批准") % told, page)
            continue
        said = _("从 %(month)s 起暂停发放：%(cause)s") % told
        if row.missed_months:
            said += _("。已有 %(n)s 个月没有发，按决定应发 %(yuan)s 元，恢复时补发") % {
                "n": row.missed_months, "yuan": _yuan(row.missed_fen),
            }  # fmt: skip
        yield Crumb(said, page)


def _ordered(rows: Sequence[OrderedRow], page: str, stands: ChangeStanding) -> Iterator[Crumb]:
    for row in rows:
        told = {"kind": LINES[row.kind], "month": month_text(row.month), "yuan": _yuan(row.fen)}
        said = _("%(kind)s %(month)s %(yuan)s 元，等另一人批准")
        if row.outcome:
            said = _("%(kind)s %(month)s %(yuan)s 元，编入下一批名册")
        if row.outcome and stands.is_suspended:
            said = _("%(kind)s %(month)s %(yuan)s 元，恢复发放以后编入名册")
        yield Crumb(said % told, page)


def _missed(stands: ChangeStanding) -> Iterator[Crumb]:
    """Months short of what was granted, for which nobody has ordered anything: no family loses money in silence."""
    if stands.missed_since:
        first = month_text(stands.missed_since)
        told = {"n": stands.missed_months, "first": first, "yuan": _yuan(stands.missed_fen)}
        yield Crumb(_("从 %(first)s 起有 %(n)s 个月少发，共 %(yuan)s 元，还没有提出补发") % told)


def _claimed(rows: Sequence[ReceivableRow], *, is_shown: bool) -> Iterator[Crumb]:
    for row in rows:
        if row.outcome == "refused":
            continue
        href = reverse("receivable", args=[row.id]) if is_shown else ""
        if not row.outcome:
            yield Crumb(_("提出追缴 %(yuan)s 元，等另一人批准") % {"yuan": _yuan(row.fen)}, href)
            continue
        told = {
            "yuan": _yuan(row.fen), "cash": _yuan(row.cash_fen), "taken": _yuan(row.offset_fen),
            "waived": _yuan(row.waived_fen), "left": _yuan(row.left_fen),
        }  # fmt: skip
        said = _("应退回 %(yuan)s 元：现金已退 %(cash)s，抵扣 %(taken)s，减免 %(waived)s，还有 %(left)s 元")
        if not row.left_fen:
            said = _("应退回 %(yuan)s 元，已经结清：现金 %(cash)s，抵扣 %(taken)s，减免 %(waived)s")
        yield Crumb(said % told, href)


def _events(paused: Sequence[SuspensionRow], claims: Sequence[ReceivableRow]) -> Iterator[Event]:
    """What stands in the family's history: suspended, paid again, to give back."""
    for row in paused:
        if row.outcome == "approved" and row.settled_on:
            said = _("%(month)s 起暂停发放") % {"month": month_text(row.first_month)}
            yield Event(row.settled_on, said, row.cause, "warn")
        if row.lifted_on and row.until_month:
            said = _("%(month)s 起恢复发放") % {"month": month_text(row.until_month)}
            yield Event(row.lifted_on, said, row.lift_note)
    for claim in claims:
        if claim.outcome == "approved" and claim.settled_on:
            told = {"yuan": _yuan(claim.fen), "cause": RECOVERY_CAUSES[claim.cause]}
            yield Event(claim.settled_on, _("应退回多发的 %(yuan)s 元（%(cause)s）") % told, claim.words, "warn")
