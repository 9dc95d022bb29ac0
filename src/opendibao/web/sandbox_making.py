"""做沙箱: what is to be spoiled, and the work beside the request that copies the county for it."""

import re
import secrets
import threading
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from opendibao.config.sandbox import Spoil, State, make
from opendibao.demo.tampering import NothingToSpoil, refuse_unknown, spoil_event, spoil_payment
from opendibao.payment.queries import Booked, PaidRow
from opendibao.web.context import today_in_county
from opendibao.web.counted import booked
from opendibao.web.county import current_year
from opendibao.web.guide import along_the_path, usual
from opendibao.web.sandbox_session import sandbox
from opendibao.web.sandbox_walls import answers

FIRST = "-1"  # how the number of a first sending ends
KINDS = ("payment", "event")
SENDING = re.compile(r"\d{6}-.+-[RS]-\d+-\d+")


def chosen(kind: str, number: str) -> tuple[Spoil, str]:
    """What is to be done to the copy, and the month in question.

    `number` is a household's or a sending's; without one the guided path's household is taken. Raises NothingToSpoil.
    """
    if kind not in KINDS:
        raise NothingToSpoil(_("请选改坏一笔发放，或改坏一条审计事件"))
    year = booked(current_year(today_in_county()))
    if year.last_month is None:
        raise NothingToSpoil(_("还没有一笔到账，没有什么可以改坏；等第一个月发放之后再来"))
    e2e = _sending(number, year.last_month) if number else _example(year, year.last_month).e2e
    refuse_unknown(e2e)
    month = f"{e2e[:4]}-{e2e[4:6]}"
    if kind == "event":
        return lambda owner: {"spoiled": asdict(spoil_event(owner, month))}, month
    return lambda owner: {"spoiled": asdict(spoil_payment(owner, e2e))}, month


def _sending(number: str, month: date) -> str:
    """The first sending of a household in a month, unless a sending is named."""
    return number if SENDING.fullmatch(number) else f"{month:%Y%m}-{number}-R-0{FIRST}"


def _example(year: Booked, month: date) -> PaidRow:
    """The household of the guided path, whose first sending was booked. Raises NothingToSpoil."""
    _town, _village, lines = along_the_path(month.year, year.within(month=month), month)
    first = [line for line in lines if line.e2e.endswith(FIRST)]
    if not first:
        raise NothingToSpoil(_("带路的村没有首次就到账的发送，请填一个户编号"))
    return usual(first)


def begin(spoil: Spoil, month: str) -> str:
    """Start the work beside this request; returns the token of the sandbox to come. Raises SandboxBusy."""
    place, token = sandbox(), secrets.token_hex(4)
    held = ExitStack()
    held.enter_context(place.alone())
    place.note(State(token))
    app = str(connection.settings_dict["USER"])

    def check(database: str) -> Mapping[str, Any]:
        return answers(database, month)

    def work() -> None:
        with held:
            make(place, token, spoil, check, app=app)
        connection.close()

    threading.Thread(target=work, name="sandbox", daemon=True).start()
    return token
