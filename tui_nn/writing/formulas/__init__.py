"""Writes formulas: in signs, and with numbers in place of the signs."""
