"""收下送达数据: a department's file is read, checked against its manifest, and kept, good rows and rejects apart."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import current_session, officer_name
from opendibao.audit.submissions import hold
from opendibao.kernel.duties import Duty
from opendibao.verification.deliveries.manifest import REQUEST, Manifest, manifest_fault
from opendibao.verification.deliveries.reading.rows import RowsRead, read_rows
from opendibao.verification.deliveries.refusal import DeliveryRefused
from opendibao.verification.deliveries.sealed_rows import OnceOnly
from opendibao.verification.deliveries.staging import Staging
from opendibao.verification.models import Delivery
from opendibao.verification.sealing import seal
from opendibao.verification.sources import SOURCES
from opendibao.verification.sources.adapter import Source

FILE_NAME, BECAUSE = 120, 200
LONG_NUMBER = re.compile(r"[0-9X*]{6,}(?=[0-9X]{4})")
MOST_REMARKS = 20
NOBODY_ON_LIST = "部门答复：名单上的人都没有记录"


@dataclass(frozen=True)
class Filed:
    """What became of a file: its delivery, whether the same bytes were here before, how many rows went which way."""

    delivery_id: int
    is_known: bool
    rows: int
    accepted: int
    rejected: int
    remarks: tuple[str, ...] = ()


@needs(Duty.CONFIRM)
@transaction.atomic
def file_delivery(
    data: bytes, file_name: str, manifest: Manifest, *, on: date, at: datetime, older_because: str = ""
) -> Filed:
    """收下送达数据: keep a department's file, its good rows and its rejects, or nothing of it at all.

    The same bytes of the same source, day and list a second time change nothing; as of a later day they say that
    nothing has changed, and are kept. `older_because`: why data older than the last of
    the source are taken; they never become the current ones. Raises DeliveryRefused.
    """
    source = _source(manifest, on)
    digest, because = hashlib.sha256(data).hexdigest(), older_because.strip()
    hold(f"送达数据 {source.name}")
    same = {"source": source.name, "sha256": digest, "as_of": manifest.as_of, "list_of": manifest.list_of}
    if former := Delivery.objects.filter(**same).first():
        return _filed(former, is_known=True)
    fault = manifest_fault(manifest, on) or _hash_fault(manifest, digest) or _older_fault(manifest, because)
    if fault:
        raise DeliveryRefused(fault)
    opened = read_rows(data, source, manifest.as_of, SOURCES.values())
    staging = _staged(opened, source)
    _refuse_counts(staging, manifest)
    delivery = _delivery(manifest, opened, staging, data, digest)
    delivery.received_on, delivery.file_name, delivery.older_because = on, _shown_name(file_name), because
    delivery.save(force_insert=True)
    staging.store(delivery.pk)
    payload: dict[str, object] = {
        "source": source.name, "as_of": str(manifest.as_of), "sha256": digest, "rows": delivery.rows,
        "rejected": delivery.rejected, "purpose": manifest.purpose,
    }  # fmt: skip
    record("收下送达数据", subject_of(delivery.pk), division=delivery.division, at=at, payload=payload)
    return _filed(delivery, is_known=False)


def subject_of(delivery_id: int) -> str:
    """The audit's name of a delivery."""
    return f"送达数据 {delivery_id}"


def _filed(delivery: Delivery, *, is_known: bool) -> Filed:
    return Filed(delivery.pk, is_known, delivery.rows, delivery.accepted, delivery.rejected, tuple(delivery.remarks))


def _source(manifest: Manifest, on: date) -> Source:
    """The source a manifest names, while the law lets it be asked, for an officer of the county."""
    if not settings.OPENDIBAO_COUNTY.startswith(current_session().reach):
        raise DeliveryRefused("部门数据由县级民政部门接收，请交县里的经办人办理")
    source = SOURCES.get(manifest.source)
    if source is None:
        raise DeliveryRefused(f"来源“{manifest.source}”不存在，应为{'、'.join(SOURCES)}之一")
    if source.since and on < source.since:
        raise DeliveryRefused(f"“{source.zh}”依法从{source.since}起才能核对，现在不能收这份数据")
    return source


def _hash_fault(manifest: Manifest, digest: str) -> str:
    if manifest.sha256 in ("", digest):
        return ""
    return (
        f"文件的 SHA-256 是{digest[:8]}…，清单写的是{manifest.sha256[:8]}…，对不上；"
        "文件可能没有传完或者不是这一份，请核对后重送"
    )


def _older_fault(manifest: Manifest, because: str) -> str:
    """Data older than what we have are taken only where somebody says why."""
    if len(because) > BECAUSE:
        return f"收下旧数据的理由最多{BECAUSE}个字，现在有{len(because)}个，请缩短"
    newer = Delivery.objects.filter(source=manifest.source, as_of__gt=manifest.as_of).order_by("-as_of").first()
    if newer is None:
        return "这份数据不比已有的旧，不用写收下旧数据的理由，请删去" if because else ""
    if because:
        return ""
    return (
        f"这一来源已有截至{newer.as_of}的数据，这份截至{manifest.as_of}，比它旧；"
        "请核对是不是送错了，确要留存请写明收下旧数据的理由（不会用来核对）"
    )


def _staged(opened: RowsRead, source: Source) -> Staging:
    staging, once = Staging(source), OnceOnly(source)
    for rows in opened.batches:
        staging.take(once.sift(rows))
    return staging


def _refuse_counts(staging: Staging, manifest: Manifest) -> None:
    """Half a file, an empty one, or one of which nothing can be read is no delivery."""
    found = staging.accepted + staging.rejected
    if found != manifest.rows:
        raise DeliveryRefused(
            f"清单写{manifest.rows:,}行，文件里有{found:,}行数据（表头、合计和空行不算），对不上；"
            "文件可能没有传完，请核对后重送"
        )
    if not found and manifest.covers != REQUEST:
        raise DeliveryRefused("文件只有表头，没有一行数据；全部登记的数据不会一行也没有，请核对选的文件")
    if found and not staging.accepted:
        raise DeliveryRefused(f"{found:,}行全部有错，没有收下；多半是来源或格式不对。例如{staging.first_reason}")


def _delivery(manifest: Manifest, opened: RowsRead, staging: Staging, data: bytes, digest: str) -> Delivery:
    found = staging.accepted + staging.rejected
    remarks = [*opened.remarks, *([] if found else [NOBODY_ON_LIST])]
    return Delivery(
        source=manifest.source, division=settings.OPENDIBAO_COUNTY, department=manifest.department.strip(),
        legal_basis=manifest.legal_basis.strip(), purpose=manifest.purpose.strip(),
        authorisation=manifest.authorisation.strip(), covers=manifest.covers, list_of=manifest.list_of,
        as_of=manifest.as_of, received_by=officer_name(), layout=opened.layout, encoding=opened.encoding,
        size=len(data), sha256=digest, rows=found, accepted=staging.accepted, rejected=staging.rejected,
        sealed_file=seal(data), remarks=remarks[:MOST_REMARKS],
    )  # fmt: skip


def _shown_name(file_name: str) -> str:
    """The name of the file without its path; numbers as long as an id are masked."""
    name = file_name.replace("\\", "/").rpartition("/")[2]
    return LONG_NUMBER.sub("******", name)[-FILE_NAME:] or "未命名"
