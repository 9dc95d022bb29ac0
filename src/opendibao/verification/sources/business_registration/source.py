"""市场主体: registered companies and traders (57号 第十七条)."""

NAME = "business_registration"
ZH = "市场主体"
HOLDS = "市场主体登记"
