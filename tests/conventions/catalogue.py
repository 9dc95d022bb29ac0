"""Keeps the English catalogue of the pages: extracts every text, keeps what is translated, compiles it.

`python -m tests.conventions.catalogue` writes the .po and .mo files; a test holds both against the pages. Babel does
it, so that no machine needs the system's gettext.
"""

import io
from collections.abc import Iterator
from datetime import UTC, datetime

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tests.conventions.sources import SRC

FOLDER = SRC / "web" / "locale" / "en" / "LC_MESSAGES"
PO, MO = FOLDER / "django.po", FOLDER / "django.mo"
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
CHANGING = ('"POT-Creation', '"PO-Revision', '"Generated', '"Report-Msgid', '"Last-Tr', '"Project', "#, fuzzy")
DATED = datetime(2025, 1, 1, tzinfo=UTC)
HEAD = "# English texts of the pages. The msgid is the Chinese text as it stands on the page.\n#"


def _sources() -> Iterator[tuple[str, bytes]]:
    """Python as it is; templates as the Python that calls gettext for their texts."""
    from django.utils.translation.template import templatize

    for file in sorted((SRC / "web").rglob("*.py")):
        yield str(file.relative_to(SRC)), file.read_bytes()
    for file in sorted((SRC / "web" / "templates").rglob("*.html")):
        yield str(file.relative_to(SRC)), templatize(file.read_text("utf-8")).encode()


def extracted() -> Catalog:
    """Every text of the pages, with where it stands."""
    found = Catalog(locale="en", charset="utf-8", header_comment=HEAD)
    for name, source in _sources():
        for line, message, comments, context in extract("python", io.BytesIO(source), KEYWORDS):
            found.add(message, locations=[(name, line)], auto_comments=comments, context=context)
    return found


def kept() -> Catalog:
    """The catalogue as it lies in the project."""
    if not PO.exists():
        return Catalog(locale="en")
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def updated() -> Catalog:
    """What is translated, over the texts of today; nothing is guessed."""
    catalogue = kept()
    catalogue.update(extracted(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.header_comment = HEAD
    return catalogue


def po_bytes(catalogue: Catalog) -> bytes:
    """The catalogue as a .po file, without lines and dates that change by themselves."""
    written = io.BytesIO()
    write_po(written, catalogue, omit_header=False, no_location=True, sort_output=True, width=0)
    lines = written.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(CHANGING)).encode()


def mo_bytes(catalogue: Catalog) -> bytes:
    """The catalogue as the .mo file that Django reads; its dates stand still, so that the same texts give it again."""
    catalogue.creation_date = catalogue.revision_date = DATED
    written = io.BytesIO()
    write_mo(written, catalogue)
    return written.getvalue()


def main() -> None:
    """Write both files and say what is missing."""
    catalogue = updated()
    FOLDER.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(po_bytes(catalogue))
    MO.write_bytes(mo_bytes(kept()))
    missing = [one for one in catalogue if one.id and not one.string]
    print(f"{len(catalogue)} texts, {len(missing)} without translation")


if __name__ == "__main__":
    main()
