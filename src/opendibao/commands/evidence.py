"""打开数字: the value of one figure, its counts, and its rows as a workbook."""

import json
import pathlib

import click

from opendibao.commands.officer import for_officer, on_duty
from opendibao.kernel.duties import Duty


@click.command()
@click.argument("figure_id", required=False)
@click.option("--year", type=int, help="年度，不写就是最近评价过的一年。 Year, the latest evaluated one by default.")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出。 Answer in JSON.")
@click.option(
    "--xlsx", type=click.Path(dir_okay=False, path_type=pathlib.Path), help="把全部行写成工作簿。 Write all rows."
)
@click.option("--list", "list_all", is_flag=True, help="列出全部编号。 List all ids.")
@for_officer
def command(
    figure_id: str | None, year: int | None, as_json: bool, xlsx: pathlib.Path | None, list_all: bool,
    officer: str | None,
) -> None:  # fmt: skip
    """打开一个数字：值、定义、行数。 Open one figure: value, definition, rows."""
    from opendibao.commands.setup import django_setup

    django_setup()
    from opendibao.evaluation.queries import UnknownFigure

    try:
        with on_duty("evidence", officer, Duty.AUDIT, Duty.EVALUATE, Duty.FINANCE, Duty.OVERSEE):
            click.echo(_listed(year) if list_all or not figure_id else _opened(figure_id, year, as_json, xlsx))
    except UnknownFigure as refusal:
        raise click.ClickException(str(refusal)) from None


def _listed(year: int | None) -> str:
    from opendibao.evaluation.evidence import known_ids, latest_year

    return "\n".join(known_ids(year or latest_year()))


def _opened(figure_id: str, year: int | None, as_json: bool, xlsx: pathlib.Path | None) -> str:
    from opendibao.evaluation.evidence import latest_year, open_figure, write_rows

    year = year or latest_year()
    answer = open_figure(figure_id, year).as_json()
    if xlsx:
        write_rows(figure_id, year, xlsx)
    return json.dumps(answer, ensure_ascii=False) if as_json else "\n".join(f"{k}：{v}" for k, v in answer.items())
