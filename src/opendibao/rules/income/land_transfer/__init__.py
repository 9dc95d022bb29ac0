"""土地流转收入 by contract or local rent."""
