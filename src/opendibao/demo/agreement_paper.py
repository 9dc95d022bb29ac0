"""演示协议: a signed agreement as the county would scan it, one page; whoever signs does not exist."""

import json
from datetime import date
from importlib.resources import files

from opendibao.reporting import glyphs

TERMS = {
    "代领协议": (
        "甲方（家庭）委托乙方代为到银行支取本家庭的低保金。",
        "乙方支取后当天交到甲方手里，由甲方签收；不收取费用，不代为保管。",
        "甲方可以随时终止委托，告诉乡镇后当天生效。",
    ),
    "银行卡代管协议": (
        "甲方（家庭）把领取低保金的银行卡交给乙方保管，密码由甲方自己掌握。",
        "每次取款由甲方到场或者书面委托，乙方记账，甲方签收；乡镇每年核查一次。",
        "甲方可以随时取回银行卡，乙方当天归还。",
    ),
}
"""What both sides agree, by the agreement's name."""


def agreement_paper(title: str, family: str, other: str, on: date) -> bytes:
    """The agreement as PDF. Raises KeyError for a name that is none of TERMS."""
    import typst

    said = json.dumps(
        {"title": title, "family": family, "other": other, "terms": TERMS[title],
         "day": f"{on.year}年{on.month}月{on.day}日"},
        ensure_ascii=False,
    )  # fmt: skip
    said = glyphs.replaced(said, glyphs.missing(said))
    form = (files("opendibao.demo") / "data" / "agreement.typ").read_bytes()
    pdf = typst.compile(form, font_paths=glyphs.fonts(), sys_inputs={"said": said})
    assert isinstance(pdf, bytes)
    return pdf
