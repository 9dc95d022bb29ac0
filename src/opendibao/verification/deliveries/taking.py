"""收下文件: a department's file and its manifest from two paths, and what is said of it at the command line."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from opendibao.audit.duties import needs
from opendibao.kernel.duties import Duty
from opendibao.verification.deliveries.filing import Filed, file_delivery
from opendibao.verification.deliveries.manifest import manifest_of, read_manifest
from opendibao.verification.deliveries.queries import rejects_of
from opendibao.verification.deliveries.refusal import DeliveryRefused

SHOWN = 20


@needs(Duty.CONFIRM)
@transaction.atomic
def take_files(
    source: str, data: str, manifest: str, *, at: datetime, older_because: str = "", is_trial: bool = False
) -> list[str]:
    """File what lies at two paths, and say in lines what became of it; a trial keeps nothing.

    Raises DeliveryRefused.
    """
    said = read_manifest(Path(manifest).read_bytes())
    if said.get("source", source) != source:
        raise DeliveryRefused(f"清单文件写的来源是“{said['source']}”，命令写的是“{source}”，请核对是不是选错了文件")
    filed = file_delivery(
        Path(data).read_bytes(), Path(data).name, manifest_of({**said, "source": source}), on=at.date(), at=at,
        older_because=older_because,
    )  # fmt: skip
    lines = _lines(filed, is_trial=is_trial)
    transaction.set_rollback(is_trial)
    return lines


def _lines(filed: Filed, *, is_trial: bool) -> list[str]:
    if filed.is_known:
        return [f"这份文件以前收过（送达数据 {filed.delivery_id}），什么也没有变"]
    kept = "只核对，没有入库" if is_trial else f"已收下（送达数据 {filed.delivery_id}）"
    back = rejects_of(filed.delivery_id)
    more = [f"　另有{len(back) - SHOWN:,}行"] if len(back) > SHOWN else []
    return [
        f"{kept}：{filed.rows:,}行，入库{filed.accepted:,}行，退回{filed.rejected:,}行",
        *(f"注意：{remark}" for remark in filed.remarks),
        *(f"　第{one.row_no}行{one.reason}" for one in back[:SHOWN]), *more,
    ]  # fmt: skip
