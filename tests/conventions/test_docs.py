"""The pages for people: links lead somewhere, decisions are short and dated, the vocabulary is complete."""

import re

import pytest

from tests.conventions.sources import ROOT, name

PAGES = [*sorted((ROOT / "docs").rglob("*.md")), *sorted(ROOT.glob("*.md"))]
ADRS = sorted((ROOT / "docs" / "adr").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_somewhere(page) -> None:  # type: ignore[no-untyped-def]
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.S)
    links = [target.partition("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text)]

    assert [t for t in links if t and "://" not in t and not (page.parent / t).exists()] == []


def test_a_decision_has_four_parts_a_day_and_at_most_four_hundred_words() -> None:
    for page in ADRS:
        text = page.read_text("utf-8")
        assert re.findall(r"^## (.+)$", text, re.M) == ["Context", "Options", "Decision", "Consequences"], page.name
        assert re.search(r"^20\d\d-\d\d-\d\d · (accepted|superseded by \d{4})$", text, re.M), page.name
        assert len(text.split()) <= 400, page.name


def test_decisions_are_numbered_without_a_hole() -> None:
    assert [int(page.name[:4]) for page in ADRS] == list(range(1, len(ADRS) + 1))


def test_the_first_page_speaks_chinese_and_english_and_names_both_commands() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    chinese, english = text.split("\n# In English\n")

    for half in (chinese, english):
        assert "make demo" in half
        assert "make test" in half


def test_every_make_target_says_what_it_does() -> None:
    lines = (ROOT / "Makefile").read_text("utf-8").splitlines()
    wanted = next(line for line in lines if line.startswith(".PHONY:")).split()[1:]
    told = {m[1] for line in lines if (m := re.match(r"([a-z-]+):.*## \S", line))}

    assert set(wanted) == told


def test_ci_calls_the_same_commands_as_people() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")

    assert "make check" in script
    assert "make test" in script
    assert "demo SERVE=0" in script


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")

    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text
