"""Reads the numbers that a student's program printed: R's, numpy's and others' output, CSV and JSON."""
