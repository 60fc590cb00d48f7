"""Looks closer: explanations, charts, the gradient check, new rows, the quiz, runs and exports."""
