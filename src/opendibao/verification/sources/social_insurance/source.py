"""社会保险: contributions to social insurance and pensions drawn (57号 第十七条)."""

NAME = "social_insurance"
ZH = "社会保险"
HOLDS = "社会保险缴纳、养老金"
