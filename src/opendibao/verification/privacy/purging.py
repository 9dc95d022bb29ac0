"""到期清除: a person empties a delivery whose retention is over; counts, hash and what was decided stay."""

from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.audit.sql_rows import execute
from opendibao.kernel.duties import Duty
from opendibao.verification.models import Delivery, Purge
from opendibao.verification.privacy.retention import Retained, retained_delivery
from opendibao.verification.refusal import VerificationRefused

REASON_LENGTH = 200
EMPTY_FILE = "UPDATE verification_delivery SET purged_on = %(on)s, sealed_file = '' WHERE id = %(id)s"
EMPTY_RECORDS = "UPDATE verification_sourcerecord SET sealed = '', tokens = '{}' WHERE delivery_id = %(id)s"
EMPTY_REJECTS = "UPDATE verification_deliveryreject SET sealed = '', tokens = '{}' WHERE delivery_id = %(id)s"


@needs(Duty.OPERATE)
@transaction.atomic
def purge_delivery(delivery_id: int, *, reason: str, on: date, at: datetime) -> Purge:
    """清除送达数据: empty the file, its rows and what they are found by; nothing is ever cleared without a person.

    The manifest, the counts, the hash, the links with their evidence and the answers of the cases stay.
    Raises VerificationRefused before its day, while something that waits rests on it, or without a reason.
    """
    Delivery.objects.select_for_update().filter(pk=delivery_id).first()
    found, said = retained_delivery(delivery_id, on), reason.strip()
    if found is None:
        raise VerificationRefused("没有这份送达数据，或不在本人可见的区划内")
    if fault := _fault(found, said, on):
        raise VerificationRefused(f"{found.stored.department}{found.stored.received_on}送达的数据：{fault}")
    row = found.stored
    note = Purge.objects.create(
        delivery_id=row.id, division=row.division, months=found.months, due_on=found.due_on, purged_on=on,
        purged_by=officer_name(), reason=said, records=row.accepted, rejects=row.rejected,
    )  # fmt: skip
    for sql in (EMPTY_FILE, EMPTY_RECORDS, EMPTY_REJECTS):
        execute(sql, {"id": row.id, "on": on})
    payload: dict[str, object] = {"source": row.source, "sha256": row.sha256, "records": row.accepted, "reason": said}
    record("清除送达数据", subject_of(row.id), division=row.division, at=at, payload=payload)
    return note


def subject_of(delivery_id: int) -> str:
    """The audit's name of a delivery."""
    return f"送达数据 {delivery_id}"


def _fault(found: Retained, reason: str, on: date) -> str:
    """Why it may not be cleared, "" where it may."""
    row = found.stored
    if row.purged_on:
        return f"已于{row.purged_on}清除，请勿重复"
    if on < found.due_on:
        return f"要留到{found.due_on}（收到后{found.months}个月，{found.clause}），不能提前清除"
    if row.open_hits:
        return f"还有{row.open_hits}条核到的信息没有处置，处置后再清除"
    if row.waiting_links:
        return f"还有{row.waiting_links}条记录待认定是不是本人，认定后再清除"
    return "" if 0 < len(reason) <= REASON_LENGTH else f"请用{REASON_LENGTH}字以内写明清除理由"
