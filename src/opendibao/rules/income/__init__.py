"""What a household has in a year, item by item."""
