"""认人: which row of a department's file is about which of our people, in tiers, with the evidence of each field."""
