"""Writes the learning rate of iteration i, in R and in Python."""

ETA = "eta"
"""What a program calls the lesson's learning rate where each iteration has its own."""
_IN_R = {
    "step": "eta * decay^((i - 1) %/% every)",
    "exponential": "eta * decay^(i - 1)",
    "inverse time": "eta / (1 + decay * (i - 1))",
    "cosine": "eta / 2 * (1 + cos(pi * (i - 1) / iterations))",
}
_IN_PYTHON = {
    "step": "eta * decay ** ((i - 1) // every)",
    "exponential": "eta * decay ** (i - 1)",
    "inverse time": "eta / (1 + decay * (i - 1))",
    "cosine": "eta / 2 * (1 + np.cos(np.pi * (i - 1) / iterations))",
}


def rate_in_r(schedule: str) -> str:
    """An R expression for the rate of iteration i; ``schedule`` is the name of one that is not constant."""
    return _IN_R[schedule]


def rate_in_python(schedule: str) -> str:
    """A Python expression for the rate of iteration i; it needs numpy as np."""
    return _IN_PYTHON[schedule]
