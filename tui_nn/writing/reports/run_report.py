"""Reports on a run: text for people, JSON or CSV with all digits for programs."""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from tui_nn.network import Agreement, Parameters, Pass, Run, Step, StepKind, equations, predict, steps
from tui_nn.network.checks.run_notes import RECENT, Observation, out_of_reach, rising, saturated, turned_signs
from tui_nn.network.checks.small_weights import small_weights
from tui_nn.network.model.array import Array
from tui_nn.network.training.run_series import mean_costs_of_test_rows
from tui_nn.session.document import Document
from tui_nn.writing.notation.number_format import group_digits, r_columns, rounded_text, unsigned_zero
from tui_nn.writing.notation.signs import Notation
from tui_nn.writing.reports.class_values import ReportedValue, accuracy_after, class_values, predicted_classes
from tui_nn.writing.reports.csv_table import csv_table
from tui_nn.writing.reports.fit_values import fit_values
from tui_nn.writing.sentences.note_sentences import observation_text, rounding_observation, rounding_sentence
from tui_nn.writing.sentences.small_weights import small_weights_sentence
from tui_nn.writing.sentences.steps_and_errors import least_test_cost_sentence, overflow_sentence, stop_sentence

_TEST_HISTORY = "Mean cost of the test rows, with the weights that each iteration starts from"
_ACTIVATED = (StepKind.A, StepKind.Y_HAT)


@dataclass
class Report:
    """The answer of one command: named values in order, and paragraphs for people.

    A value is a number, a matrix, a list of numbers, a text, a table of these, or None if it is not computed yet.
    ``headings`` has the headings above the values in the text; a value without a heading is only for programs.
    ``tables`` has the lines of the values that stand in the text as tables.
    ``paragraphs`` stand below the values, in the text only. ``notes`` tell a student what to look at; CSV has none.
    """

    title: str
    values: dict[str, object] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    tables: dict[str, list[str]] = field(default_factory=dict)
    paragraphs: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, name: str, value: object, heading: str = "") -> None:
        """Adds ``value``: for programs as ``name``; for people, if there is a ``heading``, below that."""
        self.values[name] = value
        if heading:
            self.headings[name] = heading

    def add_all(self, values: Iterable[ReportedValue]) -> None:
        """Adds values that may stand in the text as tables."""
        for name, value, heading, table in values:
            self.add(name, value, heading)
            if table:
                self.tables[name] = list(table)

    def json(self) -> str:
        """One JSON object; a number that is not finite is null."""
        values = {**self.values, "notes": self.notes} if self.notes else self.values
        return (
            json.dumps({name: _json_value(value) for name, value in values.items()}, allow_nan=False, indent=2) + "\n"
        )

    def csv(self) -> str:
        """Lines of ``name,row,column,value``; rows and columns count from 1, and are empty for a single number."""
        cells = ((name, *cell) for name, value in self.values.items() for cell in _csv_cells(value))
        return csv_table((("name", "row", "column", "value"), *cells))

    def text(self) -> str:
        """Paragraphs: each matrix below its heading, with as many digits as R prints."""
        parts = [self.title] if self.title else []
        numbers: list[str] = []
        for name, heading in self.headings.items():
            value = self.values[name]
            if table := self.tables.get(name):
                parts += ["\n".join(numbers)] if numbers else []
                numbers = []
                parts.append("\n".join((heading, *(f"  {line}" for line in table))))
            elif isinstance(value, np.ndarray) and value.ndim == 2:
                parts += ["\n".join(numbers)] if numbers else []
                numbers = []
                parts.append("\n".join((heading, *("  " + "  ".join(row) for row in r_columns(value)))))
            elif isinstance(value, np.ndarray):
                history = (f"{i:>8}  {rounded_text(cost)}" for i, cost in enumerate(value.tolist(), start=1))
                parts.append("\n".join((heading, *history)))
            else:
                numbers.append(heading if value is None else f"{heading} = {_value_text(value)}")
        parts += ["\n".join(numbers)] if numbers else []
        notes = "\n".join(f"Note: {note}" for note in self.notes)
        return "\n\n".join((*parts, *([notes] if notes else []), *self.paragraphs)) + "\n"


def _value_text(value: object) -> str:
    match value:
        case float():
            return rounded_text(value) if math.isfinite(value) else "overflow"
        case int():
            return group_digits(value)
        case list():
            return ", ".join(map(str, value))
        case _:
            return str(value)


def _json_value(value: object) -> object:
    match value:
        case np.ndarray():
            return _json_value(value.tolist())
        case list():
            return [_json_value(item) for item in value]
        case Mapping():
            return {key: _json_value(item) for key, item in value.items()}
        case float():
            return unsigned_zero(value) if math.isfinite(value) else None
        case _:
            return value


def _csv_cells(value: object) -> list[tuple[object, object, object]]:
    plain = _json_value(value)
    if isinstance(plain, Mapping):
        flat = {key: item for key, item in plain.items() if not isinstance(item, Mapping)}
        for item in plain.values():
            flat |= item if isinstance(item, Mapping) else {}
        return [(key, "", "" if item is None else item) for key, item in flat.items()]
    if not isinstance(plain, list):
        return [("", "", "" if plain is None else plain)]
    cells: list[tuple[object, object, object]] = []
    for i, row in enumerate(plain, start=1):
        if isinstance(row, list):
            cells += [(i, j, "" if cell is None else cell) for j, cell in enumerate(row, start=1)]
        else:
            cells.append((i, "", "" if row is None else row))
    return cells


def train_report(
    document: Document, run: Run, history: bool, notation: Notation, agreed: Agreement | None = None
) -> Report:
    """The weights after the last update, Ŷ before and after it, and how many digits can be relied on (``agreed``)."""
    last = run.reached
    computed = run.pass_at(last)
    after = run.parameters(last + 1)
    Y_hat_after = predict(document.network, document.dataset.training.X, after)
    report = Report(document.title)
    report.add("iterations", last, "Iterations")
    report.add("cost", run.cost(last), f"J of iteration {group_digits(last)}")
    for name, matrix in after.named.items():
        report.add(name, matrix, f"{notation.name(name)} after the last update")
    Y_hat = notation.name("Y_hat")
    report.add("Y_hat", computed["Y_hat"], f"{Y_hat} of iteration {group_digits(last)}, before its update")
    report.add("Y_hat_after", Y_hat_after, f"{Y_hat} with the weights after the last update")
    if small := small_weights(computed, after):
        report.add("weights_near_zero", {"count": small.count, "of": small.of, "within": small.within})
        report.paragraphs.append(small_weights_sentence(small, notation))
    report.add_all(class_values(document.dataset, computed, notation))
    report.add_all(accuracy_after(document.dataset, Y_hat_after))
    report.add_all(fit_values(document.network, document.dataset, after))
    if history:
        report.add("history", run.costs, "J of every iteration")
        if run.data_costs is not None:
            report.add("data_history", run.data_costs, "J without its penalty, of every iteration")
        report.add_all(_test_history(run))
    if run.overflow:
        report.add("overflow", {"iteration": run.overflow.iteration, "matrix": run.overflow.name})
        report.paragraphs.append(overflow_sentence(run.overflow, document.learning_rate, notation))
    if run.stopped:
        report.add("stopped", {"iteration": run.stopped.iteration, "reason": str(run.stopped.reason)})
        if run.stopped.best:
            report.add("best_iteration", run.stopped.best)
        report.paragraphs.append(stop_sentence(run.stopped, document, notation))
    if least := run.least_test_cost:
        best = run.parameters_after(least.iteration).named
        told = {"iteration": least.iteration, "test_mean_cost": least.cost, "parameters": best}
        report.add("best", told)
        report.paragraphs.append(least_test_cost_sentence(document, least.iteration, least.cost))
    if agreed and agreed.first:
        report.add("rounding", {"fewer_than_9_digits_from": agreed.first, "no_digit_from": agreed.below(1)})
    layers = range(2, len(document.network.layers) + 1)
    observed = [*data_observations(document), _rising(document, run.costs)]
    observed += [saturated(computed, layer) for layer in layers]
    report.notes = _observation_sentences(observed, document, notation)
    if agreed and agreed.first:
        report.notes.append(rounding_sentence(agreed))
    return report


def _test_history(run: Run) -> Iterable[ReportedValue]:
    """The mean cost of the test rows in every iteration; nothing if there are no test rows in any."""
    costs = mean_costs_of_test_rows(run)
    if any(cost is not None for cost in costs):
        told = ("no test rows" if cost is None else rounded_text(cost) for cost in costs)
        lines = tuple(f"{i:>6}  {text}" for i, text in enumerate(told, start=1))
        yield ReportedValue("test_mean_cost", costs, _TEST_HISTORY, lines)


def _rising(document: Document, costs: Array, updates: int | None = None) -> Observation | None:
    """Whether J rises, unless each iteration has the J of another batch: that tells little of the next."""
    return rising(costs, updates) if document.pace.epochs(document.dataset).is_one_batch else None


def data_observations(document: Document) -> list[Observation | None]:
    """What can be observed in a lesson's data before anything is computed; None for what is not the case."""
    return [out_of_reach(document.dataset, document.network), *turned_signs(document.dataset)]


def data_notes(document: Document, notation: Notation) -> list[str]:
    """The notes on a lesson's data, as sentences."""
    return _observation_sentences(data_observations(document), document, notation)


def _observation_sentences(observed: Iterable[Observation | None], document: Document, notation: Notation) -> list[str]:
    return [
        observation_text(observation, document.dataset, notation).sentence for observation in observed if observation
    ]


def show_report(
    document: Document,
    computed: Pass,
    iteration: int,
    step: Step | None,
    notation: Notation,
    costs: Array,
    agreed: Agreement | None = None,
) -> Report:
    """Every matrix of one iteration; with a ``step``, the matrices that come after it are None.

    ``costs`` holds J of the iterations up to this one, shape (iterations,); ``agreed`` says how many digits can be
    relied on.
    """
    report = Report(document.title)
    report.add("iteration", iteration, "Iteration")
    order = equations(document.network)
    sequence = steps(document.network)
    reached = sequence[: sequence.index(step) + 1] if step else sequence
    later = {equation.name for equation in order if equation.step not in reached}
    if step:
        report.add("step", step.name)
    cost_known = "J" not in later
    report.add("cost", computed.cost if cost_known else None)
    report.add("loss", computed.loss if cost_known else None)
    report.add("learning_rate", float(computed["learning_rate"][0, 0]))
    has_all_rows = len(computed["X"]) == document.dataset.rows
    report.add("rows", (computed.row_numbers + 1).tolist(), "" if has_all_rows else "Rows of the data")
    epochs = document.pace.epochs(document.dataset)
    if not epochs.is_one_batch:
        report.add("epoch", epochs.epoch_of(iteration), "Epoch")
    for name in ("X", "Y", *document.network.shapes):
        report.add(name, computed[name], notation.name(name))
    for equation in order:
        value = None if equation.name in later else computed[equation.name]
        heading = notation.name(equation.name) + ("" if value is not None else ": not reached yet")
        if equation.name == "J":
            report.headings["cost"] = heading
            report.headings["loss"] = notation.loss if cost_known else f"{notation.loss}: not reached yet"
        else:
            report.add(equation.name, value, heading if value is None else notation.formula(equation))
    is_reached = "Y_hat" not in later
    report.add_all(class_values(document.dataset, computed, notation, is_reached=is_reached, has_cost=cost_known))
    layers = [
        equation.step.number or len(document.network.layers) for equation in order if equation.step.kind in _ACTIVATED
    ]
    names = [equation.name for equation in order if equation.step.kind in _ACTIVATED]
    observed = [*data_observations(document), _rising(document, costs if cost_known else costs[:-1], RECENT)]
    observed += [saturated(computed, layer) for name, layer in zip(names, layers, strict=True) if name not in later]
    report.notes = _observation_sentences(observed, document, notation)
    if agreed and (rounding := rounding_observation(agreed, iteration)):
        report.notes.append(rounding.sentence)
    return report


def predict_report(
    document: Document, run: Run, x: Array, parameters: Parameters, iteration: int | None, notation: Notation
) -> Report:
    """The predictions for the rows ``x``, which are in the data's units.

    ``parameters`` are those with which ``iteration`` begins or, if that is None, those after the run's last update.
    """
    data = document.dataset
    X = data.scaled(x)
    Y_hat = predict(document.network, X, parameters)
    report = Report(document.title)
    if iteration:
        report.add("iteration", iteration, "Iteration")
        when = f"of iteration {group_digits(iteration)}, before its update"
    else:
        report.add("iterations", run.reached, "Iterations")
        when = "with the weights after the last update"
    name = notation.name("Y_hat")
    report.add("x", x, f"x: {', '.join(data.x_names)}")
    report.add("X", X, "X, as the network sees it")
    report.add("Y_hat", Y_hat, f"{name} {when}")
    report.add("prediction", data.in_units(Y_hat), f"{name} in the data's units: {', '.join(data.y_names)}")
    report.add_all(predicted_classes(data, Y_hat, notation))
    if run.overflow and not iteration:
        report.paragraphs.append(overflow_sentence(run.overflow, document.learning_rate, notation))
    return report
