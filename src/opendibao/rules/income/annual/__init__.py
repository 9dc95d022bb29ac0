"""家庭年收入: the year is the base, rounded nowhere."""
