"""What is paid a month."""
