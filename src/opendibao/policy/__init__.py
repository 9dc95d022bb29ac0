"""The law as dated numbers: parameters by jurisdiction and effective date."""
