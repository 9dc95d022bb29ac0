"""不动产: registered dwellings and other real estate (57号 第十七条)."""

NAME = "real_estate"
ZH = "不动产"
HOLDS = "不动产登记"
