"""特困人员: no ability, no source, no able supporter."""
