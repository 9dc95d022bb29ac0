"""县级批次: a run as the county's papers name it; a township's session does not print them."""

from opendibao.kernel.ids import county_of
from opendibao.payment.control import ControlRow, control_totals
from opendibao.payment.paper_queries import PaperRun, paper_run
from opendibao.policy.shares import LEVELS as TREASURIES
from opendibao.registry.queries import division_names
from opendibao.reporting.pay_papers.refusal import NoSuchRun

LEVELS = {**TREASURIES, "": "不分级次"}
AREAS = {"rural": "农村", "urban": "城镇"}


def county_run(run_id: int) -> tuple[PaperRun, list[ControlRow]]:
    """The run and what it owes by area. Raises NoSuchRun also where the session does not see all of its lines."""
    run = paper_run(run_id)
    sums = control_totals(run_id) if run else []
    if run is None or not sums or sum(row.fen for row in sums) != run.total_fen:
        raise NoSuchRun("没有这个发放批次，或本人看不到全县的明细；全县的文书由县民政局打印")
    return run, sums


def county_name(run: PaperRun) -> str:
    """The county by name."""
    return division_names().get(county_of(run.division), "")
