"""转移性支出 and 刚性支出 that may be deducted."""
