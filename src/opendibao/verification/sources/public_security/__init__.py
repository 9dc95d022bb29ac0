"""公安: a department that is asked about the members of a household."""
