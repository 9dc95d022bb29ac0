"""整个县: opens the synthetic county, lives its year and writes the year's report."""

import gc
import time
from pathlib import Path

from opendibao.demo import storeys
from opendibao.demo.mark import set_mark
from opendibao.demo.officers import EVALUATOR, acting_as
from opendibao.demo.old_stock import Say
from opendibao.demo.plan import CountyPlan
from opendibao.demo.targets import Targets
from opendibao.demo.year import live
from opendibao.reporting.yearly import write_year


def build(plan: CountyPlan, targets: Targets, out: Path, *, say: Say) -> None:
    """Open the county, live the year, close it, write the report; the mark is set last."""
    started = time.monotonic()
    gc.freeze()  # the plan stays: no need to look through it again and again
    live(plan, targets, out, say=say)
    say(f"{plan.county_name} {plan.year} 年已过完，用时 {time.monotonic() - started:.0f} 秒")
    storeys.close_year(plan, targets)
    with acting_as(EVALUATOR, plan.county_code):
        for line in write_year(plan.year, out / "reports" / str(plan.year)):
            say(line)
    set_mark(targets, out)
