"""The figures of the demonstration stand in its targets file, in docs and in tests, and nowhere else."""

import re

from tests.conventions.sources import ROOT, name, texts

TARGETS = "src/opendibao/demo/targets/"
# what the report must say and what only the ledger may find; the small ones are words of their own elsewhere
FIGURES = ("5427", "10427", "5277", "9737", "4519", "8520", "1217", "1483", "5331.78", "968.59", "6300.38", "6300.37",
           "5330", "89.96", "99.96")  # fmt: skip
SMALL = ("436", "793", "586", "758")


def _pattern(figures: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(re.escape(f) for f in figures)
    return re.compile(rf"(?<![\d.\w])(?:{words})(?![\d\w]|\.\d)")


def _found(figures: tuple[str, ...]) -> list[str]:
    places = []
    for folder in ("src", "benchmarks", ".ci"):
        for file, text in texts(ROOT / folder):
            # division codes and names of real places are lists of their own
            if name(file).startswith(TARGETS) or file.suffix == ".csv":
                continue
            flat = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)
            places += [f"{name(file)}: {hit.group(0)}" for hit in _pattern(figures).finditer(flat)]
    return places


def test_no_figure_of_the_report_is_written_into_the_product() -> None:
    assert _found(FIGURES) == []


def test_nor_are_the_small_ones() -> None:
    assert _found(SMALL) == []
