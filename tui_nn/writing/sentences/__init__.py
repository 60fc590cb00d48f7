"""Writes what the program says in sentences."""
