"""评价资料: the documents that an evaluation rests on, asked for, received, or no longer used."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.audit.submissions import hold
from opendibao.evaluation.models import Material
from opendibao.evaluation.refusal import EvaluationRefused
from opendibao.kernel.duties import Duty
from opendibao.payment.coverage import COUNTY_TIME

__all__ = [
    "KINDS", "LONGEST", "BadMaterial", "Material", "MaterialEntry", "add_material", "change_material", "material",
    "material_subject", "materials", "receive_material", "restore_material", "return_material", "withdraw_material",
]  # fmt: skip
KINDS = {"policy": "政策文件", "data": "数据资料", "report": "项目报告", "other": "其他"}
LONGEST = {"title": 200, "document_number": 60, "provider": 60}
LABELS = {"title": "名称", "document_number": "文号", "provider": "提供单位", "issued_on": "发文日期"}


class BadMaterial(EvaluationRefused):
    """A document is incomplete, listed already, or cannot be received so; the text names the field."""


@dataclass(frozen=True)
class MaterialEntry:
    """A document of the list; a policy text has its number and day."""

    kind: str
    title: str
    provider: str
    document_number: str = ""
    issued_on: date | None = None


def material_subject(material_id: int) -> str:
    """The audit's name of a document of the list."""
    return f"评价资料 {material_id}"


def _hold_titles(year: int, division: str) -> None:
    """Whoever names another document of the year waits until this transaction ends."""
    hold(f"评价资料 {year} {division}")


def materials(year: int, division: str) -> list[Material]:
    """The year's list by kind, then by day and title; withdrawn ones among them, at the end of their kind."""
    order = list(KINDS)
    found = Material.objects.filter(year=year, division=division)
    return sorted(
        found,
        key=lambda one: (order.index(one.kind), one.is_withdrawn, one.issued_on or date.max, one.title),
    )


def material(material_id: int) -> Material | None:
    """One document; None where there is none within the officer's sight."""
    return Material.objects.filter(pk=material_id).first()


@needs(Duty.EVALUATE)
@transaction.atomic
def add_material(
    year: int, division: str, entry: MaterialEntry, *, received_on: date | None = None, at: datetime
) -> Material:
    """列入资料: a document to be collected, or one that is there. Raises BadMaterial naming the field."""
    _hold_titles(year, division)
    clean = _checked(entry, at)
    if Material.objects.filter(year=year, division=division, title=clean.title).exists():
        raise BadMaterial(f"“名称”{clean.title}已经在{year}年度的清单里，不用再列；不再采用的可以恢复")
    made = Material.objects.create(
        year=year, division=division, kind=clean.kind, title=clean.title, document_number=clean.document_number,
        issued_on=clean.issued_on, provider=clean.provider, officer=officer_name(),
        received_on=_received(received_on, clean.issued_on, at) if received_on else None,
    )  # fmt: skip
    payload: dict[str, object] = {"title": made.title, "document": made.document_number}
    record("列入评价资料", material_subject(made.pk), division=division, at=at, payload=payload)
    return made


@needs(Duty.EVALUATE)
@transaction.atomic
def change_material(material_id: int, entry: MaterialEntry, *, at: datetime) -> Material:
    """更正资料: its kind, name, number, day or provider; what stood before is kept in the audit. Raises BadMaterial."""
    found, clean = _held(material_id), _checked(entry, at)
    _hold_titles(found.year, found.division)
    same = Material.objects.filter(year=found.year, division=found.division, title=clean.title).exclude(pk=found.pk)
    if same.exists():
        raise BadMaterial(f"“名称”{clean.title}已经在{found.year}年度的清单里，请换一个名称")
    if found.received_on:
        _received(found.received_on, clean.issued_on, at)
    before = _told(found)
    found.kind, found.title, found.provider = clean.kind, clean.title, clean.provider
    found.document_number, found.issued_on = clean.document_number, clean.issued_on
    found.save(update_fields=["kind", "title", "provider", "document_number", "issued_on"])
    _record("更正评价资料", found, at, {"before": before, "after": _told(found)})
    return found


@needs(Duty.EVALUATE)
@transaction.atomic
def receive_material(material_id: int, *, on: date, at: datetime) -> Material:
    """收到资料: the document came on a day. Raises BadMaterial."""
    found = _held(material_id)
    if found.is_withdrawn:
        raise BadMaterial(f"“{found.title}”已不再采用，请先恢复")
    if found.received_on:
        raise BadMaterial(f"“{found.title}”已于{found.received_on}收到，不用再登记")
    found.received_on = _received(on, found.issued_on, at)
    found.save(update_fields=["received_on"])
    _record("收到评价资料", found, at, {"on": on.isoformat()})
    return found


@needs(Duty.EVALUATE)
@transaction.atomic
def return_material(material_id: int, *, reason: str, at: datetime) -> Material:
    """撤销收到: the document is not there after all. Raises BadMaterial."""
    found = _held(material_id)
    if not found.received_on:
        raise BadMaterial(f"“{found.title}”还没有登记收到，不用撤销")
    before, found.received_on = found.received_on, None
    found.save(update_fields=["received_on"])
    _record("撤销收到资料", found, at, {"before": before.isoformat(), "reason": _reason(reason)})
    return found


@needs(Duty.EVALUATE)
@transaction.atomic
def withdraw_material(material_id: int, *, reason: str, at: datetime) -> Material:
    """不再采用: the evaluation does not rest on the document any more. Raises BadMaterial."""
    return _use(material_id, "停用评价资料", reason, at, is_withdrawn=True)


@needs(Duty.EVALUATE)
@transaction.atomic
def restore_material(material_id: int, *, reason: str, at: datetime) -> Material:
    """恢复采用: a document that was withdrawn is used again. Raises BadMaterial."""
    return _use(material_id, "恢复评价资料", reason, at, is_withdrawn=False)


def _use(material_id: int, action: str, reason: str, at: datetime, *, is_withdrawn: bool) -> Material:
    found = _held(material_id)
    if found.is_withdrawn == is_withdrawn:
        raise BadMaterial(f"“{found.title}”{'已不再采用' if is_withdrawn else '正在采用'}，不用再办")
    found.is_withdrawn = is_withdrawn
    found.save(update_fields=["is_withdrawn"])
    _record(action, found, at, {"reason": _reason(reason)})
    return found


def _held(material_id: int) -> Material:
    """The document, held until the transaction ends."""
    found = Material.objects.select_for_update().filter(pk=material_id).first()
    if found is None:
        raise BadMaterial(f"没有编号为{material_id}的资料，请从资料清单重新打开")
    return found


def _record(action: str, found: Material, at: datetime, payload: dict[str, object]) -> None:
    record(action, material_subject(found.pk), division=found.division, at=at, payload=payload)


def _told(row: Material) -> dict[str, str]:
    return {
        "kind": row.kind, "title": row.title, "document": row.document_number, "provider": row.provider,
        "issued_on": row.issued_on.isoformat() if row.issued_on else "",
    }  # fmt: skip


def _checked(entry: MaterialEntry, at: datetime) -> MaterialEntry:
    """The entry, its texts trimmed. Raises BadMaterial naming the field."""
    if entry.kind not in KINDS:
        raise BadMaterial(f"“种类”{entry.kind}不认识，应为：{'、'.join(KINDS.values())}")
    said = {name: " ".join(getattr(entry, name).split()) for name in LONGEST}
    for name, most in LONGEST.items():
        if len(said[name]) > most:
            raise BadMaterial(f"“{LABELS[name]}”有{len(said[name])}个字，最多{most}个，请缩短")
    needed = ["title", "provider", *(["document_number"] if entry.kind == "policy" else [])]
    for name in needed:
        if not said[name]:
            raise BadMaterial(f"“{LABELS[name]}”没有填写{'：政策文件要写文号' if name == 'document_number' else ''}")
    if entry.kind == "policy" and entry.issued_on is None:
        raise BadMaterial("“发文日期”没有填写：政策文件要写发文日期")
    if entry.issued_on and entry.issued_on > at.astimezone(COUNTY_TIME).date():
        raise BadMaterial(f"“发文日期”{entry.issued_on}还没有到，请核对")
    return MaterialEntry(entry.kind, said["title"], said["provider"], said["document_number"], entry.issued_on)


def _received(on: date, issued_on: date | None, at: datetime) -> date:
    if on > at.astimezone(COUNTY_TIME).date():
        raise BadMaterial(f"“收到日期”{on}还没有到，请填今天或更早")
    if issued_on and on < issued_on:
        raise BadMaterial(f"“收到日期”{on}早于发文日期{issued_on}，请更正")
    return on


def _reason(reason: str) -> str:
    said = " ".join(reason.split())
    if not said:
        raise BadMaterial("“理由”没有填写，请写明为什么")
    return said
