"""Gathers evidence: departmental matching and the household survey."""
