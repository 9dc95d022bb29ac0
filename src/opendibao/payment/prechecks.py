"""发放前核对: look over a frozen list, settle what was found, and sign that each check is done."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q

from opendibao.audit.actions import record_many
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.audit.sql_rows import execute, over_whole_tables, read, read_whole
from opendibao.kernel.duties import Duty
from opendibao.kernel.ids import reach_of
from opendibao.payment.check_rules import ASKED
from opendibao.payment.models import CheckKind, CheckSigned, Finding, Outcome, PayRun
from opendibao.payment.refusal import PaymentRefused, named
from opendibao.payment.run_record import locked, note, refuse_unless_computed
from opendibao.payment.sparing import sparing_memory
from opendibao.rulemaking.queries import pack_in_force
from opendibao.verification.rematch.kinds import holding_kinds

REASON_LENGTH = 200
GONE, ANSWERED = "重新编制后不再出现", "再次核对时不再出现"
# What is found again keeps what was decided about it; a fact that is not the same is looked at anew.
LOOKED = """
WITH found AS MATERIALIZED (
  -- several lines of a household are one finding
  SELECT DISTINCT ON (household_id) * FROM ({found}) AS each (household_id, division, detail)
  ORDER BY household_id, detail),
gone AS (
  UPDATE payment_finding f SET outcome = 'fixed', reason = %(gone)s, officer = %(officer)s, settled_on = %(today)s::date
  WHERE f.run_id = %(run)s AND f.kind = %(kind)s AND f.outcome <> 'fixed'
    AND NOT EXISTS (SELECT FROM found WHERE found.household_id = f.household_id))
INSERT INTO payment_finding AS old (run_id, household_id, division, kind, detail, outcome, reason, officer)
SELECT %(run)s, household_id, division, %(kind)s, left(detail, 200), '', '', '' FROM found
ON CONFLICT (run_id, household_id, kind) DO UPDATE
  SET detail = EXCLUDED.detail, outcome = '', reason = '', officer = '', settled_on = NULL
  WHERE old.outcome = 'fixed' OR old.detail <> EXCLUDED.detail
"""
# a signature holds for what was found when it was given, with every finding settled
UNSIGNED = """
DELETE FROM payment_checksigned s WHERE s.run_id = %(run)s AND (
  s.found <> (SELECT count(*) FROM payment_finding f WHERE f.run_id = s.run_id AND f.kind = s.kind)
  OR EXISTS (SELECT FROM payment_finding f WHERE f.run_id = s.run_id AND f.kind = s.kind AND f.outcome = ''))
"""
NOBODY_LIVES = """
SELECT h.number FROM payment_finding f JOIN registry_household h ON h.id = f.household_id
JOIN payment_payrun r ON r.id = f.run_id
WHERE f.id = ANY(%(ids)s) AND f.kind = 'dead' AND NOT EXISTS (
  SELECT FROM registry_membership m JOIN registry_person p ON p.id = m.person_id
  WHERE m.household_id = f.household_id AND m.valid @> r.frozen_on AND upper_inf(m.recorded)
    AND (p.died IS NULL OR p.died > r.frozen_on))
ORDER BY h.number
"""
NEWLY_DEAD = """
SELECT h.number FROM ({found}) AS found (household_id, division, detail)
JOIN registry_household h ON h.id = found.household_id
WHERE NOT EXISTS (SELECT FROM payment_finding f
  WHERE f.run_id = %(run)s AND f.household_id = found.household_id AND f.kind = 'dead' AND f.outcome <> 'fixed')
ORDER BY h.number
"""
NO_LONGER_GRANTED = """
SELECT h.number FROM payment_payline l JOIN decision_decision d ON d.id = l.decision_id
JOIN registry_household h ON h.id = l.household_id
WHERE l.run_id = %(run)s AND l.kind = 'regular' AND NOT d.months @> l.month
  AND NOT EXISTS (SELECT FROM payment_hold held WHERE held.line_id = l.id) ORDER BY h.number
"""
# lines of households that are suspended by now, and households whose suspension was lifted and that have no line
SUSPENDED = """
SELECT DISTINCT h.number FROM payment_payline l JOIN payment_payrun r ON r.id = l.run_id
JOIN payment_suspension s ON s.household_id = l.household_id AND s.outcome = 'approved' AND s.first_month <= r.month
  AND coalesce(s.until_month > r.month, true)
JOIN registry_household h ON h.id = l.household_id WHERE l.run_id = %(run)s
UNION
SELECT h.number FROM payment_suspension s JOIN payment_payrun r ON r.id = %(run)s AND s.until_month <= r.month
JOIN decision_decision d ON d.household_id = s.household_id AND d.months @> r.month AND d.amount_fen > 0
JOIN registry_household h ON h.id = s.household_id
WHERE s.outcome = 'approved' AND s.lifted_on >= r.frozen_on AND NOT EXISTS (
  SELECT FROM payment_payline l WHERE l.household_id = s.household_id AND l.month = r.month AND l.kind = 'regular')
  AND NOT EXISTS (SELECT FROM payment_suspension t WHERE t.household_id = s.household_id AND t.outcome = 'approved'
    AND t.first_month <= r.month AND coalesce(t.until_month > r.month, true))
ORDER BY 1
"""


def _asked(run: PayRun) -> dict[str, object]:
    """The facts and limits that the questions speak of; they are those of the freeze day."""
    pack, on = pack_in_force(), run.frozen_on
    return {
        "run": run.pk,
        "on": on,
        "month": run.month,
        "county": reach_of(run.division),
        "times": pack.value("pay.over_standard_times", on),
        "rural": pack.value("standard.rural", on),
        "urban": pack.value("standard.urban", on),
        "since": on - timedelta(days=pack.value("pay.account_cooling", on)),
        "homes": pack.value("account.keeper_households", on),
        "custody_months": pack.value("account.custody_check_months", on),
        "proxy_months": pack.value("account.proxy_review_months", on),
        "holding": holding_kinds(run.division, on),
    }


@needs(Duty.PAY)
def look_over(run: PayRun, *, on: date, gone: str = GONE) -> None:
    """Ask all eleven questions of a computed run; what is no longer found is noted as mended, with `gone` as reason.

    Signatures under what has changed fall away. Raises RuleGap where a limit or a standard is missing.
    """
    asked = {**_asked(run), "officer": officer_name(), "today": on, "gone": gone}
    with over_whole_tables(), sparing_memory():
        for kind, found in ASKED.items():
            execute(LOOKED.format(found=found), {**asked, "kind": kind.value})
        execute(UNSIGNED, asked)


@needs(Duty.PAY)
@transaction.atomic
def look_again(run_id: int, *, on: date, at: datetime) -> int:
    """再次核对: the list stays as it was frozen; deaths learnt since and the bank's answers count.

    Returns how many findings wait to be settled. Raises PaymentRefused once the run is checked.
    """
    run = locked(run_id)
    refuse_unless_computed(run, "核对")
    look_over(run, on=on, gone=ANSWERED)
    waiting = Finding.objects.filter(run=run, outcome=Outcome.WAITING).count()
    note(run, "再次核对发放名册", at, on=on, waiting=waiting)
    return waiting


@needs(Duty.PAY)
def settle_finding(finding_id: int, *, outcome: str, reason: str, on: date, at: datetime) -> Finding:
    """处理一项核对发现: accepted as it is, or held back, with a reason. Raises PaymentRefused as `settle_findings`."""
    settle_findings([finding_id], outcome=outcome, reason=reason, on=on, at=at)
    return Finding.objects.get(pk=finding_id)


@needs(Duty.PAY)
@transaction.atomic
def settle_findings(finding_ids: Sequence[int], *, outcome: str, reason: str, on: date, at: datetime) -> int:
    """处理核对发现: all of one run, with one reason, or none of them; returns how many.

    Raises PaymentRefused for a missing reason, a run that is checked already, a household without account or without
    a living member that should be accepted, or one that was mended meanwhile.
    """
    ids = sorted(set(finding_ids))
    given = _reason(reason)
    if outcome not in (Outcome.ACCEPTED, Outcome.HELD):
        raise PaymentRefused("处理结果只能是“核实无误”或者“暂缓发放”")
    found = list(Finding.objects.select_for_update(of=("self",)).filter(pk__in=ids).select_related("household"))
    if not ids or len(found) != len(ids):
        raise PaymentRefused("没有选中核对发现，或不在本人可见的区划内")
    if len({each.run_id for each in found}) > 1:
        raise PaymentRefused("选中的核对发现不属于同一个发放批次，请分批处理")
    run = locked(found[0].run_id)
    refuse_unless_computed(run, "处理核对发现")
    _refuse_unfit(found, outcome)
    Finding.objects.filter(pk__in=ids).update(outcome=outcome, reason=given, officer=officer_name(), settled_on=on)
    CheckSigned.objects.filter(run=run, kind__in={each.kind for each in found}).delete()
    label = Outcome(outcome).label
    events: list[tuple[str, str, dict[str, object]]] = [
        (f"家庭 {each.household.number}", each.division,
         {"month": f"{run.month:%Y-%m}", "kind": CheckKind(each.kind).label, "outcome": label, "reason": given})
        for each in found
    ]  # fmt: skip
    record_many("处理核对发现", events, at=at)
    return len(ids)


def _reason(text: str) -> str:
    given = text.strip()
    if not given:
        raise PaymentRefused("“处理说明”没有填，请写明核实的情况或者暂缓的原因")
    if len(given) > REASON_LENGTH:
        raise PaymentRefused(f"“处理说明”有{len(given)}个字，最多{REASON_LENGTH}个字，请写短些")
    return given


def _refuse_unfit(found: Sequence[Finding], outcome: str) -> None:
    """What nobody may accept, and what is no longer there."""
    if mended := [each.household.number for each in found if each.outcome == Outcome.FIXED]:
        raise PaymentRefused(f"这些家庭的核对发现已经更正，不用再处理：{named(mended)}")
    if outcome != Outcome.ACCEPTED:
        return
    if lacking := [each.household.number for each in found if each.kind == CheckKind.ACCOUNT_MISSING]:
        raise PaymentRefused(f"没有银行账户的不能发放，请暂缓，或登记账户后重新编制：{named(lacking)}")
    if dead := read(str, NOBODY_LIVES, {"ids": [each.pk for each in found]}):
        raise PaymentRefused(f"家中已没有在世的成员，不能发放，请暂缓：{named(dead)}")


@needs(Duty.PAY)
@transaction.atomic
def sign_checks(run_id: int, *, on: date, at: datetime) -> int:
    """签认核对: the officer's name under all eleven checks, with how many each found; returns how many it signed.

    Raises PaymentRefused naming the households that wait to be settled.
    """
    run = locked(run_id)
    refuse_unless_computed(run, "签认核对")
    waiting = Finding.objects.filter(run=run, outcome=Outcome.WAITING).order_by("division", "household__number")
    if numbers := list(dict.fromkeys(waiting.values_list("household__number", flat=True))):
        raise PaymentRefused(f"这些家庭的核对发现还没有处理，请先核实或暂缓：{named(numbers)}")
    counted = dict(Finding.objects.filter(run=run).values_list("kind").annotate(n=Count("id")))
    officer = officer_name()
    former = set(CheckSigned.objects.filter(run=run).values_list("kind", flat=True))
    fresh = [
        CheckSigned(
            run=run, division=run.division, kind=kind, found=counted.get(kind, 0), officer=officer, signed_on=on
        )
        for kind in CheckKind.values if kind not in former
    ]  # fmt: skip
    CheckSigned.objects.bulk_create(fresh)
    held = Finding.objects.filter(Q(run=run, outcome=Outcome.HELD)).values("household").distinct().count()
    if fresh:
        note(run, "签认发放前核对", at, on=on, signed=len(fresh), held=held)
    return len(fresh)


def refuse_overtaken(run: PayRun) -> None:
    """Raise PaymentRefused where something happened since the freeze that the list must not pass over in silence:
    a death that no finding names, a decision that no longer grants the month, money suspended or no longer so.
    """
    dead = NEWLY_DEAD.format(found=ASKED[CheckKind.DEAD])
    if numbers := read_whole(str, dead, _asked(run)):
        raise PaymentRefused(f"编制以后登记了死亡，请再次核对后处理：{named(numbers)}")
    if numbers := read_whole(str, NO_LONGER_GRANTED, {"run": run.pk}):
        raise PaymentRefused(f"编制以后决定有变，本月不再发放，请重新编制：{named(numbers)}")
    if numbers := read_whole(str, SUSPENDED, {"run": run.pk}):
        raise PaymentRefused(f"编制以后暂停或者恢复了发放，请重新编制：{named(numbers)}")
