"""其他救助: a department that is asked about the members of a household."""
