"""税务: tax records (57号 第十七条)."""

NAME = "tax"
ZH = "税务"
HOLDS = "纳税记录"
