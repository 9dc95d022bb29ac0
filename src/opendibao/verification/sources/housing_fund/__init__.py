"""住房公积金: a department that is asked about the members of a household."""
