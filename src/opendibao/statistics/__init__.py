"""Counts what happened, by division and month, including township workload."""
