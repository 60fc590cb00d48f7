"""Teach backpropagation in a terminal: a small neural network, number by number."""

import os

# With several threads, the order in which a product is summed, and so its last digits, would depend on the machine's
# cores; and on a machine that a whole class shares, the threads wait for each other. numpy reads these when it loads.
for _variable in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ.setdefault(_variable, "1")

__version__ = "0.1.0"
