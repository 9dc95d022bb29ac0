"""民政登记: a department that is asked about the members of a household."""
