"""How templates print figures."""
