"""Finds whose re-verification is due and opens a new case."""
