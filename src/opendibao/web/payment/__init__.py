"""发放的页面: the months, one run step by step, its checks, and what the bank, finance and the ledger say of it."""
