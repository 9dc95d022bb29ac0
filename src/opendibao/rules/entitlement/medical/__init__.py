"""Help with medical costs."""
