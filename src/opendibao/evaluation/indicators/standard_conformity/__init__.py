"""补助标准合规性: one indicator, its rows and the cases that prove how it reads them."""
