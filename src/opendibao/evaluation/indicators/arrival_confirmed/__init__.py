"""到账核实率: one indicator, its rows and the cases that prove how it reads them."""
