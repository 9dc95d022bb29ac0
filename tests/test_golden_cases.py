"""Runs every cases.yaml that lies beside what it proves; a new folder is found by itself."""

import importlib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

import opendibao
from opendibao.formula.lazy import NoRuleInForce
from opendibao.formula.trial import try_rule
from opendibao.policy.pack import InForce, RuleGap
from opendibao.policy.reader import load_pack
from opendibao.rules.book import rule_book
from tests.rules.item_cases import run_item

SRC = Path(opendibao.__file__).parent


class _Loader(yaml.SafeLoader):
    """YAML 1.1 reads `on`, `off`, `yes`, `no` as truth values; a case's day is called `on`."""


_Loader.yaml_implicit_resolvers = {
    first: [pair for pair in known if first in "tTfF" or pair[0] != "tag:yaml.org,2002:bool"]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_cases(file: Path) -> list[dict[str, Any]]:
    """The cases of one file, in order."""
    cases: list[dict[str, Any]] = yaml.load(file.read_text("utf-8"), _Loader)
    return cases


DAY = date(2024, 5, 20)
PACK = "jx-demo-2024"
RULE_CASE = {"rule", "given"}
"""A case with either is of one rule or module; one with neither is an item as a clerk writes it."""


def _in_force(name: str, module: str, on: date) -> Any:
    found = [r for r in rule_book().rules if r.name == name and r.module == module]
    assert found, f"{module} 没有规则 {name}"
    live = [r for r in found if r.is_in_force(on)]
    if not live:
        raise NoRuleInForce(name)
    return live[0]


def numbers_of(case: dict[str, Any]) -> Mapping[str, int]:
    """The demonstration's numbers on the case's day; `assume` gives others, in their own unit, `lacks` takes some."""
    found = load_pack(PACK).on(case.get("on", DAY))
    left = {path: number for path, number in found.items() if path not in case.get("lacks", ())}
    return InForce(found.pack, found.on, found.rows, {**left, **case.get("assume", {})})


def run_rule(folder: Path, case: dict[str, Any]) -> object:
    """A case of a rule: the values it needs are given, the numbers come from the demonstration's pack."""
    module = ".".join(["opendibao", *folder.relative_to(SRC).parts, "rule"])
    try:
        rule = _in_force(case["rule"], module, case.get("on", DAY))
        return try_rule(rule, case["given"], numbers_of(case))
    except RuleGap:
        return "rule_gap"
    except NoRuleInForce:
        return "no_rule"


def run_module(folder: Path, case: dict[str, Any], marker: str) -> object:
    """A case of a source or indicator: its own module says how a case is run."""
    module = importlib.import_module(".".join(["opendibao", *folder.relative_to(SRC).parts, marker]))
    return module.run_case(case["given"])


def run_clerk(_: Path, case: dict[str, Any]) -> object:
    """A case of an item as it stands in a CASE file; a refusal need only contain the words."""
    found = run_item(case)
    return case["refused"] if "refused" in case and case["refused"] in str(found) else found


def _runner(folder: Path) -> Callable[[Path, dict[str, Any]], object]:
    if (folder / "rule.py").exists():
        return run_rule
    marker = next(name for name in ("source", "indicator") if (folder / f"{name}.py").exists())
    return lambda where, case: run_module(where, case, marker)


def _run(folder: Path, case: dict[str, Any]) -> object:
    return run_clerk(folder, case) if RULE_CASE.isdisjoint(case) else _runner(folder)(folder, case)


def _cases() -> list[Any]:
    return [
        pytest.param(file.parent, case, id=f"{file.parent.relative_to(SRC)}-{place}-{case['name']}")
        for file in sorted(SRC.rglob("cases.yaml"))
        for place, case in enumerate(read_cases(file))
    ]


@pytest.mark.parametrize(("folder", "case"), _cases())
def test_the_case_beside_the_code_holds(folder: Path, case: dict[str, Any]) -> None:
    assert _run(folder, case) == case.get("refused", case.get("expect"))


def test_every_rule_has_a_case_beside_it() -> None:
    named = {
        (".".join(["opendibao", *file.parent.relative_to(SRC).parts, "rule"]), case["rule"])
        for file in SRC.rglob("rules/**/cases.yaml")
        for case in read_cases(file)
        if "rule" in case
    }
    assert {(r.module, r.name) for r in rule_book().rules} == named
