"""Reports on sweeps: a table of the combinations for people, every run for programs."""

from collections.abc import Iterator, Sequence

import numpy as np

from tui_nn.language import _
from tui_nn.network.checks.rate_test import RateTest
from tui_nn.session.document import Document
from tui_nn.session.runs.sweep import CombinationRuns, ranked
from tui_nn.session.settings import HYPERPARAMETERS
from tui_nn.writing.notation.number_format import group_digits, r_columns, rounded_text
from tui_nn.writing.notation.setting_names import setting_name
from tui_nn.writing.notation.signs import Notation
from tui_nn.writing.reports.csv_table import csv_table
from tui_nn.writing.reports.run_report import Report, data_notes
from tui_nn.writing.reports.spreadsheet_cells import escape_formula
from tui_nn.writing.reports.starts_report import remarks_on_runs
from tui_nn.writing.reports.sweep_table import costs_can_be_compared, settings_moved, sweep_table, swept_text

_RESULTS = ("seed", "final_cost", "mean_cost", "test_mean_cost", "accuracy", "test_accuracy", "outcome")
_DIGITS = 4
_RATES_IN_TABLE = 13


class SweepReport(Report):
    """The runs of all combinations; ``found`` has at least one."""

    def __init__(self, document: Document, found: Sequence[CombinationRuns], asked: int, notation: Notation) -> None:
        super().__init__(document.title)
        self._keys = [*found[0].combination.settings, *settings_moved(found)]
        iterations = int(found[0].many.iterations[-1])
        varied = [*found[0].combination.settings]
        self.add("settings", varied)
        self.add("iterations", iterations)
        self.add("combinations", len(found))
        self.add("not_complete", asked - len(found))
        self.add("runs", [run for one in found for run in _runs(one, self._keys)])
        order = ranked(found)
        table = sweep_table(order)
        names = " and ".join(map(setting_name, varied))
        heading = f"Runs of {group_digits(iterations)} iterations that differ in {names}, the best first"
        lines = (f"  {line}" for line in (*table.headings, *table.rows))
        self.paragraphs += ["\n".join((heading, *lines)), _caption(order)]
        self.notes = data_notes(document, notation)
        if not costs_can_be_compared(order):
            self.notes.append(
                "J has another formula in some of the rows, so it can't be compared with that of the others; compare "
                "the cost per row."
            )

    def csv(self) -> str:
        """A line for each run: its settings, as the command line takes them, its seed, and its results."""
        runs = self.values["runs"]
        assert isinstance(runs, list)  # noqa: S101 - as added above
        rows: list[list[object]] = [[*self._keys, *_RESULTS]]
        for run in runs:
            settings = (swept_text(run["settings"][key]) for key in self._keys)
            rows.append([escape_formula(_csv_cell(cell)) for cell in (*settings, *(run[key] for key in _RESULTS))])
        return csv_table(rows)


def _runs(one: CombinationRuns, keys: Sequence[str]) -> Iterator[dict[str, object]]:
    """The values of each run of a combination, by their names for programs; its settings are those of ``keys``."""
    settings = {key: HYPERPARAMETERS[key].get(one.combination.document) for key in keys}
    is_drawn = bool(one.combination.document.start.distribution)
    columns = (one.many.final_costs, one.mean_costs, one.test_costs, one.accuracies, one.test_accuracies)
    for place, seed in enumerate(one.many.seeds):
        values = (seed if is_drawn else None, *(float(column[place]) for column in columns))
        results = dict(zip(_RESULTS, (*values, str(one.many.outcomes[place])), strict=True))
        yield {"settings": settings, **results}


def _csv_cell(value: object) -> object:
    return "" if value is None or (isinstance(value, float) and np.isnan(value)) else value


def _caption(order: Sequence[CombinationRuns]) -> str:
    """What the columns mean."""
    best = order[0]
    seeds = next((one.many.seeds for one in order if len(one.many.seeds) > 1), best.many.seeds)
    runs = f"{group_digits(len(seeds))} seeds from {seeds[0]} on" if len(seeds) > 1 else f"seed {seeds[0]}"
    lines = [
        f"J is that of the last iteration, with {runs}. An overflow counts as higher than any J.",
        "learnt, stuck: how the runs end, as tui-nn starts says it.",
    ]
    if best.has_test_rows:
        lines.append("Test cost and test accuracy: of the test rows, with the final weights; the median of the runs.")
        lines.append("The best seed is the one with the least test cost.")
    return "\n".join([*lines, *remarks_on_sweep(order)])


def remarks_on_sweep(found: Sequence[CombinationRuns]) -> list[str]:
    """Sentences: which settings change along with those that are varied, what J is, and where the runs end."""
    names = map(setting_name, settings_moved(found))
    says = [_("The {name} changes with what is varied, unless you vary it as well.", name=name) for name in names]
    # Some combinations may have batches, others not.
    return [*says, *dict.fromkeys(one for runs in found for one in remarks_on_runs(runs.combination.document))]


def rate_test_report(document: Document, found: RateTest, notation: Notation) -> Report:
    """From which rate on J rises, and J at some of the rates."""
    report = Report(document.title)
    report.add("learning_rate", document.learning_rate)
    report.add("rises_from", found.rises_from)
    report.add("suggested_rate", found.suggested)
    report.add("rates", found.rates)
    report.add("costs", found.costs)
    report.paragraphs.append(rate_test_sentence(document, found))
    shown = np.unique(np.linspace(0, len(found.rates) - 1, _RATES_IN_TABLE).round().astype(int))
    cells = [r_columns(column[shown, np.newaxis], _DIGITS) for column in (found.rates, found.costs)]
    rates, costs = ([one.strip() for (one,) in column] for column in cells)
    width = max(map(len, rates))
    lines = (f"  {rate.rjust(width)}  {cost}" for rate, cost in zip(rates, costs, strict=True))
    heading = "Learning rate of an iteration, and J before its update"
    report.paragraphs.append("\n".join((heading, *lines)))
    report.notes = data_notes(document, notation)
    return report


def rate_test_sentence(document: Document, found: RateTest) -> str:
    """Sentences: from which rate on J rises for good, a tenth of it, and the lesson's rate."""
    own = f"The lesson's {HYPERPARAMETERS['learning_rate'].label} is {rounded_text(document.learning_rate, _DIGITS)}."
    if found.rises_from is None or found.suggested is None:
        return f"J does not rise for good up to a rate of {rounded_text(float(found.rates[-1]), 2)}. {own}"
    rises, tenth = (rounded_text(rate, 2) for rate in (found.rises_from, found.suggested))
    return f"J rises for good from a rate of {rises} on; a tenth of that is {tenth}. {own}"
