"""Every command says in Chinese and in English what it does; whoever writes can be asked to only try."""

import re
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from opendibao.commands.main import main

CHINESE, ENGLISH = re.compile(r"[一-鿿]{2,}"), re.compile(r"[A-Za-z]{3,} [a-z]{2,}")
# these change the database or write files
WRITERS = {
    ("assess-batch",), ("deliver",), ("demo",), ("evaluate", "run"), ("evaluate", "monitor"), ("match",), ("migrate",),
    ("new-indicator",), ("new-source",),
    ("synth", "snapshot"),
}  # fmt: skip
# a server and a reader that may save the rows it shows are no writers


def _commands(group: click.Group, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found is not None
        if isinstance(found, click.Group):
            yield from _commands(found, (*above, name))
        else:
            yield (*above, name), found


COMMANDS = dict(_commands(main))


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_is_in_chinese_and_english(words: tuple[str, ...]) -> None:
    result = CliRunner().invoke(main, [*words, "--help"])

    text = result.output.partition("Options:")[0]
    assert result.exit_code == 0
    assert CHINESE.search(text)
    assert ENGLISH.search(text.partition("\n")[2])


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_option_is_explained_in_both_languages(words: tuple[str, ...]) -> None:
    for option in COMMANDS[words].params:
        if isinstance(option, click.Option):
            assert CHINESE.search(option.help or ""), option.name
            assert re.search(r"[A-Za-z]{3,}", option.help or ""), option.name


@pytest.mark.parametrize("words", sorted(WRITERS), ids=" ".join)
def test_a_writer_can_be_asked_to_only_try(words: tuple[str, ...]) -> None:
    assert "--dry-run" in {name for option in COMMANDS[words].params for name in option.opts}


def test_the_list_of_commands_is_in_both_languages() -> None:
    text = CliRunner().invoke(main, ["--help"]).output

    assert "低保业务系统" in text
    assert "OpenDibao" in text


def test_an_unknown_command_is_wrong_usage() -> None:
    assert CliRunner().invoke(main, ["setup"]).exit_code == 2
