"""养殖收入 by heads sold."""
