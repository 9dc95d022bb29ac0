"""渐退期 after employment."""
