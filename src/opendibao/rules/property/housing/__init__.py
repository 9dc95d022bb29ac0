"""住房 and companies."""
