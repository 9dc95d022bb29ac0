"""干活的人: goes on with the county's money step by step and says so, until somebody kills him.

Run as a program it is the mother of such workers: it is imported once and forks one for each line it is told, so that
a kill costs milliseconds. It says `pid N`, the worker says `begin STEP` and `done STEP`, and then it says `end STATUS`.
"""

import json
import os
import pathlib
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

ROOT = pathlib.Path(__file__).parents[3]
REFUSED = 3


def work(folder: pathlib.Path, steps: int, *, file_bytes: int | None = None) -> None:
    """So many steps; with `file_bytes` no file can grow beyond that, as on a full disk."""
    from tests.faults.money.walk import next_step

    if file_bytes is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
    for _ in range(steps):
        step = next_step(folder)
        say(f"begin {step.name}")
        step.do()
        say(f"done {step.name}")


def say(word: str) -> None:
    os.write(1, f"{word}\n".encode())


def _child(job: dict[str, object]) -> None:
    try:
        work(pathlib.Path(str(job["folder"])), int(str(job["steps"])), file_bytes=job.get("file_bytes"))  # type: ignore[arg-type]
    except BaseException as fault:  # noqa: BLE001 - the last word of a process that ends here
        say(f"fault {type(fault).__name__}: {str(fault)[:300]}".replace("\n", " "))
        os._exit(REFUSED)
    os._exit(0)


def main() -> None:
    """Fork a worker for each line."""
    import django

    django.setup()
    import tests.faults.money.walk  # noqa: F401 - so that each worker finds everything read already

    say("ready")
    for line in sys.stdin:
        if not (pid := os.fork()):
            _child(json.loads(line))
        say(f"pid {pid}")
        _, status = os.waitpid(pid, 0)
        say(f"end {os.waitstatus_to_exitcode(status)}")


class Mother:
    """The program, told what to do; `words` are what it says."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        assert process.stdin
        assert process.stdout
        self.told: IO[str] = process.stdin
        self.said: IO[str] = process.stdout

    def ask(self, folder: pathlib.Path, steps: int, **more: object) -> Iterator[tuple[str, str]]:
        """A worker's words, one after another, to its end."""
        self.told.write(json.dumps({"folder": str(folder), "steps": steps, **more}) + "\n")
        self.told.flush()
        for line in self.said:
            word, _, rest = line.strip().partition(" ")
            yield word, rest
            if word == "end":
                return


@contextmanager
def mother(url: str) -> Iterator[Mother]:
    """The program on a database."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("DATABASE", "DJANGO", "PYTEST"))}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.money.worker"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True, env=kept | {"DATABASE_OWNER_URL": url, "DJANGO_SETTINGS_MODULE": "opendibao.config.test"},
    )  # fmt: skip
    try:
        found = Mother(process)
        assert found.said.readline() == "ready\n"
        yield found
    finally:
        assert process.stdin
        process.stdin.close()
        process.wait(60)
        assert process.stdout
        process.stdout.close()


if __name__ == "__main__":
    main()
