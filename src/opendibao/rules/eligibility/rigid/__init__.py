"""刚性支出困难家庭, since October 2024."""
