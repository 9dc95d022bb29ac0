"""The engine by itself: the lines of the guide run where neither Django nor a database can be imported."""

import re
import subprocess
import sys

from opendibao.rules import assess, read_case
from tests.conventions.sources import ROOT

_SHUT = """
import sys
class Shut:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("django", "psycopg"):
            raise ImportError(name)
sys.meta_path.insert(0, Shut())
"""


def test_the_lines_of_the_guide_decide_a_household_without_django() -> None:
    (lines,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "guide" / "engine.md").read_text("utf-8"), re.S)

    found = subprocess.run(
        [sys.executable, "-c", _SHUT + lines], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )

    answer = assess(read_case((ROOT / "docs" / "sample" / "CASE.yaml").read_text("utf-8")))
    assert found.stderr == ""
    assert found.stdout == f"{answer.monthly_benefit_fen} {answer.reasons[0].zh}\n"
    assert len([line for line in lines.splitlines() if line.strip()]) <= 5


def test_the_door_is_shut_in_that_test() -> None:
    found = subprocess.run([sys.executable, "-c", _SHUT + "import django"], capture_output=True, text=True, check=False)

    assert "ImportError: django" in found.stderr
