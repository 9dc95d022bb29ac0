"""各部门: what departments of the synthetic county know of everybody, and the files in which they say so."""
