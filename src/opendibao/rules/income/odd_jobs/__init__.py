"""零工收入 by days, local wage and evidence."""
