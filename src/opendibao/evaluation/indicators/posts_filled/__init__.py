"""岗位到位: one indicator, its rows and the cases that prove how it reads them."""
