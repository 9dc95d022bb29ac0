"""Who and where: divisions, households, members, bank accounts."""
