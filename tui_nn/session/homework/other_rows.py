"""Sets aside what a program prints for other rows than those of an iteration: for the test rows, or for all rows."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from tui_nn.network import Dataset, Network
from tui_nn.network.formulas.equations import matrices_by_row
from tui_nn.network.model.array import Array
from tui_nn.session.homework.order_without_names import Attempt
from tui_nn.session.homework.placed_numbers import WhyAside

_TEST = re.compile(r"(?<![a-z])(?:test|valid|validation)(?![a-z])", re.IGNORECASE)


def is_of_test_rows(label: str, dataset: Dataset) -> bool:
    """Whether a label says that its numbers are those of the test rows: ``J_test``, ``Y_hat of the test rows``."""
    return bool(dataset.test_rows and _TEST.search(label))


def without_other_rows(
    attempts: Sequence[Attempt], network: Network, dataset: Dataset, ours: Callable[[int], Mapping[str, Array]]
) -> list[Attempt]:
    """The attempts without matrices of all rows, where an iteration has only some, if other matrices are left."""
    by_row = matrices_by_row(network)
    of_data = {dataset.rows, dataset.training.rows}

    def has_all_rows(one: Attempt) -> bool:
        if one.given is None or one.given.name not in by_row:
            return False
        rows, columns = ours(one.at)[one.given.name].shape
        # A column may be printed as a row.
        return one.given.numbers.shape in {shape for n in of_data - {rows} for shape in ((n, columns), (columns, n))}

    if all(one.given is None or has_all_rows(one) for one in attempts):
        return [*attempts]
    return [replace(one, given=None, why=WhyAside.OTHER_ROWS) if has_all_rows(one) else one for one in attempts]
