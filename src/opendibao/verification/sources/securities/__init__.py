"""证券基金: a department that is asked about the members of a household."""
