"""The law: what else a family may ask for, once its kind is known."""
