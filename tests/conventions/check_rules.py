"""Writes docs/check-up-rules.md: every rule of the check-up with its id, how much it matters and what it looks for.

`python -m tests.conventions.check_rules` writes the page; tests/conventions/test_check_rules.py holds it.
"""

from collections.abc import Iterator

from opendibao.evaluation.checkup.catalogue import Check, checks
from opendibao.evaluation.checkup.finding import SEVERITIES
from tests.conventions.sources import ROOT

PAGE = ROOT / "docs" / "check-up-rules.md"
_HEAD = """# 报告体检的规则 · Rules of the check-up

由 `make docs` 从程序里的规则生成，不手改。怎样体检见[报告体检](guide/check-up.md)。
Generated from the rules themselves; do not edit.

编号是固定的：一条规则的编号不会改作别用。每一处发现都写明错在哪里、应是多少或者应怎样改。

"""
FAMILIES = {
    "W": ("评价报告常见的毛病", "指标表、分数、结论、前后说法，从县级评价报告里最常见的毛病归纳出来。"),
    "C": ("数和表", "合计与分项、分数与分值、正文与表、目标与实际。"),
    "D": ("文字和结构", "编号、标点、遗留、章节、问题与建议、目标与指标。"),
    "R": ("没有读出来的", "表散成了文字，或者不是评价报告：没有发现问题不等于没有问题。"),
}
UNKNOWN = "没有归入哪一类的规则"
MEANT = {
    "错误": "印发前必须改正，或者签字说明",
    "矛盾": "两处说法不能都对，要核实后改成一致",
    "提醒": "多半不妥，请看一眼，确有道理的写明道理",
    "设计": "指标或者目标本身设得不好，下一年改",
    "格式": "编号、标点、遗留等写法上的毛病",
    "留意": "不一定错，评审时会被问到",
}


def page_text() -> str:
    """The page."""
    return _HEAD + "\n".join([*_severities(), *_families()]) + "\n"


def _severities() -> Iterator[str]:
    yield "| 轻重 | 是什么意思 | 规则 |\n|---|---|---|"
    for severity, zh in SEVERITIES.items():
        ids = "、".join(one.id for one in checks() if one.severity is severity)
        yield f"| {zh} `{severity.value}` | {MEANT[zh]} | {ids} |"


def _families() -> Iterator[str]:
    for letter in sorted({one.id[0] for one in checks()}, key=[*FAMILIES, *(one.id[0] for one in checks())].index):
        zh, said = FAMILIES.get(letter, (UNKNOWN, ""))
        rules = [one for one in checks() if one.id[0] == letter]
        yield f"\n## {letter} {zh}（{len(rules)} 条）\n\n{said}\n\n| 编号 | 轻重 | 查什么 |\n|---|---|---|"
        yield from map(_line, rules)


def _line(rule: Check) -> str:
    return f"| {rule.id} | {SEVERITIES[rule.severity]} | {rule.zh.replace('|', '｜')} |"


if __name__ == "__main__":
    PAGE.write_text(page_text(), "utf-8")
