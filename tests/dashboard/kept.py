"""What every dashboard computes alike is computed once in each process: iterations of a run, rules of style sheets.

The same questions get the same answers, only sooner.
"""

from typing import Any

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from tui_nn.network.model.array import Array
from tui_nn.network.model.dataset import Dataset
from tui_nn.network.model.network import Network
from tui_nn.network.model.pace import EVEN, Pace
from tui_nn.network.training.trainer import Trainer

_MOST_SLICES = 4096
"""The lecture's 10 000 iterations are 79 slices of 10 kB each."""
_MOST_BYTES = 2**15

_slices: dict[tuple[object, ...], list[Array]] = {}
_rules: dict[tuple[object, ...], list[RuleSet]] = {}
_parse_rules = Stylesheet._parse_rules


class KeptTrainer:
    """A `Trainer` that looks up the iterations that one of its kind ran before."""

    def __init__(self, network: Network, dataset: Dataset, learning_rate: float, pace: Pace = EVEN) -> None:
        self._given = network, dataset, learning_rate, pace
        tables = [(table.shape, table.tobytes()) for table in (dataset.X, dataset.Y)]
        self._key = network, *tables, dataset.test_rows, learning_rate, pace
        self._trainer: Trainer | None = None

    def run(
        self,
        start: Array,
        costs: Array,
        states: Array | None = None,
        *,
        kept: range | None = None,
        data_costs: Array | None = None,
        first: int = 1,
        largest_slopes: Array | None = None,
    ) -> Array:
        wanted = [one for one in (costs, states, data_costs, largest_slopes) if one is not None]
        given = [one is not None for one in (states, data_costs, largest_slopes)]
        key = *self._key, start.tobytes(), len(costs), kept, first, *given
        if key in _slices:
            *known, after = _slices[key]
            for array, numbers in zip(wanted, known, strict=True):
                array[:] = numbers
            return after.copy()
        self._trainer = self._trainer or Trainer(*self._given)
        after = self._trainer.run(
            start, costs, states, kept=kept, data_costs=data_costs, first=first, largest_slopes=largest_slopes
        )
        if sum(array.nbytes for array in wanted) <= _MOST_BYTES:
            if len(_slices) == _MOST_SLICES:
                _slices.clear()
            _slices[key] = [array.copy() for array in (*wanted, after)]
        return after


def parse_rules_once(sheet: Stylesheet, *given: Any, **named: Any) -> list[RuleSet]:
    """In place of the private method by which a style sheet parses one of its sources."""
    key = given, *sorted(named.items()), *sorted(sheet._variables.items())
    if key not in _rules:
        _rules[key] = _parse_rules(sheet, *given, **named)
    return _rules[key]
