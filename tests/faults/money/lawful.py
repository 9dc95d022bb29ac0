"""合规的下一步: what careful officers would do next, so that the walks come far."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from opendibao.kernel.month import add_months
from tests.faults.money.books import Month
from tests.faults.money.county import CHECKER, FINANCE, MAKER, SECOND_FINANCE
from tests.faults.money.ground import Ended, came_back, is_unanswered
from tests.faults.money.steps import County

EVERYBODY = (FINANCE, SECOND_FINANCE, CHECKER, MAKER)


def other_than(*names: str) -> str:
    """Somebody who had no hand in it."""
    return next(who for who in EVERYBODY if who not in names)


def next_of_the_month(county: County, answers: Sequence[str], outcome: str, pick: int) -> Ended:
    """The run's next step."""
    month = county.month
    if month is None or month.state == "closed":
        return county.build(MAKER)
    if month.state == "computed":
        return _listed(county, month, outcome, pick)
    if month.state in ("checked", "reviewed"):
        return county.approve(other_than(month.maker, *month.hands), month)
    if month.state == "approved":
        county.today += timedelta(1)
        return county.send(MAKER, month)
    return _answered(county, month, answers)


def _listed(county: County, month: Month, outcome: str, pick: int) -> Ended:
    if county.books.is_overtaken(month) and pick % 3:  # now and then nobody notices, and the check must
        return county.build_again(month.maker, month)
    if month.unconfirmed:
        return county.confirm(min(month.unconfirmed), month)
    if waiting := county.waiting(month):
        lacking = {home for _, kind, home in waiting if kind == "account_missing"}
        if lacking:
            return county.settle(CHECKER, month, "held", lambda home: home in lacking)
        chosen = sorted({home for *_, home in waiting})[pick % 3 :][:2] or [waiting[0][2]]
        return county.settle(MAKER, month, outcome, lambda home: home in chosen)
    if not county.is_signed(month):
        return county.sign(MAKER, month)
    return county.check(next(who for who in (CHECKER, SECOND_FINANCE) if who != month.maker), month)


def _answered(county: County, month: Month, answers: Sequence[str]) -> Ended:
    if is_unanswered(month, county.books) and set(answers) != {"absent"} and county.count % 5:
        county.today += timedelta(1)
        ended = county.answer(MAKER, month, answers, 0)
        if ended.is_done:
            return ended
    if (back := came_back(county.books)) and county.count % 3:
        return county.change_account(back[0][0].home)
    if county.books.to_reissue(month) and month.reissued_on != county.today:
        return county.reissue(MAKER, month)
    county.look_over(MAKER, month)
    county.decide(MAKER, month)
    return county.close(MAKER, month)


def beside_the_month(county: County, pick: int) -> Iterator[Ended | None]:
    """What waits beside the month, each matter by somebody who had no hand in it; what nobody has seen is asked for."""
    yield from _settled(county)
    yield from _asked(county, pick)
    if county.books.raised.approved():
        yield county.back_pay(MAKER, 0)
    if county.books.owing.in_force():
        yield county.agree_way(MAKER, pick, monthly=None, is_set_off=True)
        yield county.give_back(MAKER, pick, 3)
    if pick == 5:
        yield county.ask_waiver(MAKER, 1)
        yield county.settle_waiver(FINANCE, 0, is_approved=True)
    elif pick == 4:
        yield county.lift(SECOND_FINANCE, 0)
        yield county.cancel(FINANCE, 0)


def _settled(county: County) -> Iterator[Ended | None]:
    books = county.books
    if asked := [one for home in books.homes.values() for one in home.suspensions if one.state == "asked"]:
        is_in_time = asked[0].first >= books.next_month(county.today)
        yield county.settle_suspension(other_than(asked[0].maker), 0, is_approved=is_in_time)
    if batch := books.raised.waiting():
        yield county.approve_uprating(other_than(batch.maker))
    if waiting := [one for one in books.orders if one.state == "asked"]:
        yield county.settle_orders(other_than(*{one.maker for one in waiting}), 1, is_approved=True)
    if claims := [one for one in books.owing.receivables if one.state == "asked"]:
        yield county.settle_claim(other_than(claims[0].maker), 0, is_approved=True)


def _asked(county: County, pick: int) -> Iterator[Ended | None]:
    """What is missing, and what was too much."""
    if county.month is None:
        return
    yield _befalls(county, pick)
    back = pick % 4
    since = add_months(county.month.month, -back)
    for number, home in list(county.books.homes.items()):
        if county.may_order(number, since):
            yield county.order(CHECKER, number, county.month, back)
        places = [n for n, grant in enumerate(reversed(home.grants)) if county.may_claim(number, grant, since)]
        if places:
            yield county.ask_claim(CHECKER, number, places[0], back)


def _befalls(county: County, pick: int) -> Ended | None:
    """A suspension, the new standard, a lower amount, a family whom no list had, the end of one that is held."""
    some = sorted(county.books.homes)[county.count % len(county.books.homes)]
    home = county.books.homes[some]
    if pick == 0:
        return county.ask_suspension(MAKER, some, 0) if home.open_suspension() is None else None
    if pick in (1, 5):
        return county.prepare_uprating(CHECKER)
    if pick == 2:
        return county.change_amount(some, max(9_000, home.fen * 2 // 3))
    if pick == 3:
        return county.enter_late()
    held = [one.home for one in county.books.every() if one.is_held]
    return county.stop(held[0], is_late=True) if held else None
