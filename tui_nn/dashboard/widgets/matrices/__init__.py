"""Matrices beside and below each other: how they are laid out and drawn, and how a cell is selected."""
