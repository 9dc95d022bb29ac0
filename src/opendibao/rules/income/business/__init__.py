"""经营净收入: revenue less cost."""
