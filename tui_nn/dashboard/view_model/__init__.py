"""The immutable value that the panes show, and what computes it."""
