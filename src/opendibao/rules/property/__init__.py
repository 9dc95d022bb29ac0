"""What a household owns, against its limits."""
