"""一次性赔偿 spread over months."""
