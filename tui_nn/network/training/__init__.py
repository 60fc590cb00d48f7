"""Gradient descent: one run, its history, and many runs at once."""
