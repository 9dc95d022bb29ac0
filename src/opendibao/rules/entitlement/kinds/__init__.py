"""Other kinds the household may be of."""
