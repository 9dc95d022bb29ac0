"""Help to find work."""
