"""推定利息 on money whose interest nobody declares."""
