"""What every dashboard computes alike is computed once in each process: iterations of a run, rules of style sheets.

The same questions get the same answers, only sooner.
"""

from typing import Any

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from tui_nn.network.model.array import Array
from tui_nn.network.model.dataset import Dataset
from tui_nn.network.model.network import Network
from tui_nn.network.training.trainer import Trainer

_MOST_SLICES = 4096
"""The lecture's 10 000 iterations are 79 slices of 10 kB each."""
_MOST_BYTES = 2**15

_slices: dict[tuple[object, ...], tuple[Array, Array, Array | None, Array]] = {}
_rules: dict[tuple[object, ...], list[RuleSet]] = {}
_parse_rules = Stylesheet._parse_rules


class KeptTrainer:
    """A `Trainer` that looks up the iterations that one of its kind ran before."""

    def __init__(self, network: Network, dataset: Dataset, learning_rate: float) -> None:
        self._given = network, dataset, learning_rate
        tables = [(table.shape, table.tobytes()) for table in (dataset.X, dataset.Y)]
        self._key = network, *tables, learning_rate
        self._trainer: Trainer | None = None

    def run(self, start: Array, rows: Array, costs: Array, penalties: Array | None = None) -> Array:
        key = *self._key, start.tobytes(), len(rows), penalties is None
        if key in _slices:
            rows[:], costs[:], kept, after = _slices[key]
            if penalties is not None and kept is not None:
                penalties[:] = kept
            return after.copy()
        self._trainer = self._trainer or Trainer(*self._given)
        after = self._trainer.run(start, rows, costs, penalties)
        if rows.nbytes <= _MOST_BYTES:
            if len(_slices) == _MOST_SLICES:
                _slices.clear()
            kept = None if penalties is None else penalties.copy()
            _slices[key] = rows.copy(), costs.copy(), kept, after.copy()
        return after


def parse_rules_once(sheet: Stylesheet, *given: Any, **named: Any) -> list[RuleSet]:
    """In place of the private method by which a style sheet parses one of its sources."""
    key = given, *sorted(named.items()), *sorted(sheet._variables.items())
    if key not in _rules:
        _rules[key] = _parse_rules(sheet, *given, **named)
    return _rules[key]
