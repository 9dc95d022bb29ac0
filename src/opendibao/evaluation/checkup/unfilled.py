"""未填的空: places that a draft leaves to be filled, remarks of its writers, errors of the word processor."""

import re

from opendibao.evaluation.checkup.vocabulary import any_of

_ALONE = any_of("waiting_alone")
_PLACEHOLDERS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<![A-Za-z\d])[XxＸｘ]{2,}(?![A-Za-z])|[×✕╳]{2,}|(?<![A-Za-z\d])[XxＸｘ](?=(?:年|月|日|户|人|万元|元|[%％]|县|市|区|镇|乡|村|分|次|号))",
        r"(?<![≥≤<>=*＊])[*＊]{2,}(?=\s*(?:[%％]|户|人|万?元|[县市区镇乡村]))|某{2,}|(?:此段|此处|此表|此数|本段|该段)[^，。；）)]{0,12}(?:补充|补齐|填|再核|修改)",
        r"_{3,}|＿{3,}|〔\s*〕|【\s*】|（\s*）|\(\s*\)",
        r"[【\[][^】\]]{0,20}(?:批注|修改意见|再核|核实|核对|补充|待补|待填|确认|此处|删去|删除)[^】\]]{0,30}[】\]]",
        r"[（(](?:批注|修改意见|审稿意见)[:：][^）)]*[）)]",
        r"\{\{.*?\}\}|\{%.*?%\}|<<.*?>>|\$\{.*?\}",
        rf"{any_of('waiting')}|(?<![有亟尚仍还])待补(?:全)?(?=[）)\]】。，；]|$)",
        r"(?<![有亟尚仍还])待[^，。；]{0,8}?后?(?:再)?(?:填写|补充|填报|补填|补齐|补上|填入)(?=[。；，）)]|$)",
        r"(?:此处|这里|本段|该段|此数|该数据|此数据|本数据|数据|数字)(?:待|再核|需核|未定|暂缺|暂空|空着|缺)|(?:后续|稍后|另行)补充?(?:填写|完整|进来|上来)",
        rf"[（(\[【〔]\s*{_ALONE}\s*[）)\]】〕]",
        r"[:：]\s*(?:待定|待核实|待完善|待确认|待更新|待统计|未填)\s*(?:[。；，]|$)",
        r"\b(?:T[O]DO|T[B]D|FIXM[E]|Lorem ipsum)\b",
        any_of("word_processor"),
        r"#(?:REF|N/A|DIV/0|VALUE|NAME\?)!?",
    )
)


def placeholder(text: str) -> str:
    """The first place of a text that waits to be filled or cleaned, as written; "" where there is none."""
    return next((found.group() for pattern in _PLACEHOLDERS if (found := pattern.search(text))), "")
