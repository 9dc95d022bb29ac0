"""Which of the neighbouring kinds a household is."""
