"""Forecasts what the year will cost and who pays which share."""
