"""Braille signs as dots: a cell of the terminal has two by four of them."""

ACROSS, DOWN = 2, 4
"""The dots in a cell, from left to right and from top to bottom."""
BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot in the number of a braille sign, line by line."""
BRAILLE = 0x2800
"""The braille sign without a dot."""
