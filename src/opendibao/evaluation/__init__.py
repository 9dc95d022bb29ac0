"""Scores the year: indicators, scoring, grading, deviation analysis."""
