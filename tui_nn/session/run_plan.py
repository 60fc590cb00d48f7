"""The course of one run: how it begins, and what was changed on the way."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

from tui_nn.network import Parameters, Segment, ValidationError, WeightCell
from tui_nn.session import limits, validation
from tui_nn.session.document import Document


@dataclass(frozen=True, eq=False)
class RunPlan:
    """A document, from iteration 1 on, and the legs after the first, each of which holds from its own iteration on."""

    document: Document
    changes: tuple[Segment, ...] = ()

    @cached_property
    def legs(self) -> tuple[Segment, ...]:
        """All legs, that of the document first."""
        return (Segment(1, self.document.dataset, self.document.learning_rate), *self.changes)

    @cached_property
    def _firsts(self) -> tuple[int, ...]:
        return tuple(leg.first for leg in self.changes)

    @cached_property
    def _documents(self) -> dict[int, Document]:
        # Made when asked for: a new course after each of hundreds of edits needs one or two of its documents.
        return {0: self.document}

    def at(self, iteration: int) -> Document:
        """The document as it is in force at ``iteration``: the same object throughout a leg."""
        number = bisect_right(self._firsts, iteration)
        known = self._documents.get(number)
        if known is None:
            leg = self.changes[number - 1]
            in_force = replace(self.document, dataset=leg.dataset, learning_rate=leg.learning_rate)
            known = self._documents.setdefault(number, in_force)
        return known

    def check_iteration(self, iteration: int) -> int:
        """``iteration``. Raises `ValidationError` if the run does not have it."""
        return validation.in_range("iteration", iteration, self.document.iterations)

    def changed(self, document: Document, iteration: int) -> Self:
        """The course on which ``document``'s data and rate hold from ``iteration`` on; at 1 it begins with them.

        Later changes no longer happen: what they changed is another run now.
        """
        if iteration == 1:
            return replace(self, document=document, changes=())
        weights = self._weights_set_at(iteration)
        return self._with(Segment(iteration, document.dataset, document.learning_rate, weights))

    def with_weights(self, cells: Sequence[WeightCell], iteration: int) -> Self:
        """The same course with several weights set by hand. Raises `ValidationError` if there is no such weight."""
        in_force = self.at(iteration)
        for cell in cells:
            _check_place(cell, in_force.network.shapes)
        if iteration == 1:
            given = _with_cells(in_force.start_parameters, cells)
            start = replace(in_force.start, method="given", given=given)
            return replace(self, document=replace(in_force, start=start), changes=())
        set_now = {_place(cell) for cell in cells}
        others = (one for one in self._weights_set_at(iteration) if _place(one) not in set_now)
        return self._with(Segment(iteration, in_force.dataset, in_force.learning_rate, (*others, *cells)))

    def _weights_set_at(self, iteration: int) -> tuple[WeightCell, ...]:
        return next((leg.weights for leg in self.changes if leg.first == iteration), ())

    def _with(self, leg: Segment) -> Self:
        changes = (*(one for one in self.changes if one.first < leg.first), leg)
        if sum(1 + len(one.weights) for one in changes) > limits.CHANGES:
            found = f"one change more than {limits.CHANGES}"
            raise ValidationError("iteration", found, f"at most {limits.CHANGES} changes on the way of a run")
        return replace(self, changes=changes)


def _place(cell: WeightCell) -> tuple[str, int, int]:
    return cell.name, cell.row, cell.column


def _check_place(cell: WeightCell, shapes: Mapping[str, tuple[int, int]]) -> None:
    shape = shapes.get(cell.name)
    if shape is None:
        raise ValidationError("matrix", f'"{cell.name}"', "one of " + ", ".join(shapes))
    validation.in_range("row", cell.row, shape[0])
    validation.in_range("column", cell.column, shape[1])


def _with_cells(parameters: Parameters, cells: Sequence[WeightCell]) -> Parameters:
    matrices = {name: matrix.copy() for name, matrix in parameters.named.items()}
    for cell in cells:
        matrices[cell.name][cell.row - 1, cell.column - 1] = cell.value
    ordered = tuple(matrices.values())
    depth = len(parameters.weights)
    return Parameters(ordered[:depth], ordered[depth:])
