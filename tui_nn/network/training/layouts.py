"""How the matrices of an iteration lie in memory: those of one run, or of many that are computed together."""

from functools import partial
from typing import Protocol

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.formulas.expression import Shape
from tui_nn.network.model.activations import Operation
from tui_nn.network.model.array import Array


class Layout(Protocol):
    """What depends on whether an array holds a matrix, or the same matrix of several runs."""

    def new_array(self, shape: Shape) -> Array:
        """A new array for a matrix of this shape."""

    def product(self, left: Array, right: Array, into: Array) -> Operation:
        """The operation that fills ``into`` with the matrix product."""

    def sum_of_squares(self, of: Array, into: Array) -> Operation:
        """The operation that fills ``into``, a 1×1 matrix, with Σ a²."""


class LayoutOfState(Layout, Protocol):
    """A layout that also has a place for the states of the runs, and for data that they share."""

    def new_state(self, size: int) -> Array:
        """A new array for a run's state of ``size`` numbers."""

    def of_data(self, Y: Array) -> Array:
        """Y, which all runs share, as a view that fits the other arrays cell by cell."""


class OneRun:
    """An array is a matrix, shape (rows, columns)."""

    def new_array(self, shape: Shape) -> Array:
        return np.empty(shape)

    def new_state(self, size: int) -> Array:
        return np.empty(size)

    def of_data(self, Y: Array) -> Array:
        return Y

    def product(self, left: Array, right: Array, into: Array) -> Operation:
        return left.dot, (right, into)

    def sum_of_squares(self, of: Array, into: Array) -> Operation:
        cells = of.ravel()
        return cells.dot, (cells, into.reshape(()))


ONE_RUN = OneRun()


@frozen_dataclass
class ManyRuns:
    """An array is the same matrix of several runs, shape (rows, columns, runs), the runs being next to each other.

    X is an ordinary matrix, which all runs share: a product with it is one matrix product. The other products are sums
    over each run, since numpy's matmul would multiply the runs one by one.
    """

    runs: int

    def new_array(self, shape: Shape) -> Array:
        return np.empty((*shape, self.runs))

    def new_state(self, size: int) -> Array:
        return np.empty((size, self.runs))

    def of_data(self, Y: Array) -> Array:
        return Y[:, :, np.newaxis]

    def product(self, left: Array, right: Array, into: Array) -> Operation:
        if left.ndim == 2:
            columns = (right.reshape(len(right), -1), into.reshape(len(into), -1))
            # A copy of Xᵀ is faster, but would not follow an X that receives one batch after the other.
            return (left if left.flags.writeable else np.ascontiguousarray(left)).dot, columns
        return partial(np.einsum, out=into), ("ikr,kjr->ijr", left, right)

    def sum_of_squares(self, of: Array, into: Array) -> Operation:
        return partial(np.einsum, out=into[0, 0]), ("njr,njr->r", of, of)


@frozen_dataclass
class RunByRun:
    """An array has the shape (rows, columns, runs) as in `ManyRuns`, but the cells of each run are next to each other.

    So ``array[:, :, run]`` is an ordinary matrix, on which a run can also compute by itself. Each run has its own X.
    """

    runs: int

    def new_array(self, shape: Shape) -> Array:
        return np.moveaxis(np.empty((self.runs, *shape)), 0, -1)

    def product(self, left: Array, right: Array, into: Array) -> Operation:
        # numpy's matmul takes the last two axes for the rows and the columns.
        left, right, into = (np.moveaxis(array, -1, 0) for array in (left, right, into))
        return np.matmul, (left, right, into)

    def sum_of_squares(self, of: Array, into: Array) -> Operation:
        return partial(np.einsum, out=into[0, 0]), ("njr,njr->r", of, of)
