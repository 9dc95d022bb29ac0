"""农村低保金: one indicator, its rows and the cases that prove how it reads them."""
