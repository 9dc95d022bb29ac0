"""监控表文件: writes the monitoring sheet of a day in Word and PDF; both or none."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.conf import settings

from opendibao.evaluation.monitoring import watch
from opendibao.evaluation.year_goals import goals_of_year
from opendibao.registry.queries import division_names
from opendibao.reporting.content import clean
from opendibao.reporting.cover import SYNTHETIC_MARK
from opendibao.reporting.forms.form_pdf import form_pdf
from opendibao.reporting.forms.form_word import form_word
from opendibao.reporting.forms.grid import Form
from opendibao.reporting.forms.monitoring import NAME, monitoring
from opendibao.reporting.packing import put_files
from opendibao.reporting.sentences import words_of


def monitoring_form(year: int, *, as_of: date, today: date) -> Form:
    """The county's form of a day. Raises CannotMonitor."""
    county = settings.OPENDIBAO_COUNTY
    found, goals = watch(year, county, as_of=as_of, today=today), goals_of_year(year, county)
    return monitoring(
        found, county=division_names()[county], department=clean(goals.department), project=clean(goals.project),
        mark=SYNTHETIC_MARK if settings.OPENDIBAO_SYNTHETIC else "",
    )  # fmt: skip


def monitoring_files(year: int, *, as_of: date, today: date) -> dict[str, bytes]:
    """The form in Word and PDF by file name. Raises CannotMonitor."""
    form = monitoring_form(year, as_of=as_of, today=today)
    name = f"{words_of(NAME)['file']}-{as_of:%Y-%m-%d}"
    return {f"{name}.docx": form_word(form), f"{name}.pdf": form_pdf(form)}


def monitoring_file(year: int, ending: str, *, as_of: date, today: date) -> tuple[str, bytes]:
    """One of them, by ending. Raises CannotMonitor."""
    form = monitoring_form(year, as_of=as_of, today=today)
    name = f"{words_of(NAME)['file']}-{as_of:%Y-%m-%d}.{ending}"
    return name, form_word(form) if ending == "docx" else form_pdf(form)


def monitored_lines(year: int, *, as_of: date, today: date) -> Iterator[str]:
    """The rows of a day in words: light, name, done, forecast. Raises CannotMonitor."""
    lights = words_of(NAME)["lights"]
    for row in watch(year, settings.OPENDIBAO_COUNTY, as_of=as_of, today=today).rows:
        ahead = f"，全年预计{row.forecast}（{row.formula}）" if row.forecast else ""
        yield f"{lights[row.light]['mark']}　{row.name}：指标值{row.target}，截至日{row.done}{ahead}"


def write_monitoring(year: int, *, folder: Path, as_of: date, today: date) -> Iterator[str]:
    """Write the files into a folder, telling each. Raises CannotMonitor."""
    files = monitoring_files(year, as_of=as_of, today=today)
    put_files(folder, files)
    yield from (f"写出 {folder / name}" for name in files)
