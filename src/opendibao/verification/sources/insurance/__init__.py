"""商业保险: a department that is asked about the members of a household."""
