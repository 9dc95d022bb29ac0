"""种植收入 by crop and area."""
