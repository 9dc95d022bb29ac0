"""恢复办理: cases whose decisions were voided stand again where they were before them."""

from collections.abc import Sequence

from opendibao.audit.duties import needs
from opendibao.intake.models import Case
from opendibao.intake.refusal import IntakeRefused
from opendibao.intake.states import ENDED, CaseState, reopened
from opendibao.kernel.duties import Duty


@needs(Duty.CONFIRM)
def reopen_cases(cases: Sequence[Case]) -> None:
    """Open decided cases again, all or none; whoever voids their decisions notes it.

    Where the township confirms, a case waits under its notice again. Raises IntakeRefused, ForbiddenMove.
    """
    ids = [case.pk for case in cases]
    held = list(Case.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"))
    homes = {case.household_id: case.number for case in held}
    others = Case.objects.filter(household__in=homes).exclude(pk__in=ids).exclude(state__in=ENDED)
    if other := others.order_by("pk").first():
        number = homes[other.household_id]
        raise IntakeRefused(f"这一户已有未办结的案件{other.number}，不能恢复案件{number}，请先办结")
    for case in held:
        is_townships = case.gates.get("confirming_authority") == "township"
        case.state, case.closed_on = reopened(CaseState(case.state), is_townships=is_townships), None
    Case.objects.bulk_update(held, ["state", "closed_on"])
