"""Traces a rule once and runs it anywhere: one household with its reasons, columns of millions, SQL, a cluster."""
