"""申请表的格子: one field of the page: its name, words, what is typed in it, what the registry says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from opendibao.web.act_fields import with_blank
from opendibao.web.intake.new_application_items import Blank, Words
from opendibao.web.intake.new_application_sheet import Row

MODES = {"money": "decimal", "count": "numeric", "measure": "decimal"}
Options = Sequence[tuple[str, object]]


@dataclass(frozen=True)
class Field:
    """A field: `kind` text, money, count, measure, day, id, lines, pick or tick; `was` what the registry says."""

    name: str
    words: str
    value: str = ""
    kind: str = "text"
    options: Options = ()
    hint: str = ""
    fault: str = ""
    was: str = ""
    was_value: str | None = None
    most: int = 60

    @property
    def mode(self) -> str:
        """The keyboard a phone shows."""
        return MODES.get(self.kind, "")

    @property
    def groups(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The options by the heading they stand under, "" where they stand under none."""
        found: list[tuple[str, list[tuple[str, str]]]] = []
        for value, words in self.options:
            if isinstance(words, list | tuple):
                found.append((value, list(words)))
            elif found and not found[-1][0]:
                found[-1][1].append((value, str(words)))
            else:
                found.append(("", [(value, str(words))]))
        return found

    @property
    def is_changed(self) -> bool:
        """Whether something else is typed than the registry says."""
        return self.was_value is not None and self.value != self.was_value

    @property
    def notes(self) -> str:
        """Ids of what belongs to it, for whoever hears the page."""
        ids = [f"{self.name}_note"] * bool(self.hint) + [f"{self.name}_fault"] * bool(self.fault)
        return " ".join([*ids, *[f"{self.name}_was"] * self.is_changed])


def pick(options: Mapping[str, str], *, blank: bool = True) -> Options:
    """The options of a field, after an empty one."""
    return with_blank(list(options.items())) if blank else list(options.items())


def field_of(blank: Blank, row: Row, faults: Mapping[str, str]) -> Field:
    """A field of an item."""
    name = row.at(blank.name)
    options = pick(blank.options or {}) if blank.kind == "pick" else ()
    return Field(
        name, _plain(blank.words), row[blank.name], blank.kind, options, _plain(blank.hint), faults.get(name, "")
    )


def fields_of(blanks: Iterable[Blank], row: Row, faults: Mapping[str, str]) -> list[Field]:
    """The fields of an item."""
    return [field_of(blank, row, faults) for blank in blanks]


def _plain(words: Words) -> str:
    return str(words)
