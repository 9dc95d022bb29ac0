"""全县复核比对: everybody covered held against the departments' records; warnings, never verdicts."""
