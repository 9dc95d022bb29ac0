"""民政登记: marriages, deaths and funerals known to civil affairs (57号 第十七条)."""

NAME = "civil_registry"
ZH = "民政登记"
HOLDS = "婚姻、死亡、殡葬"
