"""参数调整办理: drafts, approves, schedules and withdraws a change of a number; keeps the rule sets decided with."""

import zlib
from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.audit.sql_rows import execute, first_row
from opendibao.audit.submissions import hold
from opendibao.kernel.duties import Duty
from opendibao.policy.pack import BadPolicy, Pack
from opendibao.policy.reader import load_pack
from opendibao.policy.revisions import revised
from opendibao.rulemaking.models import ParameterChange, Revision
from opendibao.rulemaking.proving import Proposal, proposal, prove
from opendibao.rulemaking.queries import pack_in_force, revision_number, revision_rows, row_of_change
from opendibao.rulemaking.refusal import ChangeRefused, GoldenBroken, Retroactive, SameOfficer
from opendibao.rulemaking.states import NEXT, ChangeState
from opendibao.rules.archive import archived_text
from opendibao.rules.case import CaseError
from opendibao.rules.golden_gate import golden_cases
from opendibao.rules.law import Law, rule_set_hash
from opendibao.rules.whatif import is_rounding, most_of, number_of

__all__ = [
    "ChangeRefused",
    "GoldenBroken",
    "Retroactive",
    "SameOfficer",
    "approve_change",
    "draft_change",
    "keep_rule_set",
    "parse_value",
    "schedule_changes",
    "withdraw_change",
]

LEAST_SOURCE, MOST_TEXT = 4, 200
FROM_ABOVE = ("clock", "procedure", "regime", "review")
"""What the nation and the province prescribe of the procedure; a county changes amounts, shares and limits."""
KEEP = """
INSERT INTO rulemaking_ruleset (hash, kept_on, body) VALUES (%(hash)s, %(on)s, %(body)s) ON CONFLICT (hash) DO NOTHING
"""


def parse_value(path: str, written: str) -> int:
    """What an officer types (yuan for money, 0.2 for a fifth, else a whole number) in the parameter's own unit.

    Raises ChangeRefused naming the parameter and how to write it.
    """
    pack = pack_in_force()
    _refuse_unknown(pack, path)
    try:
        return number_of(pack, path, written.strip())
    except CaseError as fault:
        how = "金额写元，份额写小数（0.2 是两成），其余写整数"
        raise ChangeRefused(f"“{pack.zh_of(path)}”：{fault.reason}；{how}") from None


@needs(Duty.CONFIRM, Duty.OPERATE)
@transaction.atomic
def draft_change(
    path: str, *, since: date, value: int, source: str, reason: str, is_verified: bool, at: datetime
) -> ParameterChange:
    """起草参数调整: a number is to hold from a day on, in the parameter's own unit, with where it is written and why.

    Raises ChangeRefused, Retroactive.
    """
    pack = pack_in_force()
    _refuse_unknown(pack, path)
    _refuse_number(pack, path, value)
    _refuse_texts(source.strip(), reason.strip(), is_verified)
    _refuse_past(since, at)
    made = ParameterChange.objects.create(
        division=settings.OPENDIBAO_COUNTY, pack=settings.OPENDIBAO_POLICY, path=path, since=since, value=value,
        source=source.strip(), is_verified=is_verified, reason=reason.strip(), drafted_by=officer_name(), drafted_at=at,
    )  # fmt: skip
    _record("起草参数调整", made, at)
    return made


def _refuse_unknown(pack: Pack, path: str) -> None:
    if path not in pack.paths:
        near = "、".join(known for known in pack.paths if known.split(".")[0] == path.split(".")[0])
        raise ChangeRefused(f"没有“{path}”这个参数" + (f"；同类的有：{near}" if near else "，请从参数表中选"))
    if pack.unit(path) == "word" or path.split(".")[0] in FROM_ABOVE:
        raise ChangeRefused(f"参数“{path}”是上级规定的办理方式或时限，要在参数文件里改，随新版本启用")


def _refuse_number(pack: Pack, path: str, value: int) -> None:
    unit = pack.unit(path)
    least, most = int(is_rounding(path)), most_of(path, unit)
    if not least <= value <= most:
        raise ChangeRefused(f"参数“{path}”的数值{value}（单位 {unit}）应在{least}到{most}之间，请核对单位")


def _refuse_texts(source: str, reason: str, is_verified: bool) -> None:
    if not LEAST_SOURCE <= len(source) <= MOST_TEXT:
        raise ChangeRefused("依据应写明文件和条款（如“某政发〔2025〕3号第二条”），四字以上、二百字以内")
    if not reason or len(reason) > MOST_TEXT:
        raise ChangeRefused("请写明调整理由，二百字以内")
    if is_verified and "演示" in source:
        raise ChangeRefused("演示用的数值没有原文可以核对，请去掉“已与原文核对”")


def _refuse_past(since: date, at: datetime) -> None:
    if since <= localdate(at):
        raise Retroactive(
            f"起始日{since}不晚于今天{localdate(at)}，参数调整不能追溯：请改为以后的日子；"
            "已经发放的月份要补差的，另办补发"
        )


@needs(Duty.CONFIRM)
@transaction.atomic
def approve_change(change_id: int, *, at: datetime) -> ParameterChange:
    """批准参数调整: a second officer has compared number, day and source. Raises ChangeRefused, SameOfficer."""
    found = _held(change_id, ChangeState.APPROVED)
    if found.drafted_by == officer_name():
        raise SameOfficer(f"{found.pk}号调整由{found.drafted_by}起草，应由另一人批准")
    found.state, found.approved_by, found.approved_at = ChangeState.APPROVED, officer_name(), at
    found.save(update_fields=["state", "approved_by", "approved_at"])
    _record("批准参数调整", found, at)
    return found


@needs(Duty.CONFIRM)
@transaction.atomic
def schedule_changes(change_ids: Sequence[int], *, at: datetime, moved: Collection[str] = ()) -> list[ParameterChange]:
    """排定参数调整: approved changes take effect on their days, all of them or none, once every worked case holds.

    Several at once where one number is nothing without the other, as the shares of the treasuries. `moved` names the
    worked cases of later days whose answer is meant to change with the number: exactly those, no other. Raises
    ChangeRefused, Retroactive, GoldenBroken.
    """
    hold(f"revisions of {settings.OPENDIBAO_POLICY}")
    found = [_held(each, ChangeState.SCHEDULED) for each in dict.fromkeys(change_ids)]
    for each in found:
        _refuse_past(each.since, at)
    _refuse_broken(proposal([row_of_change(each.pack, each) for each in found]), frozenset(moved))
    for each in found:
        _step(each, ChangeState.SCHEDULED, at, moved)
    return found


def _refuse_broken(proposed: Proposal, meant: frozenset[str]) -> None:
    try:
        run = prove(proposed)
    except BadPolicy as fault:
        raise ChangeRefused(f"调整后参数包不成立：{fault}；请与相关的调整一并排定") from None
    if run.broken:
        named = "、".join(run.broken)
        raise GoldenBroken(f"调整后例题{named}不再成立，不能排定；请核对数值和起始日", run.broken)
    if meant != set(run.moved):
        named = "、".join(run.moved) or "没有"
        raise GoldenBroken(f"调整后答复会改变的例题：{named}；这正是调整的本意的，请逐一确认后再排定", run.moved)


def _step(found: ParameterChange, step: ChangeState, at: datetime, moved: Collection[str] = ()) -> None:
    """Enter the pack's next revision; its digest is that of the pack with this step taken."""
    base, last = load_pack(found.pack), revision_number()
    rows = revision_rows(found.pack, last)
    row = row_of_change(found.pack, found)
    after = revised(base, [*rows, row] if step == ChangeState.SCHEDULED else [r for r in rows if r != row])
    Revision.objects.create(
        division=found.division, pack=found.pack, number=last + 1, change=found, step=step, taken_on=localdate(at),
        officer=officer_name(), taken_at=at, digest=after.digest, rule_set=rule_set_hash(after),
        cases=len(golden_cases()), moved="、".join(sorted(moved)),
    )  # fmt: skip
    found.state = step
    found.save(update_fields=["state", "withdrawn_by", "withdrawn_at", "withdrawn_reason"])
    _record("排定参数调整" if step == ChangeState.SCHEDULED else "撤回参数调整", found, at, revision=last + 1)


@needs(Duty.CONFIRM, Duty.OPERATE)
@transaction.atomic
def withdraw_change(change_id: int, *, reason: str, at: datetime) -> ParameterChange:
    """撤回参数调整: it stays readable and never takes effect; one in effect is followed by another, not withdrawn.

    Raises ChangeRefused, Retroactive.
    """
    if not reason.strip() or len(reason.strip()) > MOST_TEXT:
        raise ChangeRefused("请写明撤回理由，二百字以内")
    hold(f"revisions of {settings.OPENDIBAO_POLICY}")
    found = _held(change_id, ChangeState.WITHDRAWN)
    was_scheduled = found.state == ChangeState.SCHEDULED
    found.withdrawn_by, found.withdrawn_at, found.withdrawn_reason = officer_name(), at, reason.strip()
    if was_scheduled:
        _refuse_in_effect(found, at)
        _step(found, ChangeState.WITHDRAWN, at)
        return found
    found.state = ChangeState.WITHDRAWN
    found.save(update_fields=["state", "withdrawn_by", "withdrawn_at", "withdrawn_reason"])
    _record("撤回参数调整", found, at)
    return found


def _refuse_in_effect(found: ParameterChange, at: datetime) -> None:
    if found.since <= localdate(at):
        raise Retroactive(f"{found.pk}号调整自{found.since}起已经生效，不能撤回；请另起草一项以后生效的调整")


def _held(change_id: int, then: ChangeState) -> ParameterChange:
    """The change, held until the transaction ends; raises ChangeRefused where it may not go there."""
    found = ParameterChange.objects.select_for_update().filter(pk=change_id, pack=settings.OPENDIBAO_POLICY).first()
    if found is None:
        raise ChangeRefused(f"没有{change_id}号参数调整，请核对编号")
    state = ChangeState(found.state)
    if then not in NEXT[state]:
        raise ChangeRefused(f"{change_id}号调整{state.label}，不能改为{then.label}；要改请另行起草")
    return found


def _record(action: str, of: ParameterChange, at: datetime, **more: object) -> None:
    payload: dict[str, object] = {"change": of.pk, "since": str(of.since), "value": of.value, "source": of.source}
    record(action, f"参数 {of.path}", division=of.division, at=at, payload={**payload, **more})


@needs(Duty.CONFIRM)
def keep_rule_set(law: Law, *, on: date) -> None:
    """存档规则版本: keep what a decision is computed with, once; later ones find it there."""
    if first_row("SELECT 1 FROM rulemaking_ruleset WHERE hash = %(hash)s", {"hash": law.rule_set}) is None:
        body = zlib.compress(archived_text(law).encode())
        execute(KEEP, {"hash": law.rule_set, "on": on, "body": body})
