"""Settings and the embedded database; no rules in any of them."""
