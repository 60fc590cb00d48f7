"""Checks on a run and its gradient, each of which knows what rounding can do."""
