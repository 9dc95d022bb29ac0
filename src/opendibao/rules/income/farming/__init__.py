"""自种耕地 by the policy's yield."""
