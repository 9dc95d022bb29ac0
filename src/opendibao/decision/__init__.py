"""Turns evidence into a decision: review meeting, public notice, approval, hearing, benefit."""
