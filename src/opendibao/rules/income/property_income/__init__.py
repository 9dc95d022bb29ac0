"""财产净收入: land rent, interest."""
