"""The table of a sweep: a row for each combination of settings, from the lowest median to the highest."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from tui_nn.language import pgettext
from tui_nn.network import Outcome
from tui_nn.network.model.array import Array
from tui_nn.session.runs.sweep import CombinationRuns, median_of
from tui_nn.session.settings import HYPERPARAMETERS
from tui_nn.writing.notation.number_format import group_digits, r_columns
from tui_nn.writing.notation.setting_names import setting_text

_DIGITS = 3
_GAP = "  "
_WIDE = 9
# For translators: headings on two lines, which a blank divides.
_COUNTED = (
    (pgettext("narrow column of a sweep", "learnt"), Outcome.LEARNT),
    (pgettext("narrow column of a sweep", "stuck"), Outcome.STUCK),
    (pgettext("narrow column of a sweep", "over- flowed"), Outcome.OVERFLOWED),
)


class SweepTable(NamedTuple):
    """The lines of a table: two of headings, and one for each combination."""

    headings: tuple[str, str]
    rows: list[str]


class _Column(NamedTuple):
    headings: tuple[str, str]
    cells: list[str]
    is_text: bool = False
    is_spared: bool = False
    """Whether the column is left out where there is no room for all."""

    @property
    def width(self) -> int:
        return max(map(len, (*self.headings, *self.cells)))


def swept_text(value: object) -> str:
    """A setting's value as one types it for a sweep, where commas stand between values: ``8-8``, ``relu-tanh``."""
    if isinstance(value, tuple):
        return "-".join(map(setting_text, value)) or "none"
    return setting_text(value)


def combination_text(runs: CombinationRuns) -> str:
    """The settings of a combination: ``learning rate 1, hidden units 4-3``."""
    settings = runs.combination.settings.items()
    return ", ".join(f"{HYPERPARAMETERS[key].label} {swept_text(value)}" for key, value in settings)


def sweep_table(ranked: Sequence[CombinationRuns], room: int = 10_000) -> SweepTable:
    """The table of combinations, of which there is at least one, in this order.

    Where ``room`` columns are too few, the least and the greatest J and how runs end are left out, from the left.
    """
    columns = [*_columns(ranked)]
    while sum(column.width + len(_GAP) for column in columns) - len(_GAP) > room:
        spared = [place for place, column in enumerate(columns) if column.is_spared]
        if not spared:
            break
        del columns[spared[0]]
    widths = [column.width for column in columns]
    lines = [[column.headings[0] for column in columns], [column.headings[1] for column in columns]]
    lines += [[column.cells[row] for column in columns] for row in range(len(ranked))]
    placed = (
        _GAP.join(
            cell.ljust(width) if column.is_text else cell.rjust(width)
            for column, cell, width in zip(columns, cells, widths, strict=True)
        ).rstrip()
        for cells in lines
    )
    first, second, *rows = placed
    return SweepTable((first, second), rows)


def costs_can_be_compared(ranked: Sequence[CombinationRuns]) -> bool:
    """Whether J has the same formula in all combinations."""
    networks = (one.combination.document.network for one in ranked)
    return len({(network.cost, network.reduction, network.penalty) for network in networks}) == 1


def settings_moved(every: Sequence[CombinationRuns]) -> list[str]:
    """The keys of the settings that differ though they are not varied, such as the usual rate of each optimizer."""
    documents = [one.combination.document for one in every]
    varied = every[0].combination.settings
    return [
        key
        for key, setting in HYPERPARAMETERS.items()
        if key not in varied and len({setting.get(document) for document in documents}) > 1
    ]


def _columns(ranked: Sequence[CombinationRuns]) -> Iterator[_Column]:
    for key in ranked[0].combination.settings:
        texts = [swept_text(one.combination.settings[key]) for one in ranked]
        yield _Column(_on_two_lines(HYPERPARAMETERS[key].label), texts, is_text=True)
    for key in settings_moved(ranked):
        setting = HYPERPARAMETERS[key]
        texts = [swept_text(setting.get(one.combination.document)) for one in ranked]
        yield _Column(_on_two_lines(setting.label), texts, is_text=True)

    def numbers(number_of: Callable[[CombinationRuns], float]) -> list[str]:
        column: Array = np.array([[number_of(one)] for one in ranked])
        return [cell.strip() for (cell,) in r_columns(column, _DIGITS)]

    def least(one: CombinationRuns) -> float:
        return float(np.nan_to_num(one.many.final_costs, nan=np.inf).min())

    def greatest(one: CombinationRuns) -> float:
        return float(np.nan_to_num(one.many.final_costs, nan=np.inf).max())

    yield _Column(_divided(pgettext("narrow column of a sweep", "least J")), numbers(least), is_spared=True)
    medians = numbers(lambda one: median_of(one.many.final_costs))
    yield _Column(_divided(pgettext("narrow column of a sweep", "median J")), medians)
    yield _Column(_divided(pgettext("narrow column of a sweep", "greatest J")), numbers(greatest), is_spared=True)
    if not costs_can_be_compared(ranked):
        mean_costs = numbers(lambda one: median_of(one.mean_costs))
        yield _Column(_divided(pgettext("narrow column of a sweep", "cost per row")), mean_costs)
    has_test = ranked[0].has_test_rows
    if has_test:
        test_costs = numbers(lambda one: median_of(one.test_costs))
        yield _Column(_divided(pgettext("narrow column of a sweep", "test cost")), test_costs)
    accuracies = [one.test_accuracies if has_test else one.accuracies for one in ranked]
    if any(np.isfinite(one).any() for one in accuracies):
        heading = (
            pgettext("narrow column of a sweep", "test accuracy")
            if has_test
            else pgettext("narrow column of a sweep", "accuracy")
        )
        yield _Column(_divided(heading), [_median_share(one) for one in accuracies])
    for heading, ending in _COUNTED:
        yield _Column(_divided(heading), [group_digits(one.count(ending)) for one in ranked], is_spared=True)
    seeds = [str(one.many.seeds[one.best]) for one in ranked]
    yield _Column(_divided(pgettext("narrow column of a sweep", "best seed")), seeds)


def _median_share(shares: Array) -> str:
    finite = shares[np.isfinite(shares)]
    return f"{np.median(finite):.3f}" if finite.size else "?"


def _divided(heading: str) -> tuple[str, str]:
    """A heading, broken at its first blank; all of it on the second line if it has none."""
    first, blank, second = heading.partition(" ")
    return (first, second) if blank else ("", heading)


def _on_two_lines(label: str) -> tuple[str, str]:
    """A label, broken at a blank where it is wide."""
    if len(label) < _WIDE or " " not in label:
        return "", label
    first, _, second = label.partition(" ")
    return first, second
