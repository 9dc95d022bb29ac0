"""Run as a program: builds the county of a targets file after one member of one household earns ten yuan a month more.

Prints the household's number and how many months it is paid. Arguments: targets file, folder.
"""

import dataclasses
import json
import pathlib
import sys
from typing import Any

from opendibao.commands.setup import django_setup, found, migrating
from opendibao.demo.county import plan_county
from opendibao.demo.plan import CountyPlan, OldDecision
from opendibao.demo.targets import read_targets

MORE_YUAN = 10


def _stays(plan: CountyPlan, old: OldDecision) -> bool:
    moved = {one.number for one in plan.exits} | {one.number for one in plan.changes}
    return old.household.area == "rural" and old.household.number not in moved


def _with_more_income(facts: Any) -> Any:
    first, *rest = facts["members"]
    *others, last = first["income"]
    return {**facts, "members": [{**first, "income": [*others, {**last, "amount": last["amount"] + MORE_YUAN}]}, *rest]}


def _is_plain(old: OldDecision) -> bool:
    """The head has an income of every month that counts in full, and the household lives well below the line."""
    income = old.household.facts["members"][0].get("income", [])
    return bool(income) and income[-1]["kind"] == "other" and 100 <= int(income[-1]["amount"]) <= 400


def altered(plan: CountyPlan) -> tuple[CountyPlan, str]:
    """The plan with one household changed, and that household's number."""
    chosen = next(old for old in plan.opening if _stays(plan, old) and _is_plain(old))
    household = dataclasses.replace(chosen.household, facts=_with_more_income(chosen.household.facts))
    opening = tuple(dataclasses.replace(o, household=household) if o is chosen else o for o in plan.opening)
    return dataclasses.replace(plan, opening=opening), household.number


def main(targets_file: str, folder: str) -> None:
    targets, out = read_targets(pathlib.Path(targets_file)), pathlib.Path(folder)
    found(out, county=targets.county + "000000", policy=targets.policy, today=f"{targets.year + 1}-01-06")
    django_setup(var=out, afresh=True)
    with migrating():
        plan, number = altered(plan_county(targets))
    from opendibao.demo.whole import build

    build(plan, targets, out, say=lambda text: print(text, file=sys.stderr))
    print(json.dumps({"household": number}))


if __name__ == "__main__":
    main(*sys.argv[1:])
