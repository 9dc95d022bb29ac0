"""图: drawings of a year's numbers as SVG texts, each with its numbers as a table and its alt text."""
