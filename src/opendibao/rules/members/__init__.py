"""Who counts as living together."""
