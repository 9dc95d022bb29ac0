"""试写银行文件: whether the bank's template can write a list, while its accounts can still be corrected.

Once finance has released a list its accounts stay; a name that the template cannot write would then stop the file of
the whole county.
"""

from collections.abc import Iterator
from datetime import date

from opendibao.payment.bank_file import Transfer, unwritable
from opendibao.payment.models import Finding, Outcome, PayLine
from opendibao.payment.refusal import PaymentRefused
from opendibao.payment.sending import CHUNK
from opendibao.payment.templates import load_template
from opendibao.rulemaking.queries import pack_in_force

COLUMNS = (
    "month", "kind", "supplement_no", "snapshot__household", "snapshot__account__holder", "snapshot__account__bank",
    "snapshot__account__number", "amount_fen", "offset__fen",
)  # fmt: skip


def unwritable_lines(run_id: int, on: date) -> str:
    """Why the run's file could not be written on a day, in the officer's words; empty where it could.

    Households that a check holds back are left out, and those without account, whom a check of its own finds.
    """
    pack = pack_in_force()
    try:
        form = load_template(pack.word("pay.bank_template", on))
    except PaymentRefused as refusal:
        return str(refusal)
    return unwritable(form, pack.word("pay.hotline", on), _transfers(run_id))


def _transfers(run_id: int) -> Iterator[Transfer]:
    held = Finding.objects.filter(run=run_id, outcome=Outcome.HELD).values("household")
    lines = PayLine.objects.filter(run=run_id, snapshot__account__number__isnull=False).exclude(household__in=held)
    for month, kind, no, household, holder, bank, account, fen, set_off in (
        lines.order_by("snapshot__household", "pk").values_list(*COLUMNS).iterator(chunk_size=CHUNK)
    ):
        if account is not None:
            e2e = f"{month:%Y%m}-{household}-{kind[0].upper()}-{no}-1"
            yield Transfer(e2e, holder or "", bank or "", account, fen - (set_off or 0))
