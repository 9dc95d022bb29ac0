"""Writes the official documents from the figures; computes nothing."""
