"""表样: the ministry's and the trade's forms of a sheet as data: blocks with their weights, execution block, grades."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from opendibao.evaluation import scale
from opendibao.evaluation.scoring import short


class UnknownForm(LookupError):
    """No form of this name."""


@dataclass(frozen=True)
class Block:
    """A first-level block: its weight (None: the county decides) and the indicators it takes, by their first level."""

    level1: str
    weight: Decimal | None
    takes: tuple[str, ...]


@dataclass(frozen=True)
class Least:
    """Blocks that must weigh so much together."""

    levels: tuple[str, ...]
    weight: Decimal


@dataclass(frozen=True)
class SheetForm:
    """A form of a sheet (表样): where it comes from, what stands in it, whether that was checked with the text."""

    code: str
    zh: str
    source: str
    is_verified: bool
    note: str
    grade_scheme: str
    execution_weight: Decimal
    is_execution_inside: bool
    blocks: tuple[Block, ...]
    least: Least | None = None

    def block_of(self, level1: str) -> Block | None:
        """The block that takes indicators of a first level; None where none does."""
        return next((block for block in self.blocks if level1 in block.takes), None)

    def place(self, level1: str, level2: str) -> tuple[str, str]:
        """Where an indicator stands in this form: first and second level as printed."""
        block = self.block_of(level1)
        if block is None or block.level1 == level1:
            return level1, level2
        return block.level1, level1  # what is a block elsewhere is a second level here

    def order(self, level1: str) -> int:
        """The place of a first level among the blocks; what no block takes stands last."""
        block = self.block_of(level1)
        return self.blocks.index(block) if block else len(self.blocks)

    def misfits(self, weighed: Iterable[tuple[str, str, Decimal]]) -> list[str]:
        """What of a sheet's rows (name, first level, weight) does not fit the form, each in a sentence."""
        sums: dict[str, Decimal] = {}
        said = []
        for name, level1, weight in weighed:
            block = self.block_of(level1)
            if block is not None:
                sums[block.level1] = sums.get(block.level1, Decimal(0)) + weight
            elif weight:
                said.append(f"“{name}”属于{level1}，表样“{self.zh}”没有这一类，请改分值为0、移出或换表样")
        said += [words for block in self.blocks if (words := _off(block, sums.get(block.level1, Decimal(0))))]
        together = sum((sums.get(one, Decimal(0)) for one in self.least.levels), Decimal(0)) if self.least else None
        if self.least and together is not None and together < self.least.weight:
            levels = "、".join(self.least.levels)
            said.append(f"{levels}合计{short(together)}分，表样要求不低于{short(self.least.weight)}分")
        return said


def _off(block: Block, found: Decimal) -> str:
    if block.weight is None or found == block.weight:
        return ""
    gap = found - block.weight
    more = f"多{short(gap)}分" if gap > 0 else f"还差{short(-gap)}分"
    return f"{block.level1}现在合计{short(found)}分，表样要求{short(block.weight)}分，{more}"


@cache
def sheet_forms() -> Mapping[str, SheetForm]:
    """Every form by code, in the order of their files' names."""
    folder = files("opendibao.evaluation") / "forms"
    found = sorted((one for one in folder.iterdir() if one.name.endswith(".yaml")), key=lambda one: one.name)
    forms = [_form(one.name.removesuffix(".yaml"), yaml.safe_load(one.read_text("utf-8"))) for one in found]
    return {form.code: form for form in forms}


def sheet_form(code: str) -> SheetForm:
    """One form; raises UnknownForm naming those that there are."""
    found = sheet_forms().get(code)
    if found is None:
        raise UnknownForm(f"没有名为“{code}”的表样，可用的有：{'、'.join(sheet_forms())}")
    return found


def _form(code: str, raw: Mapping[str, Any]) -> SheetForm:
    least = raw.get("least")
    if raw["grade_scheme"] not in scale.grade_cuts():
        raise ValueError(f"表样{code}：没有名为“{raw['grade_scheme']}”的等级办法")
    return SheetForm(
        code, raw["zh"], raw["source"], raw["verified"], raw["note"], raw["grade_scheme"],
        Decimal(str(raw["execution_weight"])), raw["execution_inside"], tuple(_block(one) for one in raw["blocks"]),
        Least(tuple(least["levels"]), Decimal(str(least["weight"]))) if least else None,
    )  # fmt: skip


def _block(raw: Mapping[str, Any]) -> Block:
    weight = raw["weight"]
    return Block(raw["level1"], None if weight is None else Decimal(str(weight)), tuple(raw["takes"]))
