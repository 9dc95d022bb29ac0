"""季节性务工收入 by months and trade."""
