"""数字清单: figures.json, every figure as printed with the count of its rows and the hash of its question."""

import json

from opendibao.reporting.content import ReportContent

KEYS = ("id", "zh", "value", "unit", "as_of", "rows", "query_hash")


def figures_bytes(content: ReportContent) -> bytes:
    """All figures in the contract's form."""
    listed = [{key: getattr(one, key) for key in KEYS} for one in content.figures]
    return (json.dumps({"figures": listed}, ensure_ascii=False, indent=1) + "\n").encode()
