"""How formulas are written, in signs and with the numbers in place."""
