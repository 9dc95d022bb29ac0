"""银行存款: deposits, insurance, securities and money in payment apps (57号 第十七条)."""

NAME = "bank_deposits"
ZH = "银行存款"
HOLDS = "银行存款、商业保险、证券、互联网金融资产"
