"""Word的段落: what a paragraph says, line by line, and the traces of the word processor in it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from opendibao.evaluation.checkup.reading.word_names import ID, MATH, MC, PARAGRAPH, W, is_on

SHOWN = 30
GO_BACK = "_GoBack"
FIELD_ERROR = re.compile(r"错误[!！]\s*[^，。；、\s]{2,20}|Error! [A-Za-z ]{5,60}")
# Wingdings and Symbol signs that reports use as boxes and marks; others say nothing
SIGNS = {
    **dict.fromkeys(("F052", "F0FE"), "☑"),
    **dict.fromkeys(("F0A8", "F06F", "F0A3"), "□"),
    "F0FD": "☒",
    "F0FC": "√",
    "F0B3": "≥",
    "F0B1": "±",
    "F0B4": "×",
}
NOTHING = {f"{W}{name}" for name in (
    "pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "instrText", "delInstrText", "fldData", "rt",
    "tblPr", "rPrChange", "pPrChange", "sectPr",
)}  # fmt: skip


@dataclass
class Said:
    """What a paragraph says: its lines, its traces, the text boxes that hang on it."""

    lines: list[str] = field(default_factory=lambda: [""])
    leftovers: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)

    def trace(self, kind: str, text: str) -> None:
        """Note a trace; a change that Word keeps in several pieces is one."""
        if self.leftovers and self.leftovers[-1][0] == kind and kind not in ("批注", "书签"):
            self.leftovers[-1] = (kind, self.leftovers[-1][1] + text)
        else:
            self.leftovers.append((kind, text))

    def traces(self) -> tuple[str, ...]:
        """The traces in words, each once."""
        found = [f"{kind}：{_short(text)}" for kind, text in self.leftovers]
        found += [f"域错误：{one}" for line in self.lines for one in FIELD_ERROR.findall(line)]
        return tuple(dict.fromkeys(found))


def _short(text: str) -> str:
    bare = " ".join(text.split())
    return bare if len(bare) <= SHOWN else f"{bare[:SHOWN]}…"


class ParagraphReader:
    """Reads paragraphs; `comments` are the texts of the file's comments by their ids."""

    def __init__(self, comments: Mapping[str, str]) -> None:
        self._comments = comments

    def read(self, paragraph: Element) -> Said:
        """What a paragraph says."""
        said = Said()
        self._inner(paragraph, said)
        return said

    def _inner(self, element: Element, said: Said) -> None:
        for child in element:
            if child.tag in NOTHING:
                continue
            if handle := HANDLERS.get(child.tag):
                handle(self, child, said)
            else:
                self._inner(child, said)

    def _text(self, element: Element, said: Said) -> None:
        said.lines[-1] += element.text or ""

    def _run(self, run: Element, said: Said) -> None:
        if not is_on(run.find(f"{W}rPr"), "vanish"):
            self._inner(run, said)
            return
        hidden = Said()
        self._inner(run, hidden)
        if text := "".join(hidden.lines).strip():
            said.trace("隐藏文字", text)

    def _break(self, element: Element, said: Said) -> None:
        said.lines.append("")

    def _inserted(self, element: Element, said: Said) -> None:
        new = Said()
        self._inner(element, new)
        if text := " ".join(new.lines).strip():
            said.trace("修订插入", text)
        self._inner(element, said)

    def _deleted(self, element: Element, said: Said) -> None:
        gone = (one.text or "" for one in element.iter() if one.tag in (f"{W}delText", f"{W}t"))
        if text := "".join(gone).strip():
            said.trace("修订删除", text)

    def _bookmark(self, element: Element, said: Said) -> None:
        if (name := element.get(f"{W}name", "")) == GO_BACK:
            said.trace("书签", name)

    def _comment(self, element: Element, said: Said) -> None:
        said.trace("批注", self._comments.get(element.get(ID, ""), "（没有内容）"))

    def _sign(self, element: Element, said: Said) -> None:
        said.lines[-1] += SIGNS.get(element.get(f"{W}char", "").upper(), "")

    def _alternate(self, element: Element, said: Said) -> None:
        """The same drawing in a new and an old form: one of them."""
        chosen = element.find(f"{MC}Choice")
        chosen = element.find(f"{MC}Fallback") if chosen is None or not len(chosen) else chosen
        if chosen is not None:
            self._inner(chosen, said)

    def _box(self, element: Element, said: Said) -> None:
        said.boxes.append(element)

    def _another(self, element: Element, said: Said) -> None:
        """A paragraph inside a paragraph, as in a drawing: its text is not this one's."""

    def _tab(self, element: Element, said: Said) -> None:
        said.lines[-1] += "\t"

    def _dash(self, element: Element, said: Said) -> None:
        said.lines[-1] += "-"


Handle = Callable[[ParagraphReader, Element, Said], None]
HANDLERS: dict[str, Handle] = {
    f"{W}r": ParagraphReader._run,
    f"{W}t": ParagraphReader._text,
    f"{MATH}t": ParagraphReader._text,
    f"{W}tab": ParagraphReader._tab,
    f"{W}ptab": ParagraphReader._tab,
    f"{W}br": ParagraphReader._break,
    f"{W}cr": ParagraphReader._break,
    f"{W}noBreakHyphen": ParagraphReader._dash,
    f"{W}sym": ParagraphReader._sign,
    f"{W}ins": ParagraphReader._inserted,
    f"{W}moveTo": ParagraphReader._inserted,
    f"{W}del": ParagraphReader._deleted,
    f"{W}moveFrom": ParagraphReader._deleted,
    f"{W}bookmarkStart": ParagraphReader._bookmark,
    f"{W}commentReference": ParagraphReader._comment,
    f"{MC}AlternateContent": ParagraphReader._alternate,
    f"{W}txbxContent": ParagraphReader._box,
    PARAGRAPH: ParagraphReader._another,
}
