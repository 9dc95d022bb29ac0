"""公安: population and 户籍 registers of the police (57号 第十七条)."""

NAME = "public_security"
ZH = "公安"
HOLDS = "户籍、人口"
