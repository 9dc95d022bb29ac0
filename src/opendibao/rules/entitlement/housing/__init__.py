"""Help with housing."""
