"""银行文件模板: which columns, header, trailer and encoding a bank's file has; every template is a data file."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from opendibao.payment.refusal import PaymentRefused
from opendibao.policy.file_form import read_file
from opendibao.policy.pack import BadPolicy

_PACKAGE = "opendibao.payment.bank_templates"
BEFORE_TEMPLATES = "county-text-2024"
"""How files were written that say of no template that they follow it."""
WHOLE_FILE = {"batch", "month", "sent_on", "day", "count", "yuan", "fen", "sha256"}
LINE = {
    "pay": {"row", "e2e", "household", "holder", "bank", "account", "yuan", "fen", "purpose", "month"},
    "account_check": {"row", "household", "holder", "bank", "account"},
    "result": {"e2e", "holder", "yuan", "word", "booked_on", "code", "reason"},
    "account_answer": {"household", "account", "holder", "word"},
}
"""What a line of each kind of file can say."""
TOTALS = {
    "pay": WHOLE_FILE,
    "account_check": WHOLE_FILE - {"yuan", "fen"},
    "result": {"count", "yuan", "paid_count", "paid_yuan", "returned_count", "returned_yuan", "sha256"},
    "account_answer": {"batch", "count", "ok_count", "sha256"},
}
"""What its first and last lines can say."""
MUST = {
    "pay": {"e2e", "holder", "account"},
    "account_check": {"household", "holder", "account"},
    "result": {"e2e", "yuan", "word", "booked_on", "reason"},
    "account_answer": {"household", "account", "holder", "word"},
}
"""What a line cannot do without."""
PURPOSE_SAMPLE = {"year": "2025", "month": "1", "two_digits": "01", "hotline": "12345"}
"""What the words on the slip may name: year and month of the money, and the number to ask."""
WORDS = {
    "result": {"paid", "returned", "unknown"},
    "account_answer": {"ok", "refused"},
}
"""What the bank's words may mean."""


@dataclass(frozen=True)
class Cell:
    """One cell of a line: a fixed text, or a field; `width` and `max_bytes` count bytes of the file's encoding."""

    zh: str
    text: str
    field: str
    width: int
    is_right: bool
    fill: str
    max_bytes: int


Line = tuple[Cell, ...]


@dataclass(frozen=True)
class BankTemplate:
    """How one kind of file looks (银行文件模板); `source` says who agreed on it, `is_verified` whether it was tried."""

    name: str
    zh: str
    use: str
    kind: str
    encoding: str
    separator: str
    has_headings: bool
    source: str
    is_verified: bool
    header: tuple[Line, ...]
    columns: Line
    trailer: tuple[Line, ...]
    purposes: tuple[str, ...]
    purpose_bytes: int
    words: Mapping[str, str]
    companions: Mapping[str, str]

    @property
    def extension(self) -> str:
        """How the file's name ends."""
        return "xlsx" if self.kind == "xlsx" else "txt" if self.separator in ("|", "") else "csv"

    def companion(self, use: str) -> "BankTemplate":
        """The template of the file that belongs to this one: result, check, answer."""
        return load_template(self.companions[use])


def _cell(said: Mapping[str, Any]) -> Cell:
    return Cell(
        said.get("zh", ""), said.get("text", ""), said.get("field", ""), said.get("width", 0),
        said.get("align") == "right", said.get("fill", " "), said.get("max_bytes", 0),
    )  # fmt: skip


def _template(said: Mapping[str, Any]) -> BankTemplate:
    purpose = said.get("purpose", {"texts": [], "max_bytes": 0})
    lines = {part: tuple(tuple(map(_cell, line)) for line in said.get(part, [])) for part in ("header", "trailer")}
    return BankTemplate(
        said["name"], said["zh"], said["use"], said["kind"], said.get("encoding", "utf-8"), said.get("separator", ""),
        said.get("has_headings", False), said["source"], said["verified"], lines["header"],
        tuple(map(_cell, said["columns"])), lines["trailer"], tuple(purpose["texts"]), purpose["max_bytes"],
        said.get("words", {}), {use: said[use] for use in ("result", "check", "answer") if use in said},
    )  # fmt: skip


def templates_from(texts: Mapping[str, str]) -> dict[str, BankTemplate]:
    """The templates of these files (name → text) by name. Raises BadPolicy naming file, line and place."""
    found = {}
    for file, text in sorted(texts.items()):
        said = read_file(text, file, f"{_PACKAGE}/schema.json")
        if f"{said['name']}.yaml" != file:
            raise BadPolicy(f"{file} 的 name：应与文件名相同，写成“{file.removesuffix('.yaml')}”")
        found[said["name"]] = _checked(_template(said), file)
    for template in found.values():
        _check_companions(template, found)
    return found


def _checked(template: BankTemplate, file: str) -> BankTemplate:
    """Refuse fields that such a file does not know, lacks, or that stand where they cannot be."""
    told = {cell.field for cell in template.columns if cell.field}
    if unknown := sorted(told - LINE[template.use]):
        raise BadPolicy(f"{file} 的 columns：没有“{unknown[0]}”这个字段，可用：{'、'.join(sorted(LINE[template.use]))}")
    if lacking := sorted(MUST[template.use] - told):
        raise BadPolicy(f"{file} 的 columns：缺字段“{lacking[0]}”")
    if template.use == "pay" and not told & {"yuan", "fen"}:
        raise BadPolicy(f"{file} 的 columns：缺金额，写 yuan（元）或 fen（分）")
    for part, lines in (("header", template.header), ("trailer", template.trailer)):
        totals = {cell.field for line in lines for cell in line if cell.field}
        if unknown := sorted(totals - TOTALS[template.use]):
            raise BadPolicy(f"{file} 的 {part}：没有“{unknown[0]}”这个字段，可用：{_fields(template.use)}")
    _check_seal(template, file)
    _check_purposes(template, file)
    if unknown := sorted(set(template.words.values()) - WORDS.get(template.use, set())):
        raise BadPolicy(f"{file} 的 words：“{unknown[0]}”不认识，可用：{'、'.join(sorted(WORDS[template.use]))}")
    return template


def _check_purposes(template: BankTemplate, file: str) -> None:
    for text in template.purposes:
        try:
            text.format(**PURPOSE_SAMPLE)
        except (KeyError, IndexError, ValueError):
            raise BadPolicy(f"{file} 的 purpose.texts：“{text}”里只能用{{{'}、{'.join(PURPOSE_SAMPLE)}}}") from None


def _fields(use: str) -> str:
    return "、".join(sorted(TOTALS[use]))


def _check_seal(template: BankTemplate, file: str) -> None:
    """A checksum covers what stands before it, so it is the last cell of a text file; a fixed line has widths."""
    cells = [cell for line in (*template.header, *template.trailer) for cell in line]
    sealed = [place for place, cell in enumerate(cells) if cell.field == "sha256"]
    if sealed and (template.kind != "text" or sealed != [len(cells) - 1] or not template.trailer):
        raise BadPolicy(f"{file} 的 trailer：sha256 只能是文本文件最后一行的最后一格")
    if template.use in ("result", "account_answer") and not sealed:
        raise BadPolicy(f"{file} 的 trailer：最后一格应是 sha256，否则认不出文件是否完整")
    loose = [cell.field for cell in (*cells, *template.columns) if cell.field and not cell.width]
    if template.kind == "text" and not template.separator and loose:
        raise BadPolicy(f"{file} 的 {loose[0]}：定长文件的每个字段都要写 width")


def _check_companions(template: BankTemplate, found: Mapping[str, BankTemplate]) -> None:
    uses = {"result": "result", "check": "account_check", "answer": "account_answer"}
    for key, name in template.companions.items():
        if name not in found or found[name].use != uses[key]:
            raise BadPolicy(f"{template.name}.yaml 的 {key}：没有这种用途的模板“{name}”")


@lru_cache(maxsize=1)
def _known() -> dict[str, BankTemplate]:
    folder = files(_PACKAGE)
    return templates_from({f.name: f.read_text("utf-8") for f in folder.iterdir() if f.name.endswith(".yaml")})


def templates() -> list[BankTemplate]:
    """Every template there is, by name."""
    return [_known()[name] for name in sorted(_known())]


def load_template(name: str) -> BankTemplate:
    """The template of that name (empty: that of files from before there were templates). Raises PaymentRefused."""
    found = _known().get(name or BEFORE_TEMPLATES)
    if found is None:
        usable = "、".join(each.name for each in templates() if each.use == "pay")
        raise PaymentRefused(f"没有银行文件模板“{name}”，请在参数“代发文件模板”里改成其中之一：{usable}")
    return found
