"""Tables of numbers as other programs write them: from text to cells, from cells to numbers."""
