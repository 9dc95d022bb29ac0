"""体检规则: one module a subject; every function marked with @check is found by itself."""
