"""Help in sudden hardship."""
