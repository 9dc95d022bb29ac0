"""认人的列: kept as the department wrote them, however wrong; who is meant is found out when rows are linked."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from opendibao.verification.deliveries.reading.sheets import Batch
from opendibao.verification.deliveries.reading.values import EMPTY, LONGEST
from opendibao.verification.deliveries.refusal import DeliveryRefused
from opendibao.verification.sources.adapter import Column

HAN = re.compile(r"[\u4e00-\u9fff]{2}")
DIGITS = re.compile(r"[0-9０-９]{6}")
FEW = 3
"""Of fewer rows than this nothing is said of how a column looks."""


def identity_texts(texts: Sequence[str]) -> list[str]:
    """A column of whom rows are about, tidied: half-width, without what stands for nothing."""
    return [_tidy(text) if not text.isascii() or text in EMPTY else text[:LONGEST] for text in texts]


def _tidy(text: str) -> str:
    return "" if text in EMPTY else unicodedata.normalize("NFKC", text).strip()[:LONGEST]


def refuse_shifted(batch: Batch, columns: Mapping[str, Column]) -> None:
    """Refuse a file whose id numbers are mostly words, or whose names are mostly numbers: its columns are shifted."""
    for name, wrong, said in (("id_number", HAN, "文字"), ("name", DIGITS, "数字")):
        texts = [text for text in batch.columns.get(name, ()) if text]
        odd = sum(wrong.search(text) is not None for text in texts)
        if len(texts) >= FEW and odd * 2 > len(texts):
            raise DeliveryRefused(f"“{columns[name].zh}”一列里多半是{said}，列的位置错了；请部门按约定的顺序重排后重送")
