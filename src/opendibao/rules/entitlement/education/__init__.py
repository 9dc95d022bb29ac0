"""Help with schooling."""
