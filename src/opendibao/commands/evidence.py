"""打开数字: the value of one figure, its counts, and its rows as a workbook."""

import json
import pathlib

import click


@click.command()
@click.argument("figure_id", required=False)
@click.option("--year", type=int, help="年度，不写就是最近评价过的一年。 Year, the latest evaluated one by default.")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出。 Answer in JSON.")
@click.option(
    "--xlsx", type=click.Path(dir_okay=False, path_type=pathlib.Path), help="把全部行写成工作簿。 Write all rows."
)
@click.option("--list", "list_all", is_flag=True, help="列出全部编号。 List all ids.")
def command(figure_id: str | None, year: int | None, as_json: bool, xlsx: pathlib.Path | None, list_all: bool) -> None:
    """打开一个数字：值、定义、行数。 Open one figure: value, definition, rows."""
    from opendibao.commands.setup import django_setup

    django_setup()
    from opendibao.evaluation.evidence import Evidence, known_ids, latest_year, open_figure, write_rows
    from opendibao.evaluation.queries import UnknownFigure

    try:
        year = year or latest_year()
        if list_all or not figure_id:
            click.echo("\n".join(known_ids(year)))
            return
        found: Evidence = open_figure(figure_id, year)
    except UnknownFigure as refusal:
        raise click.ClickException(str(refusal)) from None
    if xlsx:
        write_rows(figure_id, year, xlsx)
    answer = found.as_json()
    click.echo(json.dumps(answer, ensure_ascii=False) if as_json else "\n".join(f"{k}：{v}" for k, v in answer.items()))
