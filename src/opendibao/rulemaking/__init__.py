"""Keeps the law's numbers and texts: changes drafted, approved, proven and scheduled, and every rule set once used."""
