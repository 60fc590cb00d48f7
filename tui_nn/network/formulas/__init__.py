"""The lecture's formulas as values: what the screen writes is what is evaluated."""
