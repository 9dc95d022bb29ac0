"""不动产: a department that is asked about the members of a household."""
