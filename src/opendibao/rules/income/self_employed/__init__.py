"""无账经营收入 by trade and months."""
