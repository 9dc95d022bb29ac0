"""opendibao deadlines: 时限, the days by which a case must move."""

import json
from datetime import date

import click

from opendibao.policy.pack import BadPolicy, RuleGap
from opendibao.policy.procedures import procedure_in
from opendibao.policy.reader import load_pack
from opendibao.rules.deadlines import BadDates, Deadlines, deadlines
from opendibao.rules.fields import FIRST_YEAR, LAST_YEAR

_LABELS = {
    "start_survey_by": "启动调查不晚于",
    "decide_by": "审核确认不晚于",
    "extended_decide_by": "特殊情况延长至",
    "notice_ends": "公示最后一天",
    "first_month": "起发月份",
    "pay_by": "首月发放到账不晚于",
}


class Day(click.ParamType[date]):
    """A day written 2024-03-04; a day that does not exist is wrong input, not wrong usage."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day; ends with status 1 when there is no such day."""
        try:
            day = value if isinstance(value, date) else date.fromisoformat(str(value))
        except ValueError:
            raise click.ClickException(f"{_option(param)}：“{value}”不是存在的日期，应写成 2024-03-04 这样") from None
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            said = f"“{day}”不在{FIRST_YEAR}年到{LAST_YEAR}年之间，请核对年份"
            raise click.ClickException(f"{_option(param)}：{said}")
        return day


def _option(param: click.Parameter | None) -> str:
    """What the operator typed: the option itself, or the argument's name."""
    return param.opts[0] if param else ""


@click.command(
    "deadlines",
    help="算一件申请的各项时限：调查3个工作日、审核确认30（45）个工作日、公示7天、决定次月起发放。\n\n"
    "Deadlines of one case, by working days after acceptance; the public notice counts calendar days.",
)
@click.option("--accepted", type=Day(), required=True, help="受理日期 / day of acceptance")
@click.option("--notice-posted", type=Day(), help="公示张贴日期 / day the notice was posted")
@click.option("--decided", type=Day(), help="确认决定日期 / day of decision")
@click.option("--policy", default="jx-demo-2024", show_default=True, help="参数包 / policy pack")
@click.option("--procedure", default="", help="办理程序，不写用参数包的 / procedure profile, else the pack's")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / print JSON")
def command(
    accepted: date, notice_posted: date | None, decided: date | None, policy: str, procedure: str, as_json: bool
) -> None:
    """Print the deadlines."""
    try:
        pack = load_pack(policy)
        asked = procedure_in(pack, accepted, procedure)
        found = deadlines(accepted, notice_posted=notice_posted, decided=decided, pack=pack, procedure=asked)
    except (BadDates, BadPolicy, RuleGap) as fault:
        raise click.ClickException(str(fault)) from None
    _print(found, as_json)
    if not found.is_verified:
        click.echo("注意：超出已公布的节假日安排，只按周末推算，请核对。", err=True)


def _print(found: Deadlines, as_json: bool) -> None:
    answer = found.as_json()
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    for name, zh in _LABELS.items():
        if answer[name]:
            click.echo(f"{zh}：{answer[name]}")
