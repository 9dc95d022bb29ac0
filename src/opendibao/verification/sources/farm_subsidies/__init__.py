"""惠农补贴: a department that is asked about the members of a household."""
