"""Whole months for the tests: from the freeze to the close, with the bank's answer of our choice."""

import pathlib
import tempfile
from collections.abc import Mapping
from datetime import date

from opendibao.payment.actions import approve_run, check_run, close_run, compute_run, send_run, sendings, take_return
from opendibao.payment.bank_return import write_result
from opendibao.payment.models import PayRun
from tests.payment.builders import at

JANUARY = date(2024, 1, 1)


def approved(month: date) -> PayRun:
    day = month.replace(day=3)
    run = compute_run(month, on=day, at=at(day), maker="张经办")
    check_run(run.pk, on=day, at=at(day), checker="李复核")
    return approve_run(run.pk, on=day, at=at(day), finance="王财政")


def sent(month: date) -> PayRun:
    run, day = approved(month), month.replace(day=5)
    with tempfile.TemporaryDirectory() as folder:
        send_run(run.pk, on=day, at=at(day), out_dir=pathlib.Path(folder))
    run.refresh_from_db()
    return run


def paid(month: date, *, returned: Mapping[str, str] | None = None) -> PayRun:
    run, day = sent(month), month.replace(day=8)
    take_return(run.pk, write_result(sendings(run.pk), day, returned or {}), on=day, at=at(day))
    return close_run(run.pk, on=day, at=at(day))
