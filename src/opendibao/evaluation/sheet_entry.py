"""录入指标表: the year's sheet is entered once, changed by new versions with a reason, and taken back likewise."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.audit.submissions import hold
from opendibao.evaluation import scale
from opendibao.evaluation.goals import SheetTemplate, programme
from opendibao.evaluation.indicator import Indicator
from opendibao.evaluation.models import SheetRow, YearSheet
from opendibao.evaluation.queries import indicators
from opendibao.evaluation.refusal import BadSheet, NoReason
from opendibao.evaluation.said_words import filled
from opendibao.evaluation.sheet import Direction, OverCompletion, Scoring
from opendibao.evaluation.sheet_forms import UnknownForm, sheet_form
from opendibao.evaluation.year_sheets import (
    FIRST_FORM,
    JUDGED,
    SCORINGS,
    SheetEntry,
    SheetTerms,
    sheet_versions,
    year_sheet,
)
from opendibao.kernel.duties import Duty
from opendibao.payment.coverage import COUNTY_TIME

FINEST, FINEST_TARGET = Decimal("0.01"), Decimal("0.0001")
LARGEST_TARGET = Decimal(10) ** 10
LONGEST_TEXT, LONGEST_REASON, MOST_ROWS = 40, 300, 99
PERCENT = ("%", "％")


def sheet_subject(year: int) -> str:
    """The audit's name of a year's sheet."""
    return f"指标表 {year}"


@needs(Duty.EVALUATE)
@transaction.atomic
def load_sheet(
    year: int, division: str, entries: Sequence[SheetEntry], *, terms: SheetTerms | None = None, at: datetime
) -> list[SheetRow]:
    """Enter the year's sheet for the first time, in order. Raises BadSheet naming the row."""
    hold(sheet_subject(year))
    if YearSheet.objects.filter(year=year, division=division).exists():
        raise BadSheet(f"{year}年度的指标表已经录入，不能重复录入；要改动请写明理由，存成新版本")
    rows = _enter(year, division, entries, terms or SheetTerms.of_form(FIRST_FORM), version=1, reason="", at=at)
    record("录入指标表", sheet_subject(year), division=division, at=at, payload={"rows": len(rows)})
    return rows


@needs(Duty.EVALUATE)
@transaction.atomic
def change_sheet(
    year: int, division: str, entries: Sequence[SheetEntry], *, terms: SheetTerms, reason: str, at: datetime
) -> list[SheetRow]:
    """Enter a new version that counts from now on; the former stays. Raises BadSheet, NoReason."""
    hold(sheet_subject(year))
    former = year_sheet(year, division)
    if former is None:
        raise BadSheet(f"{year}年度还没有指标表，请先录入")
    why = filled(reason, "调整理由", LONGEST_REASON, refusal=NoReason)
    if (list(entries), terms) == (former.entries, former.terms):
        raise BadSheet(f"{year}年度的指标表没有改动，不存新版本")
    version = former.sheet.version + 1
    rows = _enter(year, division, entries, terms, version=version, reason=why, at=at)
    said: dict[str, object] = {"version": version, "rows": len(rows), "reason": why}
    record("调整指标表", sheet_subject(year), division=division, at=at, payload=said)
    return rows


@needs(Duty.EVALUATE)
@transaction.atomic
def undo_sheet(year: int, division: str, *, reason: str, at: datetime) -> list[SheetRow]:
    """Take back the former version as a new one. Raises BadSheet where there is none, NoReason."""
    hold(sheet_subject(year))
    versions = sheet_versions(year, division)
    if len(versions) < 2:
        raise BadSheet(f"{year}年度的指标表只有一个版本，没有可以退回的")
    former = versions[1]
    begun = f"退回第{former.sheet.version}版："
    why = begun + filled(reason, "退回理由", LONGEST_REASON - len(begun), refusal=NoReason)
    return change_sheet(year, division, former.entries, terms=former.terms, reason=why, at=at)


@needs(Duty.EVALUATE)
def load_sheet_from_policy(year: int, division: str, values: Mapping[str, object], *, at: datetime) -> list[SheetRow]:
    """Enter the province's sheet, the year's numbers filled into its {…}. Raises BadSheet, BadGoals."""
    return load_sheet(year, division, policy_entries(division, values), at=at)


def policy_entries(division: str, values: Mapping[str, object]) -> list[SheetEntry]:
    """The rows of the province's sheet, the year's numbers filled in. Raises BadSheet, BadGoals."""
    return [_entry(one, values, f"指标表第{number}行") for number, one in enumerate(programme(division).sheet, 1)]


def _entry(template: SheetTemplate, values: Mapping[str, object], where: str) -> SheetEntry:
    try:
        target, text = (part.format_map(values) for part in (template.target, template.text))
        number, weight = Decimal(target), Decimal(template.weight)
    except KeyError as missing:
        raise BadSheet(f"{where}：年度目标里没有“{missing.args[0]}”，请在目标文件的 sheet 里补上") from None
    except InvalidOperation:
        raise BadSheet(f"{where}：指标值或分值不是数字") from None
    return SheetEntry(template.indicator, template.direction, number, text, weight)


def _enter(
    year: int,
    division: str,
    entries: Sequence[SheetEntry],
    terms: SheetTerms,
    *,
    version: int,
    reason: str,
    at: datetime,
) -> list[SheetRow]:
    check_terms(terms)
    if faults := list(entry_faults(entries)):
        raise BadSheet("；".join(faults))
    sheet = YearSheet.objects.create(
        year=year, division=division, version=version, template=terms.form, grade_scheme=terms.grade_scheme,
        over_completion=terms.over_completion, execution_weight=terms.execution_weight, reason=reason,
        entered_on=at.astimezone(COUNTY_TIME).date(), officer=officer_name(),
    )  # fmt: skip
    return SheetRow.objects.bulk_create(
        SheetRow(
            sheet=sheet, year=year, division=division, position=number,
            indicator=entry.indicator, direction=entry.direction, target=entry.target,
            target_text=entry.target_text, weight=entry.weight, scoring=entry.scoring,
        )
        for number, entry in enumerate(entries, 1)
    )  # fmt: skip


def check_terms(terms: SheetTerms) -> None:
    """Raises BadSheet naming what of a sheet's terms is not known or out of bounds."""
    try:
        sheet_form(terms.form)
    except UnknownForm as unknown:
        raise BadSheet(str(unknown)) from None
    if terms.grade_scheme not in (schemes := scale.grade_cuts()):
        raise BadSheet(f"等级办法“{terms.grade_scheme}”应为：{'、'.join(schemes)}")
    if terms.over_completion not in (known := tuple(OverCompletion)):
        raise BadSheet(f"超额完成“{terms.over_completion}”应为：{'、'.join(known)}")
    if fault := _weight_fault(terms.execution_weight):
        raise BadSheet(f"预算执行率{fault}")


def entry_faults(entries: Sequence[SheetEntry]) -> Iterator[str]:
    """Every fault of the rows, each naming its row; none where they may be entered."""
    if not 1 <= len(entries) <= MOST_ROWS:
        yield f"指标表应有1到{MOST_ROWS}行，现在有{len(entries)}行"
    known, placed = indicators(), dict[str, int]()
    for number, entry in enumerate(entries, 1):
        if entry.indicator in placed:
            yield f"指标表第{number}行：“{entry.indicator}”在第{placed[entry.indicator]}行已经有了，同一指标只列一次"
        placed.setdefault(entry.indicator, number)
        if fault := _fault(entry, known.get(entry.indicator)):
            yield f"指标表第{number}行：{fault}"


def _fault(entry: SheetEntry, meant: Indicator | None) -> str:
    if meant is None:
        return f"没有名为“{entry.indicator}”的指标，请在指标库里查代码"
    if entry.scoring not in SCORINGS:
        return f"给分办法“{entry.scoring}”应为：{'、'.join(SCORINGS)}"
    fault = _judged_fault(entry) if entry.scoring == JUDGED else _target_fault(entry, meant)
    if fault:
        return fault
    if not entry.target_text.strip() or len(entry.target_text) > LONGEST_TEXT:
        return f"指标值写法要写，最多{LONGEST_TEXT}个字"
    return _weight_fault(entry.weight)


def _judged_fault(entry: SheetEntry) -> str:
    if entry.direction or entry.target is not None:
        return "定性分档的指标没有方向和指标值，请清空这两项，或改给分办法"
    return ""


def _target_fault(entry: SheetEntry, meant: Indicator) -> str:
    if meant.is_judged:
        return f"“{meant.name}”没有可以量的数，给分办法只能是“{SCORINGS[JUDGED]}”"
    if entry.target is not None and not entry.direction:
        return f"指标值“{entry.target}”没有方向，应为：{'、'.join(Direction)}"
    if entry.direction not in set(Direction):
        return f"方向“{entry.direction}”应为：{'、'.join(Direction)}"
    if entry.target is None:
        return "没有指标值，请填数字"
    if entry.target < 0:
        return f"指标值“{entry.target}”不能是负数"
    if entry.target >= LARGEST_TARGET or entry.target % FINEST_TARGET:
        return f"指标值“{entry.target}”应小于100亿，最多四位小数"
    if entry.scoring == Scoring.SATISFACTION and (meant.unit not in PERCENT or entry.direction != Direction.AT_LEAST):
        return f"“{SCORINGS[Scoring.SATISFACTION]}”只用于以%计、越高越好的指标"
    return ""


def _weight_fault(weight: Decimal) -> str:
    if not 0 <= weight <= scale.number("full_marks") or weight % FINEST:
        return f"分值“{weight}”应在0到100之间，最多两位小数"
    return ""
