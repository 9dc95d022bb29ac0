"""A county without the internet sees the same pages; a county behind a mirror installs the same bytes."""

import re

from tests.conventions.sources import ROOT, SRC, name, texts

ADDRESS = re.compile(r"(?:https?:)?//[\w.-]+\.\w{2,}[^\s\"'<>)]*")
# names of formats, never fetched
NAMESPACES = re.compile(
    r"https?://(www\.w3\.org|schemas\.(openxmlformats|microsoft)\.(org|com)|json-schema\.org|purl\.org)/"
)
REGISTRIES = re.compile(r"pypi\.org|pythonhosted|tuna\.tsinghua|aliyun|npmjs|unpkg|jsdelivr|cdnjs|googleapis")
MACHINE = re.compile(r"(?<![\w.])/(work|home|root)/")
# this file must write what it looks for
_SELF = "tests/conventions/test_offline.py"


def test_pages_documents_and_styles_fetch_nothing_from_elsewhere() -> None:
    kinds = {".html", ".css", ".js", ".typ", ".svg", ".md"}
    found = [
        f"{name(file)}: {hit.group(0)}"
        for file, text in texts(SRC)
        if file.suffix in kinds
        for hit in ADDRESS.finditer(text)
        if not NAMESPACES.match(hit.group(0)) and "sourceMappingURL" not in hit.group(0)
    ]

    assert found == []


def test_no_file_names_a_registry_or_a_place_on_somebodys_machine() -> None:
    found = [
        f"{name(file)}: {hit.group(0)}"
        for file, text in texts()
        if name(file) != _SELF
        for pattern in (REGISTRIES, MACHINE)
        for hit in pattern.finditer(text)
    ]

    assert found == []


def test_no_test_reads_what_lies_outside_the_project() -> None:
    outside = re.compile(r"\.\./shared|work/shared")

    assert [name(f) for f, text in texts(ROOT / "tests") if name(f) != _SELF and outside.search(text)] == []


def test_what_is_installed_is_named_by_version_and_hash_and_no_host() -> None:
    for file in sorted((ROOT / "requirements").glob("*.txt")):
        text = file.read_text("utf-8")
        wanted = [line for line in text.splitlines() if re.match(r"[A-Za-z0-9]", line)]
        blocks = re.split(r"\n(?=[A-Za-z0-9])", text)
        assert wanted, file.name
        assert all("==" in line for line in wanted), file.name
        assert [b.splitlines()[0] for b in blocks if re.match(r"[A-Za-z0-9]", b) and "--hash=sha256:" not in b] == []
        assert not re.search(r"https?://|index-url|find-links", text), file.name
