"""另起进程排版: a long paper is typeset in a process of its own, whose memory ends with it.

A roster of 5,000 lines takes the typesetter a gigabyte, which it keeps for the next one; a server must not.
Texts go through pipes alone: nothing about a family is left on the disk.
"""

import json
import subprocess
import sys
from pathlib import Path

from opendibao.reporting import glyphs

LONGEST = 300  # seconds; a county of 50,000 lines takes about 60


class NotTypeset(RuntimeError):
    """The typesetter ended without a paper; the text is what it said."""


def typeset_apart(form: Path, name: str, said: str) -> bytes:
    """The PDF of a form whose texts stand in `sys.inputs` under a name, without tags. Raises NotTypeset."""
    asked = json.dumps({"form": str(form), "name": name, "said": said})
    # the interpreter's own path and this module: nothing of it is typed by anybody
    done = subprocess.run(
        [sys.executable, "-m", __spec__.name], input=asked.encode(), capture_output=True, timeout=LONGEST, check=False
    )
    if done.returncode:
        raise NotTypeset(f"排版没有成功，请报系统运行人员：{done.stderr.decode(errors='replace')[-500:]}")
    return done.stdout


def _typeset(asked: dict[str, str]) -> bytes:
    import typst

    # tags would take ten times the room and twice the time; who listens rather than reads has the workbook
    pdf = typst.compile(
        Path(asked["form"]).read_bytes(), font_paths=glyphs.fonts(), sys_inputs={asked["name"]: asked["said"]},
        pdf_tags=False,
    )  # fmt: skip
    assert isinstance(pdf, bytes)
    return pdf


if __name__ == "__main__":
    sys.stdout.buffer.write(_typeset(json.loads(sys.stdin.buffer.read())))
