"""The law as pure, branch-free functions: household facts in, explained amounts out."""
