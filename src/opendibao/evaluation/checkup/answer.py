"""体检结果: what the check-up found, for machines as JSON and for people in words, the gravest first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from opendibao.evaluation.checkup.finding import SEVERITIES, Finding, Severity

FORMS = {"docx": "Word", "text": "文字", "markdown": "Markdown"}


@dataclass(frozen=True)
class Group:
    """The findings of one severity."""

    severity: Severity
    zh: str
    findings: tuple[Finding, ...]


def grouped(findings: Sequence[Finding]) -> tuple[Group, ...]:
    """Findings by severity, the gravest first, in each by id and place; severities without findings are left out."""
    groups = (
        Group(severity, zh, tuple(one for one in findings if one.severity is severity))
        for severity, zh in SEVERITIES.items()
    )
    return tuple(group for group in groups if group.findings)


def answer(name: str, findings: Sequence[Finding]) -> dict[str, object]:
    """The findings as the contract of `evaluate check --json` has them, with counts by severity."""
    return {
        "file": name,
        "findings": [
            {
                "id": one.id,
                "severity": one.severity.value,
                "zh": one.zh,
                "where": one.where,
                "block": one.place.block,
                "row": one.place.row,
            }
            for one in findings
        ],
        "counts": {
            "total": len(findings),
            **{one.value: sum(finding.severity is one for finding in findings) for one in SEVERITIES},
        },
    }


def summary(findings: Sequence[Finding]) -> str:
    """One sentence: how many, of which severity."""
    if not findings:
        return "没有发现问题"
    counts = "、".join(f"{group.zh}{len(group.findings)}处" for group in grouped(findings))
    return f"发现{len(findings)}处：{counts}"


def told(name: str, form: str, findings: Sequence[Finding]) -> str:
    """The findings in words: id, where, what is wrong and what to do."""
    return "\n".join([f"{name}（{FORMS[form]}）：{summary(findings)}。", *_lines(findings)])


def _lines(findings: Sequence[Finding]) -> Iterator[str]:
    for group in grouped(findings):
        yield f"\n【{group.zh}】{len(group.findings)}处"
        for one in group.findings:
            yield f"  {one.id}  {one.where}\n       {one.zh}"
