"""A year evaluated: every figure of a county, its conclusion, its report as Word and PDF, and a hundred sheets scored.

floor of the figures: as many statements, each of which only counts and sums the year's bookings in the ledger.
floor of the sheets: their YAML read by the same library and nothing scored. The county is built when it is not there.
"""

import pathlib
import random
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from site_pages import demo_of, keep, options_of

YEAR, COUNTIES, SMALL_COUNTIES = 2024, 100, 10
KNOWN_AT = datetime(2025, 1, 6, 15, 59, tzinfo=UTC)
COUNTED = "SELECT count(*), sum(fen)::bigint, count(*) FROM payment_ledgerleg WHERE account = 'paid'"


def measured(what: str, n: int, work: Callable[[], object], *, peer: bool = False) -> dict[str, object]:
    """CPU of this process (the database works in another) and wall time of one piece of work."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"what": what, "n": n, "cpu_s": round(cpu, 3), "wall_s": round(wall, 3), "rss_mb": rss, "peer": peer}


def counted_only(statements: int) -> None:
    """The floor of the figures."""
    from django.db import connection

    with connection.cursor() as cursor:
        for _ in range(statements):
            cursor.execute(COUNTED)
            cursor.fetchone()


def of_a_county() -> list[dict[str, object]]:
    """The figures and the report of the county whose database is open."""
    from django.conf import settings

    from opendibao.evaluation.conclusion import conclude
    from opendibao.evaluation.queries import figures, measure_year, period
    from opendibao.evaluation.snapshot import content_of
    from opendibao.reporting.content import cleaned
    from opendibao.reporting.gathering import gather
    from opendibao.reporting.pdf_file import pdf_bytes
    from opendibao.reporting.sentences import write_body
    from opendibao.reporting.word_file import word_bytes

    asked = period(YEAR, known_at=KNOWN_AT, division=settings.OPENDIBAO_COUNTY)
    known = list(figures(YEAR, settings.OPENDIBAO_COUNTY))
    statements = len({one.sql for one in known})
    found = [measured(f"floor: {statements} statements over the ledger", statements,
                      lambda: counted_only(statements), peer=True)]  # fmt: skip
    kept: dict[str, Any] = {}
    found.append(measured("all figures, first time in a process", len(known),
                          lambda: kept.update(measured=measure_year(asked))))  # fmt: skip
    found.append(measured("all figures, again", len(known), lambda: measure_year(asked)))
    found.append(measured("conclusion", 1, lambda: kept.update(said=conclude(asked, kept["measured"]))))
    locked = content_of(asked)["figures"]

    def content() -> None:
        kept["content"] = cleaned(gather(asked, locked, kept["said"]))  # type: ignore[arg-type]
        kept["blocks"] = write_body(kept["content"])

    def report() -> None:
        word_bytes(kept["content"], kept["blocks"])
        pdf_bytes(kept["content"], kept["blocks"])

    found.append(measured("rows of evidence and sentences", len(known), content))
    found.append(measured("report as docx and PDF", len(kept["blocks"]), report))
    return found


def sheet_text(rng: random.Random) -> str:
    """A county's sheet in the contract's form: fifteen rows of every kind, some missed, some not measured."""
    rows = []
    for place in range(15):
        weight = rng.randint(2, 10)
        head = f"{{level1: 产出指标, level2: 质量指标, name: 指标{place}, weight: {weight}, "
        if place % 5 == 4:
            rows.append(head + f"kind: qualitative, band: partly, ratio: 0.{rng.randint(60, 79)}}}")
            continue
        direction, scoring = rng.choice(("at_least", "at_most", "equal")), rng.choice(("proportional", "direct"))
        actual = "未测得" if rng.random() < 0.05 else f"{rng.uniform(60, 140):.2f}"
        rows.append(head + f"kind: quantitative, direction: {direction}, scoring: {scoring}, target: 100, "
                    f"actual: {actual}, unit: 人}}")  # fmt: skip
    listed = "\n".join(f"  - {row}" for row in rows)
    executed = f"{rng.uniform(5000, 7000):.2f}"
    return f"indicators:\n{listed}\nbudget: {{planned: 6000, executed: {executed}, weight: 10}}\n"


def of_many(counties: int) -> list[dict[str, object]]:
    """The sheets of many counties, read, scored and graded."""
    import yaml

    from opendibao.evaluation.grading import grade_sheet
    from opendibao.evaluation.scoring import score_sheet
    from opendibao.evaluation.sheet import read_sheet

    rng = random.Random(YEAR)
    texts = [sheet_text(rng) for _ in range(counties)]

    def score() -> None:
        for text in texts:
            scored = score_sheet(read_sheet(text))
            budget, options = scored.sheet.budget, scored.sheet.options
            grade_sheet(scored.readings, budget.weight if budget else None, options.grade_scheme)

    return [
        measured("floor: YAML of the sheets", counties, lambda: [yaml.safe_load(text) for text in texts], peer=True),
        measured("sheets read, scored and graded", counties, score),
    ]


def show(rows: list[dict[str, object]]) -> None:
    """Each against the floor above it."""
    print(f"{'what':44}{'n':>7}{'cpu s':>9}{'wall s':>9}{'× floor':>9}")
    base = 0.001
    for one in rows:
        wall = float(str(one["wall_s"]))
        base = wall if one["peer"] else base
        print(f"{one['what']!s:44}{one['n']!s:>7}{one['cpu_s']!s:>9}{wall:>9.3f}{wall / (base or 0.001):>9.1f}")


def main() -> None:
    asked = options_of(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        county, command = demo_of(pathlib.Path(folder) if asked.small else asked.county, small=asked.small)
        subprocess.run([*command, "--no-serve"], check=True, stdout=subprocess.DEVNULL)
        from opendibao.commands.setup import django_setup, migrate

        django_setup(var=county)
        migrate()
        from opendibao.audit.session import acting
        from opendibao.kernel.duties import EVERY_DUTY

        with acting("测速", "360429", EVERY_DUTY):
            rows = of_a_county()
        rows += of_many(SMALL_COUNTIES if asked.small else COUNTIES)
        show(rows)
    keep(asked.json, rows)


if __name__ == "__main__":
    main()
