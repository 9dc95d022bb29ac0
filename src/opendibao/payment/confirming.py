"""乡镇确认: a township says that its own part of the frozen list is right; nobody says it for another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import current_session, officer_name
from opendibao.audit.sql_rows import execute, read, read_whole
from opendibao.kernel.duties import Duty
from opendibao.kernel.ids import reach_of, township_of
from opendibao.kernel.month import month_text
from opendibao.payment.models import Confirmation, PayRun
from opendibao.payment.refusal import PaymentRefused
from opendibao.payment.run_record import NO_RUN, refuse_unless_computed, wait_for_turn

PART = """
SELECT count(*), coalesce(sum(amount_fen), 0)::bigint FROM payment_payline
WHERE run_id = %(run)s AND starts_with(division, %(reach)s)
"""
# who is on the list with how much for which month: two families that change places leave count and total as they were
PARTS = """
SELECT left(division, 9), md5(string_agg(
  concat_ws(' ', household_id, month, kind, supplement_no, persons, amount_fen), ','
  ORDER BY household_id, month, kind, supplement_no))
FROM payment_payline WHERE run_id = %(run)s GROUP BY 1
"""
STALE = """
DELETE FROM payment_confirmation c WHERE c.run_id = %(run)s AND NOT left(c.division, 9) = ANY(%(same)s)
"""


@dataclass(frozen=True)
class _Part:
    lines: int
    fen: int


@dataclass(frozen=True)
class _Listed:
    reach: str
    digest: str


@needs(Duty.ACCEPT)
@transaction.atomic
def confirm_township(run_id: int, division: str, *, on: date, at: datetime) -> Confirmation:
    """确认名册: by an officer of that very township, for what it counts on the list now.

    Raises PaymentRefused for another township's or the county's officer, a run that is checked already, a township
    without lines, or one that has confirmed.
    """
    wait_for_turn()
    run = PayRun.objects.filter(pk=run_id).first()
    if run is None:
        raise PaymentRefused(NO_RUN)
    town = township_of(division)
    if current_session().reach != reach_of(town):
        raise PaymentRefused("名册由乡镇自己确认，只能确认本乡镇的部分，请由该乡镇的经办人办理")
    refuse_unless_computed(run, "乡镇确认")
    (part,) = read(_Part, PART, {"run": run.pk, "reach": reach_of(town)})
    if not part.lines:
        raise PaymentRefused(f"{month_text(run.month)}的名册里没有本乡镇的家庭，不用确认")
    if Confirmation.objects.filter(run=run, division=town).exists():
        raise PaymentRefused(f"本乡镇已经确认{month_text(run.month)}的名册，不用再确认")
    made = Confirmation.objects.create(
        run=run, division=town, officer=officer_name(), confirmed_on=on, lines_count=part.lines, total_fen=part.fen
    )
    payload: dict[str, object] = {"on": str(on), "households": part.lines, "fen": part.fen}
    record("乡镇确认发放名册", f"发放批次 {month_text(run.month)}", division=town, at=at, payload=payload)
    return made


def listed(run: PayRun) -> dict[str, str]:
    """A digest of each township's part of a list: which households, for which months, how many persons and fen."""
    return {part.reach: part.digest for part in read_whole(_Listed, PARTS, {"run": run.pk})}


@needs(Duty.PAY)
def drop_stale(run: PayRun, before: Mapping[str, str]) -> int:
    """After a list was frozen again: a township whose part is not what it was `before` must confirm anew.

    Returns how many confirmations fell.
    """
    same = [reach for reach, digest in listed(run).items() if before.get(reach) == digest]
    return execute(STALE, {"run": run.pk, "same": same})
