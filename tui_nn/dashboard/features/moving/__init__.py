"""Moves through the lesson: steps, iterations, and playing."""
