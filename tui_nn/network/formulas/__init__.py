"""The lecture's formulas as values: the screen writes the same value that training evaluates."""
