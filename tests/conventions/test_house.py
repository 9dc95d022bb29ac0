"""The house: who stands where, how large things may grow, which names tell nothing."""

import ast
import re
from collections.abc import Iterator

from tests.conventions.sources import ROOT, SRC, files, modules, name, texts, tree

MODULE_LINES, FUNCTION_LINES = 400, 40
EMPTY_NAMES = re.compile(r"(utils?|helpers?|common|base|manager|services?\d*|misc|optimi[sz]ed.*)(_.*)?")
# the settings that every way of running shares are called so by every Django project
ALLOWED_NAMES = {"src/opendibao/config/base.py", "src/opendibao/web/templates/web/base.html"}
JOB_RUNNER = "src/opendibao/config/jobs.py"


def _packages_of_the_page() -> dict[str, str]:
    """docs/layout.md says in one sentence what each package is for."""
    rows = re.findall(r"^\| \d+ \| (.+?) \| (.+?) \|$", (ROOT / "docs" / "layout.md").read_text("utf-8"), re.M)
    found: dict[str, str] = {}
    for left, right in rows:
        names, sentences = re.findall(r"`(\w+)`", left), right.split(" \\| ")
        found |= dict(zip(names, sentences, strict=True))
    return found


def test_every_package_says_what_the_page_says_of_it() -> None:
    written = {folder.name: folder / "__init__.py" for folder in SRC.iterdir() if (folder / "__init__.py").is_file()}
    page = _packages_of_the_page()

    docstrings = {package: ast.get_docstring(tree(file)) for package, file in written.items()}

    assert docstrings == {package: page.get(package) for package in written}


def test_a_module_says_which_business_it_serves() -> None:
    silent = [name(f) for f in modules() if f.read_text("utf-8").strip() and not ast.get_docstring(tree(f))]

    assert silent == []


def test_no_module_is_too_long() -> None:
    long = {name(f): n for f in modules() if (n := len(f.read_text("utf-8").splitlines())) > MODULE_LINES}

    assert long == {}


def _functions(node: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (n for n in ast.walk(node) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))


def test_no_function_is_too_long() -> None:
    long = {
        f"{name(file)}:{found.name}": length
        for file in modules()
        for found in _functions(tree(file))
        if (length := (found.end_lineno or 0) - found.lineno + 1) > FUNCTION_LINES
    }

    assert long == {}


def test_no_file_is_named_after_a_pattern() -> None:
    empty = [name(f) for f in files(SRC) if EMPTY_NAMES.fullmatch(f.stem) and name(f) not in ALLOWED_NAMES]

    assert empty == []


def test_nothing_is_caught_without_a_name() -> None:
    caught = [
        f"{name(file)}:{node.lineno}"
        for file in modules()
        if name(file) != JOB_RUNNER
        for node in ast.walk(tree(file))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")))
    ]

    assert caught == []


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"\b(TODO|FIXME|XXX|raise NotImplementedError)\b")

    assert [name(f) for f, text in texts(SRC) if later.search(text)] == []


def test_no_action_looks_at_the_clock() -> None:
    clock = re.compile(r"\b(date\.today|datetime\.now|datetime\.utcnow|timezone\.now)\(")
    allowed = {
        "src/opendibao/web/middleware.py",  # a request is asked today
        "src/opendibao/web/clock.py",
        "src/opendibao/config/test.py",  # puts the clock to noon
        "src/opendibao/reporting/yearly.py",  # a command is run today; what it writes gets the day as an argument
    }

    assert [name(f) for f, text in texts(SRC) if clock.search(text) and name(f) not in allowed] == []


def test_no_signal_does_something_behind_an_actions_back() -> None:
    # audit.session only denies a fresh connection everything
    signals = re.compile(r"django\.db\.models\.signals|@receiver|post_save|pre_save")

    assert [name(f) for f, text in texts(SRC) if signals.search(text)] == []
