"""共同生活的家庭成员: who is counted and by which clause."""
