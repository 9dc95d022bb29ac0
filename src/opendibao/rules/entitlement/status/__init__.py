"""Which kinds of household other help is open to."""
