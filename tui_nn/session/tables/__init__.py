"""Reads tables of numbers as other programs write them: splits text into cells, and cells into numbers."""
