"""Words every package shares: fen, months, clauses, identifiers, discovery."""
