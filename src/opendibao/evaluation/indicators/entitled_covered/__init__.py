"""应保尽保、应退尽退: one indicator, its rows and the cases that prove how it reads them."""
