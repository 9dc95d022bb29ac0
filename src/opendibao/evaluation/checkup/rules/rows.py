"""各行之间: an indicator in the wrong class, one reason for several, one indicator twice, a cap against 应保尽保."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from opendibao.evaluation.checkup.catalogue import Hit, check
from opendibao.evaluation.checkup.fact import Fact
from opendibao.evaluation.checkup.finding import Place, Severity
from opendibao.evaluation.checkup.report import Report
from opendibao.evaluation.checkup.sheet_table import SheetLine

_SHORTEST_REASON = 6
_REFERS = re.compile(
    r"^(?:未达到指标值，?)?(?:原因(?:分析)?(?:和|及)?(?:改进)?措施)?(?:详)?见.{0,16}$|^同上$|另附|见正文|见第"
)
_ALL_COVERED = re.compile(
    r"应保尽保|应纳尽纳|应救尽救|应助尽助|一个(?:也|都)?不[漏少]|一户(?:也|都)?不[漏少]|不漏一[户人]"
)
_PEOPLE = re.compile(r"人数|户数|对象|保障|低保|救助|规模")
_COVERAGE = re.compile(
    r"(?:覆盖|保障)(?:面|率|比例)|低保率|占[^，。]{0,8}人口|(?:低保|保障)(?:人口|对象)[^，。]{0,4}(?:占比|比例|比重)"
)
_OTHER_PEOPLE = re.compile(r"培训|经办|工作人员|投诉|差错|违规|错保|漏保|死亡|特困|临时")


@check("W09", Severity.WARNING, "指标归类不对")
def wrong_class(report: Report) -> Iterator[Hit]:
    """What an indicator measures decides the class it belongs to."""
    for line in report.sheet.lines if report.sheet else ():
        for kind in _kinds():
            if re.search(kind["words"], line.name) and not re.search(kind.get("except", r"^$"), line.name):
                if line.level2 and re.search(kind["not_under"], line.level2):
                    zh = f"“{line.name}”{kind['because']}，不是{line.level2}。请归到{kind['belongs']}"
                    yield Hit(zh, line.place)
                break


@check("W16", Severity.WARNING, "不同指标的偏差原因一模一样")
def one_reason_for_all(report: Report) -> Iterator[Hit]:
    """Each indicator missed its target for a reason of its own."""
    groups: dict[str, list[SheetLine]] = {}
    for line in report.sheet.lines if report.sheet else ():
        reason = re.sub(r"[\s，。；、,;.]", "", line.reason)
        if len(reason) >= _SHORTEST_REASON and not _REFERS.search(line.reason):
            groups.setdefault(reason, []).append(line)
    for lines in groups.values():
        if len(lines) > 1:
            names = "、".join(f"第{line.number}行“{line.name}”" for line in lines)
            zh = f"{names}共{len(lines)}个指标的偏差原因和改进措施完全一样。请按每个指标的实际情况分别写"
            yield Hit(zh, lines[0].place)


@check("W17", Severity.DESIGN, "给保障人数设上限，与应保尽保矛盾")
def cap_on_people(report: Report) -> Iterator[Hit]:
    """A ceiling on persons cannot stand beside the goal that all who are entitled are covered."""
    sheet = report.sheet
    lines = sheet.lines if sheet else ()
    covered = next((line.name for line in lines if _ALL_COVERED.search(line.name + line.target_text)), "")
    if not covered and not _ALL_COVERED.search(report.text):
        return
    goal = f"“{covered}”" if covered else "正文里应保尽保的目标"
    remedy = "符合条件的多了，反而算没有完成。请改为应保尽保率一类的指标，人数只作参考"
    for line in lines:
        if _caps_people(line):
            yield Hit(f"指标值{line.target_text}给保障人数设了上限，与{goal}矛盾：{remedy}", line.place)
    for fact in report.facts:
        if _caps_in_words(fact):
            yield Hit(f"“{fact.clause}”给保障人数设了上限，与{goal}矛盾：{remedy}", Place(fact.block))


def _caps_in_words(fact: Fact) -> bool:
    """Whether a sentence, not one that repeats the table, puts a ceiling on those who are covered."""
    quantity = fact.quantity
    if quantity.sign not in ("≤", "＜") or quantity.base_unit not in ("人", "户") or "指标值" in fact.sentence:
        return False
    told = f"{fact.about}{fact.after}"
    return (
        re.search(r"低保|保障|在保", told) is not None
        and _OTHER_PEOPLE.search(told) is None
        and "不足" not in quantity.text
    )


def _caps_people(line: SheetLine) -> bool:
    target = line.target
    if target is None or target.sign not in ("≤", "＜"):
        return False
    if target.base_unit == "%":
        return _COVERAGE.search(line.name) is not None
    if target.base_unit not in ("人", "户", "人次"):
        return False
    return _PEOPLE.search(line.name) is not None and _OTHER_PEOPLE.search(line.name) is None


@check("C12", Severity.ERROR, "同一个指标写了两行")
def twice(report: Report) -> Iterator[Hit]:
    """An indicator is counted once."""
    sheet = report.sheet
    seen: dict[str, SheetLine] = {}
    for line in (*([sheet.execution] if sheet.execution else []), *sheet.lines) if sheet else ():
        name = re.sub(r"[\s，。；、,;.（）()“”\"]", "", line.name)
        if name in seen:
            zh = f"与另一行“{seen[name].name}”是同一个指标，分值算了两次。请删去一行，或者写明两行各量什么，并调整分值"
            yield Hit(zh, line.place)
        else:
            seen[name] = line


@cache
def _kinds() -> list[dict[str, Any]]:
    text = (files("opendibao.evaluation.checkup.rules") / "classes.yaml").read_text("utf-8")
    kinds: list[dict[str, Any]] = yaml.safe_load(text)
    return kinds
