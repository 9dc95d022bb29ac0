"""Writes docs/law-coverage.md: each article with the rules, numbers and procedures that carry it out, or why none.

`python -m tests.conventions.law_coverage` writes the page; tests/conventions/test_law_coverage.py holds it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from opendibao.policy.reader import load_pack, pack_names
from opendibao.rules.book import rule_book
from tests.conventions.citations import BadCitation, cited, laws, others
from tests.conventions.sources import ROOT

PAGE = ROOT / "docs" / "law-coverage.md"
_HEAD = """# 法规覆盖 · Law coverage

由 `make docs` 从规则的条款、参数的来源和 `rules/articles.yaml` 生成，不手改。
Generated from the citations of rules and numbers and one small list; do not edit.

每一条要么有规则或参数引用它，要么写明由哪个程序办理，要么写明为什么不在本系统范围。
`待建：…` 是还没有建成的部分，属于哪一块。程序的路径以 `opendibao.` 开头。

"""
At = tuple[str, int]


def by_article() -> dict[At, dict[str, str]]:
    """Which rules cite an article: label by name, each once."""
    known, found = laws(), {}  # type: ignore[var-annotated]
    for rule in rule_book().rules:
        for one in cited(rule.clause, known):
            found.setdefault((one.law, one.article), {})[rule.name] = rule.zh
    return found


def numbers_by_article() -> dict[At, dict[str, str]]:
    """Which parameters have an article as their source: label by path; sources written freely are passed over."""
    known, found = laws(), {}  # type: ignore[var-annotated]
    rows = (row for pack in pack_names() for level in load_pack(pack).levels for rows in level.values() for row in rows)
    for row in rows:
        for part in row.source.split("；"):
            try:
                articles = cited(part, known)
            except BadCitation:
                continue
            for one in articles:
                found.setdefault((one.law, one.article), {})[row.path] = row.zh
    return found


def other_sources() -> list[str]:
    """What rules rest on besides the laws of the list, each once."""
    known = laws()
    return sorted({part for rule in rule_book().rules for part in others(rule.clause, known)})


def page_text() -> str:
    """The page."""
    known, rules, numbers = laws(), by_article(), numbers_by_article()
    lines = [_HEAD]
    for law, told in known.items():
        lines += _section(law, told, rules, numbers)
    lines += ["## 规则另外引用的来源", "", "条文不在本系统的法规库里，未与原文核对。", ""]
    lines += [f"- {source}" for source in other_sources()]
    return "\n".join(lines) + "\n"


def _section(
    law: str, told: Mapping[str, Any], rules: Mapping[At, Mapping[str, str]], numbers: Mapping[At, Mapping[str, str]]
) -> Iterator[str]:
    articles = told["articles"]
    by_rule = sum((law, number) in rules for number in articles)
    by_procedure = sum("procedure" in a for a in articles.values())
    outside = sum("outside" in a for a in articles.values())
    yield f"## {told['zh']}"
    carried = f"规则引用 {by_rule} 条，程序办理 {by_procedure} 条，不在范围 {outside} 条"
    yield f"\n列出 {len(articles)} 条：{carried}（有的既有规则又有程序）。\n"
    yield "| 条 | 说的是什么 | 规则 | 参数 | 程序 | 不在范围的原因 |\n|---|---|---|---|---|---|"
    for number, article in articles.items():
        cells = (_names(rules.get((law, number), {})), _names(numbers.get((law, number), {})))
        procedure = "、".join(f"`{where}`" for where in article.get("procedure", ()))
        yield f"| {number} | {article['zh']} | {cells[0]} | {cells[1]} | {procedure} | {article.get('outside', '')} |"
    yield ""


def _names(found: Mapping[str, str]) -> str:
    return "、".join(f"{zh} `{name}`" for name, zh in sorted(found.items()))


if __name__ == "__main__":
    PAGE.write_text(page_text(), "utf-8")
