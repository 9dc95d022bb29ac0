"""办理结果: the first kind that applies."""
