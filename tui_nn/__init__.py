"""Teach backpropagation in a terminal: a small neural network, number by number."""

__version__ = "0.1.0"
