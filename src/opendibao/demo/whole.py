"""整个县: opens the synthetic county, lives its year and writes the year's report."""

import gc
import time
from pathlib import Path

from opendibao.demo import storeys
from opendibao.demo.mark import set_mark
from opendibao.demo.officers import EVALUATOR, acting_as
from opendibao.demo.old_stock import Say
from opendibao.demo.plan import CountyPlan
from opendibao.demo.receiving import receive
from opendibao.demo.targets import Targets
from opendibao.demo.year import live
from opendibao.evaluation.actions import NotFinal
from opendibao.reporting.yearly import finish_year, write_year


def build(plan: CountyPlan, targets: Targets, out: Path, *, say: Say) -> None:
    """Open the county, live the year, close it, make the report final, write it, send it; the mark is set last."""
    started = time.monotonic()
    gc.freeze()  # the plan stays: no need to look through it again and again
    live(plan, targets, out, say=say)
    say(f"{plan.county_name} {plan.year} 年已过完，用时 {time.monotonic() - started:.0f} 秒")
    storeys.close_year(plan, targets)
    if _report(plan, out / "reports" / str(plan.year), say):
        receive(plan)
    set_mark(targets, out)


def _report(plan: CountyPlan, folder: Path, say: Say) -> bool:
    """Make the report final and write it; where the year's own check-up forbids that, say why and write the draft."""
    with acting_as(EVALUATOR, plan.county_code):
        try:
            for line in finish_year(plan.year, folder):
                say(line)
        except NotFinal as refusal:
            say(str(refusal))
            for line in write_year(plan.year, folder):
                say(line)
            return False
    return True
