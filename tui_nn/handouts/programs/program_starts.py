"""What draws numbers from each distribution of `network.model.generators`, in R and in Python."""

DRAWN_IN_R = {"uniform": "runif", "normal": "rnorm"}
DRAWN_IN_PYTHON = {"uniform": "random", "normal": "standard_normal"}
