"""Who may act, and for which divisions."""
