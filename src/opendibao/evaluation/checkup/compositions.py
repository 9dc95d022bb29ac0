"""合计和分项: totals that a paragraph gives with their parts, told by 其中, by 农村 and 城镇, or by 合计 after them."""

import re
from collections.abc import Iterator, Sequence

from opendibao.evaluation.checkup.fact import Composition, Fact

_OPENS = re.compile(
    r"其中|包括|分别(?:是|为)|由以下|构成(?:是|为|：)|[户人件元次][^，。；\d]{1,12}中[，,：]"
    r"|(?<=[，。；])(?P<named>支出|发放|资金|保障对象|低保对象|收入)中[，,：]"
)
_ADDED_UP = re.compile(r"(?:合计|共计|总计|累计共?|两项(?:合计|共)|总共)(?:为|是|发放|支出|保障)?[^，。；]{0,12}$")
_ELSE_OF_TOTAL = re.compile(r"新增|核减|退出|清退|人均|户均|占|标准|增长|下降|指标值|上年|去年")
# with these words the sentence speaks of something else than a part
_ELSE = re.compile(
    r"同比|环比|[较比]上年|[较比]去年|增长|下降|占|人均|户均|平均|标准|全年(?:共)?(?:新增|核减|退出)|新增|核减|退出|清退"
    r"|完成率|执行率|到位率|执行数|样本|区间|偏差|相差|共(?:有|计|发|支)|合计|总计|另|以上|年初|年末"
)
RURAL, URBAN = re.compile(r"农村|农低|村居民"), re.compile(r"城镇|城市|城低|市居民")
# parts that make a whole by their meaning, however the sentence joins them
WHOLES = (
    (RURAL, URBAN),
    (re.compile("男"), re.compile("女")),
    (re.compile(r"老年|老人|60岁"), re.compile(r"(?<!未)成年|劳动年龄"), re.compile(r"未成年|儿童")),
    (re.compile(r"一季度|第1季度"), re.compile("二季度"), re.compile("三季度"), re.compile("四季度")),
    (re.compile("上半年"), re.compile("下半年")),
    (re.compile(r"上级|中央"), re.compile(r"本级|地方|县级|县本级|配套")),
    (re.compile("中央"), re.compile(r"省(?:级|本级|财政|资金)"), re.compile(r"[市县区](?:级|本级|财政|县|资金)")),
)
_WHOLE = re.compile(r"全县|全区|全市|城乡|共|合计|总")
_NEAR = 60  # characters between a total and its first part, or between two parts


def compositions_in(facts: Sequence[Fact], text: str) -> Iterator[Composition]:
    """The compositions of one paragraph, each total once for a unit."""
    taken: set[int] = set()
    for unit in dict.fromkeys(_kind(fact) for fact in facts):
        alike = [fact for fact in facts if _kind(fact) == unit and fact.quantity.unit]
        for found in (*_opened(alike, text), *_added_up(alike), *_by_meaning(alike)):
            if found.total.at not in taken and not taken & {part.at for part in found.parts}:
                taken |= {found.total.at, *(part.at for part in found.parts)}
                yield found


def _kind(fact: Fact) -> str:
    return fact.quantity.base_unit if fact.quantity.base_unit != "%" else ""


def _opened(facts: Sequence[Fact], text: str) -> Iterator[Composition]:
    """…412.30万元，其中：农村…，城镇…: the last number before the word is the total, those after it its parts."""
    for opening in _OPENS.finditer(text):
        total = _before(facts, opening, text)
        closer = next((one.start() for one in _OPENS.finditer(text, opening.end())), len(text))
        parts = _parts([fact for fact in facts if opening.end() <= fact.at < closer], opening.end(), text)
        if total is not None and len(parts) > 1:
            yield Composition(total, parts)


def _before(facts: Sequence[Fact], opening: re.Match[str], text: str) -> Fact | None:
    """The total that a word like 其中 or 支出中 speaks of; None where something else is told in between."""
    before = [fact for fact in facts if fact.at < opening.start()]
    if named := opening["named"]:
        return next((fact for fact in reversed(before) if named in fact.about), None)
    if not before:
        return None
    between = text[before[-1].at : opening.start()]
    return None if len(re.findall(r"[。；;]", between)) > 1 or len(between) > 40 else before[-1]


def _parts(after: Sequence[Fact], opening: int, text: str) -> tuple[Fact, ...]:
    parts: list[Fact] = []
    end = opening
    for fact in after:
        between = text[end : fact.at]
        if "。" in between or _ELSE.search(fact.about) or len(between) > _NEAR:
            break
        parts.append(fact)
        end = fact.at
    return tuple(parts)


def _added_up(facts: Sequence[Fact]) -> Iterator[Composition]:
    """农村…万元，城镇…万元，合计…万元: the parts come first, in the sentence of their total."""
    for at, total in enumerate(facts):
        if at < 2 or not _ADDED_UP.search(total.about):
            continue
        parts: list[Fact] = []
        for fact in reversed(facts[:at]):
            if (
                fact.sentence != total.sentence
                or _ELSE.search(fact.about)
                or (parts and parts[-1].at - fact.at > _NEAR)
            ):
                break
            parts.append(fact)
        if len(parts) > 1:
            yield Composition(total, tuple(reversed(parts)))


def _by_meaning(facts: Sequence[Fact]) -> Iterator[Composition]:
    """共…户，农村…户，城镇…户 without the word 其中: a number, then every kind of part that makes a whole."""
    for words in WHOLES:
        for at, total in enumerate(facts):
            if any(word.search(total.about) for word in words) or _ELSE_OF_TOTAL.search(total.about):
                continue
            parts = _run(facts[at + 1 :], words, total)
            if len(parts) > 1 and all(any(word.search(part.about) for part in parts) for word in words):
                yield Composition(total, parts)


def _run(facts: Sequence[Fact], words: Sequence[re.Pattern[str]], total: Fact) -> tuple[Fact, ...]:
    """The numbers right after a total that are each told to be a part of one kind."""
    parts: list[Fact] = []
    before = total
    for fact in facts:
        part = sum(bool(word.search(fact.about)) for word in words) == 1
        if not part or _ELSE.search(fact.about) or fact.at - before.at > _NEAR:
            break
        if fact.sentence != (parts[0] if parts else total).sentence and (parts or not _WHOLE.search(total.about)):
            break  # 全县低保对象750人。农村低保610人，城镇低保140人: a sentence may lie between
        parts.append(fact)
        before = fact
    return tuple(parts)
