"""Faults that people make in reports: each plants one in a clean draft and says which findings rightly answer it."""

import importlib
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from tests.evaluation.checkup import clean_texts
from tests.evaluation.checkup.draft import Draft, Para, Row

Plant = Callable[[Draft, random.Random], bool]
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮"


@dataclass(frozen=True)
class Fault:
    """One way of getting a class wrong. `plant` changes the draft, and says False where the style has no such place."""

    id: str
    also: tuple[str, ...]
    plant: Plant
    unseen: bool = False  # held back: nobody fits a rule to it

    @property
    def name(self) -> str:
        """By class and function."""
        return f"{self.id} {self.plant.__name__}"

    @property
    def answers(self) -> frozenset[str]:
        """The ids that answer it rightly."""
        return frozenset((self.id, *self.also))


FAULTS: list[Fault] = []


def fault(name: str, *also: str, unseen: bool = False) -> Callable[[Plant], Plant]:
    """Enter a function as a fault of a class; `also` where another id answers as rightly."""

    def enter(plant: Plant) -> Plant:
        FAULTS.append(Fault(name, also, plant, unseen))
        return plant

    return enter


# ---- what several faults need ----
def swap_text(draft: Draft, tag: str, old: str, new: str) -> bool:
    """Replace a piece in the first paragraph of a tag that has it."""
    for para in draft.paras(tag):
        if old in para.text:
            para.text = para.text.replace(old, new, 1)
            return True
    return False


def add_to(draft: Draft, rng: random.Random, tag: str, sentence: str) -> bool:
    """One more sentence at the end of a paragraph of a tag."""
    paras = [para for para in draft.paras(tag) if not para.level]
    if not paras:
        return False
    rng.choice(paras).text += sentence
    return True


def insert_after(draft: Draft, tag: str, para: Para) -> bool:
    """A paragraph behind the last one of a tag."""
    places = [n for n, block in enumerate(draft.blocks) if isinstance(block, Para) and block.tag == tag]
    if places:
        draft.blocks.insert(places[-1] + 1, para)
    return bool(places)


def body(draft: Draft, *without: str) -> list[Para]:
    """The paragraphs of running text."""
    named = ("title", *without)
    return [b for b in draft.blocks if isinstance(b, Para) and not b.level and b.tag not in named and len(b.text) > 12]


def miss(draft: Draft, row: Row, by: Decimal) -> None:
    """Move a target so that the value just misses it, by a share like 0.01; the score follows in proportion."""
    actual = draft.number(row.actual)
    step = Decimal("0.1") if row.unit == "%" else Decimal(1)
    if row.sign == "≤":
        row.target = (actual * (1 - by) / 10).quantize(Decimal(1)) * 10
    elif row.unit == "次":
        row.target = actual + 1
    else:
        row.target = (actual * (1 + by)).quantize(step) + (step if by < Decimal("0.005") else 0)
    row.reason = row.reason or "年初测算与实际有出入，已在年中说明原因并调整工作安排。"


def can_miss(draft: Draft) -> list[Row]:
    """Number rows whose target may be moved beyond the value and stay possible."""
    return [
        row
        for row in draft.number_rows()
        if row.key in ("rural_m", "urban_m", "rural_p", "urban_p", "accuracy", "entry", "aware", "satisfied")
        and (row.unit != "%" or draft.number(row.actual) < 96)
    ]


def drop_goal(draft: Draft, key: str) -> None:
    """Take the goal of an indicator out of the text."""
    phrase = clean_texts.GOALS[key]
    for para in draft.paras("goal"):
        if phrase in para.text:
            parts = [part for part in para.text.rstrip("。").split("；") if part.lstrip(CIRCLED) != phrase]
            para.text = "；".join(parts) + "。" if parts else ""
    draft.blocks = [b for b in draft.blocks if not (isinstance(b, Para) and b.tag == "goal" and not b.text)]
    for para, mark in zip([p for p in draft.paras("goal") if p.text[0] in CIRCLED], CIRCLED, strict=False):
        para.text = mark + para.text[1:]


def drop_clauses(draft: Draft, name: str) -> None:
    """Take out whatever the text says with a figure, from one stop or semicolon to the next."""
    for para in [b for b in draft.blocks if isinstance(b, Para) and f"«{name}»" in b.text]:
        parts = [part for part in re.split(r"(?<=[。；：])", para.text) if f"«{name}»" not in part]
        para.text = re.sub("[；：]$", "。", "".join(parts))
    draft.blocks = [b for b in draft.blocks if not (isinstance(b, Para) and not b.level and not b.text)]


def drop_indicator(draft: Draft, key: str) -> bool:
    """Take an indicator out, with its goal and its sentence; its weight goes to a neighbour."""
    row = draft.row(key)
    if row is None:
        return False
    others = [one for one in draft.rows if one.level1 == row.level1 and one is not row]
    if not others:
        return False
    others[-1].weight += row.weight
    draft.rows.remove(row)
    drop_goal(draft, key)
    drop_clauses(draft, {"on_time": "months_n", "aware": "aware_n"}[key])
    return True


def lead(text: str) -> str:
    """The number that a problem or a suggestion without a heading begins with."""
    found = re.match(r"（\d+）|[一二三四五六七]是", text)
    return found[0] if found else ""


def renumber(draft: Draft) -> None:
    """Number the headings anew after one was taken out or put in."""
    counts = [0] * 6
    for block in draft.blocks:
        if isinstance(block, Para) and block.level:
            counts[block.level] += 1
            counts[block.level + 1 :] = [0] * (5 - block.level)
            block.mark = draft.mark(block.level, counts[block.level], counts[block.level - 1])


def other_county(draft: Draft, rng: random.Random) -> str:
    """A county that the report is not about."""
    return rng.choice([one for one in clean_texts.COUNTIES if one not in (draft.values["county"], "示范县")])


def all_faults(*, unseen: bool = False) -> list[Fault]:
    """Every fault of every class; with `unseen` those that are held back instead."""
    for name in ("chapters", "claims", "form", "numbers", "other_words", "scores", "sheet", "unseen"):
        importlib.import_module(f"tests.evaluation.checkup.faults_{name}")
    return sorted((one for one in FAULTS if one.unseen is unseen), key=lambda one: one.name)
