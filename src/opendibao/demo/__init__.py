"""Makes a synthetic county and lives one year in it."""
