"""A new standard for a whole county: prepared, approved, back-pay ordered, against a bare COPY of as many decisions.

floor: the rows that the approval wrote into the table of decisions, copied into one that has neither index nor wall.
The families are all alike, three persons with land and wages; their amounts come from the rules.
"""

import argparse
import json
import pathlib
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import pay_run

HOUSEHOLDS, SMALL = 5278, 300
DRAFTED, SINCE, DECIDED = date(2024, 5, 6), date(2024, 7, 1), date(2024, 6, 20)
AT = datetime(2024, 6, 20, 2, tzinfo=UTC)
FACTS = {
    "area": "rural",
    "members": [
        {"name": "甲", "born": "1984-03-12", "sex": "female", "relation": "head",
         "income": [{"kind": "farming", "mu": 6}]},
        {"name": "乙", "born": "1982-05-01", "sex": "male", "relation": "spouse",
         "income": [{"kind": "wages", "amount": 1200, "per": "month", "months": 8}]},
        {"name": "丙", "born": "2014-09-30", "sex": "female", "relation": "child"},
    ],
    "property": {"financial_assets": 6000, "dwellings": 1},
}  # fmt: skip
KNOWN = """
UPDATE decision_decision SET facts = %s, persons = %s, amount_fen = %s, supplement_fen = %s, area = 'rural',
  first_month = '2024-01-01', decided_on = '2024-01-02'
"""
Row = pay_run.Row


def know(owner_url: str) -> None:
    """Every family gets facts, and the amount that the rules give for them."""
    import psycopg

    from opendibao.decision.assessing import answer_on

    answer = answer_on(FACTS, date(2024, 1, 2))
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute("SET session_replication_role = replica")
        found = (json.dumps(FACTS), answer.members, answer.monthly_benefit_fen, answer.supplement_fen)
        owner.execute(KNOWN, found)
        owner.execute("VACUUM ANALYZE decision_decision")


def raise_standard() -> None:
    """The rural standard goes from 740 to 780 yuan in July: drafted by one officer, approved and put in by another."""
    from opendibao.audit.session import acting
    from opendibao.kernel.duties import EVERY_DUTY
    from opendibao.rulemaking.actions import approve_change, draft_change, schedule_changes
    from opendibao.rulemaking.proving import effects

    at = datetime(2024, 5, 6, 2, tzinfo=UTC)
    with acting("起草", "360429", EVERY_DUTY):
        made = draft_change(
            "standard.rural", since=SINCE, value=78_000, source="测速用文件第一条（虚构）", reason="测速",
            is_verified=False, at=at,
        )  # fmt: skip
    with acting("批准", "360429", EVERY_DUTY):
        approve_change(made.pk, at=at)
        schedule_changes([made.pk], at=at, moved=effects(made.pk).golden.moved)


def work(owner_url: str, count: int) -> list[Row]:
    """Prepare, approve, and what the page of the uprating asks for."""
    from opendibao.audit.session import acting
    from opendibao.decision.uprating import approve_uprating, prepare_uprating
    from opendibao.decision.uprating_queries import uprating_lines, uprating_sums, uprating_villages
    from opendibao.kernel.duties import EVERY_DUTY

    know(owner_url)
    raise_standard()
    made: list[int] = []
    rows = [_step("prepare", count, lambda: made.append(prepare_uprating(SINCE, on=DECIDED, at=AT).pk))]
    with acting("批准", "360429", EVERY_DUTY):
        rows.append(_step("approve", count, lambda: approve_uprating(made[0], on=DECIDED, at=AT)))
    rows.append(
        _step(
            "page: sums, villages, first fifty", count,
            lambda: (uprating_sums(made[0]), uprating_villages(made[0]), uprating_lines(made[0])),
        )
    )  # fmt: skip
    return [*rows, bare_copy(owner_url, count)]


def _step(what: str, count: int, done: Callable[[], object]) -> Row:
    """A measured step, with the processor seconds of the database besides those of this process."""
    database = pay_run.backend()
    before = pay_run.processor(database)
    row = pay_run.measured(what, count, done)
    return {**row, "database_cpu_s": round(pay_run.processor(database) - before, 2)}


def bare_copy(owner_url: str, count: int) -> Row:
    """COPY of the uprating's decisions into a plain table; reading them out is not counted."""
    import psycopg

    query = "SELECT * FROM decision_decision WHERE uprating_id IS NOT NULL"
    with tempfile.TemporaryFile() as rows, psycopg.connect(owner_url) as owner, owner.cursor() as cursor:
        with cursor.copy(f"COPY ({query}) TO STDOUT") as out:  # type: ignore[arg-type]
            for piece in out:
                rows.write(piece)
        rows.seek(0)
        cursor.execute(f"CREATE TABLE plain AS {query} WITH NO DATA")  # type: ignore[arg-type]
        owner.commit()

        def copy() -> None:
            with cursor.copy("COPY plain FROM STDIN") as into:
                while piece := rows.read(1 << 20):
                    into.write(piece)
            owner.commit()

        return pay_run.measured("floor: bare COPY of as many decisions", count, copy, peer=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--small", action="store_true", help=f"{SMALL} households instead of {HOUSEHOLDS}")
    options.add_argument("--server", type=pathlib.Path, default=pay_run.SERVER, help="the database server's folder")
    options.add_argument("--json", type=pathlib.Path, help="write the figures to this file")
    asked = options.parse_args()
    rows = pay_run._in_a_county(work, SMALL if asked.small else HOUSEHOLDS, asked.server)
    pay_run.show(rows)
    for row in rows:
        print(f"{row['what']!s:44} database {row.get('database_cpu_s', '—')} cpu s")
    if asked.json:
        asked.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
