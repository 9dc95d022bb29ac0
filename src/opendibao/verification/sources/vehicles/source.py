"""车辆: registered vehicles and ships (57号 第十七条)."""

NAME = "vehicles"
ZH = "车辆"
HOLDS = "车船登记"
