"""分类施保: one highest supplement a person."""
