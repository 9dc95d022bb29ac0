"""`opendibao …`: finds each command in this folder by its file name and loads it only when it is called."""

import importlib
import pathlib

import click

_HERE = pathlib.Path(__file__).parent
_NOT_COMMANDS = {"__init__", "batch_postgresql", "evaluate_final", "main", "officer", "progress", "setup"}
_NAMES = {"officer_accounts": "officer"}  # officer.py says for whom commands act
_STEMS = {name: stem for stem, name in _NAMES.items()}


class Discovered(click.Group):
    """A group whose commands are the modules beside this one, `evaluate.py` being `opendibao evaluate`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All command names, sorted."""
        stems = {path.stem for path in _HERE.glob("*.py")} - _NOT_COMMANDS
        return sorted(_NAMES.get(stem, stem.replace("_", "-")) for stem in stems)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import the module of one command; None when there is no such file."""
        stem = _STEMS.get(name, name.replace("-", "_"))
        if stem in _NOT_COMMANDS or not (_HERE / f"{stem}.py").is_file():
            return None
        command = importlib.import_module(f"opendibao.commands.{stem}").command
        assert isinstance(command, click.Command)
        return command


@click.group(cls=Discovered, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="opendibao")
def main() -> None:
    """低保业务系统：每一元都能说出条款，报告里每个数字都能打开它的行。

    OpenDibao: every yuan explained by its clause, every figure opening its rows.
    """


if __name__ == "__main__":
    main()
