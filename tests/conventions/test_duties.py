"""分岗: every function that writes says whose duty it is, and refuses everybody else before it looks at anything."""

import ast
import importlib
import pathlib
from collections.abc import Iterator
from typing import Any

import pytest

from opendibao.audit.duties import NotYourDuty, needs
from opendibao.audit.session import NoOfficer, acting
from opendibao.kernel.duties import EVERY_DUTY, READ_ONLY, Duty
from tests.commands.test_help import COMMANDS
from tests.conventions.sources import SRC, modules, name, tree

PACKAGES = ("accounts", "registry", "intake", "outreach", "verification", "decision", "payment", "reviews", "budget",
            "evaluation", "rulemaking")  # fmt: skip
WRITES = {"create", "bulk_create", "bulk_update", "update", "update_or_create", "get_or_create", "save", "delete"}
WRITERS = {"copy_rows", "execute", "record", "record_many"}
# knows no database (.importlinter): what it saves is a Word file in memory
NO_DATABASE = ("evaluation", "checkup")
# these write without an officer's duty, each for a reason
OTHERWISE = {"opendibao.payment.tasks.verify_books"}  # the worker's job names itself and acts for 系统运行
# these commands act for no officer of the county
OWNERS = {
    "demo",  # makes a county of its own with officers of its own
    "migrate",  # the database's owner, who sees no screen
    "serve",  # whoever signs in acts
}
# reads a file and needs no county
NO_COUNTY = {"evaluate check"}


def _is_time(argument: ast.arg) -> bool:
    return argument.arg == "at" and argument.annotation is not None and ast.unparse(argument.annotation) == "datetime"


def _writes(node: ast.AST) -> bool:
    """Whether a call inside writes: an ORM method, or one of the functions that run INSERT and UPDATE."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call):
            if isinstance(call.func, ast.Attribute) and call.func.attr in WRITES:
                return True
            if isinstance(call.func, ast.Name) and call.func.id in WRITERS:
                return True
    return False


def _is_action(node: ast.stmt) -> bool:
    """A public function that takes the time of an act, or writes."""
    if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
        return False
    return any(map(_is_time, [*node.args.args, *node.args.kwonlyargs])) or _writes(node)


def _actions() -> Iterator[tuple[pathlib.Path, ast.FunctionDef]]:
    for file in modules():
        if file.relative_to(SRC).parts[0] in PACKAGES and file.relative_to(SRC).parts[:2] != NO_DATABASE:
            yield from ((file, node) for node in tree(file).body if _is_action(node))  # type: ignore[misc]


def _path(file: pathlib.Path, node: ast.FunctionDef) -> str:
    return ".".join([*file.relative_to(SRC.parent).with_suffix("").parts, node.name])


ACTIONS = {_path(file, node): node for file, node in _actions() if _path(file, node) not in OTHERWISE}


def _action(path: str) -> Any:
    module, _, function = path.rpartition(".")
    return getattr(importlib.import_module(module), function)


def test_the_actions_are_found() -> None:
    assert len(ACTIONS) > 60
    assert {"opendibao.payment.pay_run.approve_run", "opendibao.intake.actions.move_case"} <= set(ACTIONS)


def test_every_action_says_first_whose_duty_it_is() -> None:
    silent = [
        path
        for path, node in ACTIONS.items()
        if not node.decorator_list or not ast.unparse(node.decorator_list[0]).startswith("needs(")
    ]

    assert silent == []


@pytest.mark.parametrize("path", ACTIONS)
def test_whoever_only_looks_changes_nothing(path: str) -> None:
    assert _action(path).duties
    assert not _action(path).duties & READ_ONLY


@pytest.mark.django_db
@pytest.mark.parametrize("path", ACTIONS)
def test_an_action_refuses_an_officer_of_every_other_duty_in_words(path: str) -> None:
    action = _action(path)

    with acting("路过人", "360429", EVERY_DUTY - action.duties), pytest.raises(NotYourDuty) as refusal:
        action()  # no arguments: the refusal comes before they are looked at

    assert "路过人没有这项职责" in str(refusal.value)
    assert all(duty.zh in str(refusal.value) for duty in action.duties)


@pytest.mark.django_db
def test_nobody_acts_without_a_name() -> None:
    with acting("", "360429", EVERY_DUTY), pytest.raises(NoOfficer, match="没有登记经办人"):
        _action("opendibao.payment.pay_run.approve_run")()


@pytest.mark.django_db
def test_one_of_several_duties_is_enough() -> None:
    @needs(Duty.ACCEPT, Duty.CONFIRM)
    def act(word: str) -> str:
        """Say it again."""
        return word * 2

    with acting("王经办", "360429", {Duty.CONFIRM, Duty.PAY}):
        assert act("好") == "好好"
    assert act.__name__ == "act"


# 57号 keeps acceptance, survey and confirmation apart; the money is made, checked and released by three hands
@pytest.mark.parametrize(
    ("path", "apart"),
    [
        ("opendibao.decision.determination.confirm_case", {Duty.ACCEPT, Duty.SURVEY, Duty.REVIEW}),
        ("opendibao.intake.actions.accept_case", {Duty.CONFIRM, Duty.PAY, Duty.FINANCE}),
        ("opendibao.verification.actions.record_survey", {Duty.CONFIRM, Duty.PAY, Duty.FINANCE}),
        ("opendibao.payment.pay_run.approve_run", {Duty.PAY, Duty.CONFIRM}),
        ("opendibao.payment.pay_run.compute_run", {Duty.FINANCE, Duty.CONFIRM}),
        ("opendibao.registry.actions.change_account", {Duty.PAY, Duty.FINANCE}),
        ("opendibao.evaluation.actions.give_score", {Duty.CONFIRM, Duty.PAY, Duty.FINANCE}),
        ("opendibao.accounts.actions.create_officer", EVERY_DUTY - {Duty.OPERATE}),
    ],
)
def test_what_the_law_keeps_apart_stays_apart(path: str, apart: set[Duty]) -> None:
    assert not _action(path).duties & apart


def test_a_command_on_county_data_can_be_asked_for_an_officer() -> None:
    on_data = {
        words: command
        for words, command in COMMANDS.items()
        if "django_setup" in (SRC / "commands" / f"{words[0].replace('-', '_')}.py").read_text("utf-8")
    }

    without = [
        " ".join(words)
        for words, command in on_data.items()
        if words[0] not in OWNERS and "--officer" not in {name for option in command.params for name in option.opts}
    ]

    assert set(without) == NO_COUNTY


def test_only_the_officer_of_the_command_line_acts_in_commands() -> None:
    acts = [name(f) for f in (SRC / "commands").glob("*.py") if "acting(" in f.read_text("utf-8")]

    assert acts == ["src/opendibao/commands/officer.py"]


def test_exceptions_are_still_there() -> None:
    found = {_path(file, node) for file, node in _actions()}

    assert OTHERWISE - found == set()
