"""Turns decisions into money in accounts."""
