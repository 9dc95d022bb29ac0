"""姓名简拼: the pinyin initials by which a name is found; surnames are read as surnames."""

import os
from functools import lru_cache

COMPOUND = {"尉迟": "yc", "万俟": "mq", "长孙": "zs", "澹台": "tt", "单于": "cy"}
SURNAME = {
    "单": "s", "曾": "z", "仇": "q", "解": "x", "查": "z", "区": "o", "翟": "z", "覃": "q", "乐": "y", "秘": "b",
    "种": "c", "繁": "p", "折": "s", "召": "s", "冼": "x", "洗": "x", "朴": "p", "隗": "w", "祭": "z", "粘": "n",
}  # fmt: skip
"""Characters that are read otherwise in a surname than in a word."""


@lru_cache(maxsize=8192)
def _initial(character: str) -> str:
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # single characters need no dictionary of phrases
    from pypinyin import Style, lazy_pinyin  # slow to load, so only when the first name is entered

    return lazy_pinyin(character, style=Style.FIRST_LETTER)[0][:1].lower()


def initials(name: str) -> str:
    """Lower-case initials of a name, one per character; signs between them are left out: 单秀英 → sxy."""
    characters = "".join(character for character in name if character.isalnum())
    head = COMPOUND.get(characters[:2]) or SURNAME.get(characters[:1], "")
    return head + "".join(_initial(character) for character in characters[len(head) :])
