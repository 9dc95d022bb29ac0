"""Allowances for the disabled."""
