"""The plan of a run: how it begins, and what changes during it."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Self

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.network import Parameters, Segment, ValidationError, WeightCell
from tui_nn.network.model.errors import quoted
from tui_nn.session import limits, validation
from tui_nn.session.document import Document


@frozen_dataclass(eq=False)
class RunPlan:
    """What a run computes with: ``document`` from iteration 1 on, and each of ``changes`` from its own iteration on."""

    document: Document
    changes: tuple[Segment, ...] = ()

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """All segments of the run; the first is that of the document."""
        return (_segment(self.document, 1), *self.changes)

    @cached_property
    def _first_iterations(self) -> tuple[int, ...]:
        return tuple(segment.first for segment in self.changes)

    @cached_property
    def _documents(self) -> dict[int, Document]:
        # Begins with one document; `document_at` adds others. A lesson has hundreds of plans, but shows few documents.
        return {0: self.document}

    def document_at(self, iteration: int) -> Document:
        """The document as it is in force at ``iteration``: the same object throughout a segment."""
        number = bisect_right(self._first_iterations, iteration)
        known = self._documents.get(number)
        if known is None:
            segment = self.changes[number - 1]
            penalty = segment.penalty or self.document.network.penalty
            in_force = replace(
                self.document,
                dataset=segment.dataset,
                learning_rate=segment.learning_rate,
                l1=penalty.l1,
                l2=penalty.l2,
            )
            known = self._documents.setdefault(number, in_force)
        return known

    def check_iteration(self, iteration: int) -> int:
        """``iteration``. Raises `ValidationError` if the run does not have it."""
        return validation.in_range("iteration", iteration, self.document.iterations)

    def with_document(self, document: Document, iteration: int) -> Self:
        """The plan with the data, rate and penalty of ``document`` from ``iteration`` on; at 1, all of ``document``.

        Drops the changes at later iterations: they were made to a run that no longer exists.
        """
        if iteration == 1:
            return replace(self, document=document, changes=())
        weights = self._weights_set_at(iteration)
        return self._with_change(_segment(document, iteration, weights))

    def with_weights(self, cells: Sequence[WeightCell], iteration: int) -> Self:
        """The plan with ``cells`` set before the forward pass of ``iteration``; at 1, in the start.

        Raises `ValidationError` if there is no such weight.
        """
        in_force = self.document_at(iteration)
        for cell in cells:
            _check_cell(cell, in_force.network.shapes)
        if iteration == 1:
            given = _with_cells(in_force.start_parameters, cells)
            start = replace(in_force.start, method="given", given=given)
            return replace(self, document=replace(in_force, start=start), changes=())
        set_now = {_cell_place(cell) for cell in cells}
        others = (cell for cell in self._weights_set_at(iteration) if _cell_place(cell) not in set_now)
        return self._with_change(_segment(in_force, iteration, (*others, *cells)))

    def _weights_set_at(self, iteration: int) -> tuple[WeightCell, ...]:
        return next((segment.weights for segment in self.changes if segment.first == iteration), ())

    def _with_change(self, segment: Segment) -> Self:
        changes = (*(change for change in self.changes if change.first < segment.first), segment)
        if sum(1 + len(change.weights) for change in changes) > limits.CHANGES_OF_A_RUN:
            most = limits.CHANGES_OF_A_RUN
            sentence = _(
                "A run can have at most {most} changes after iteration 1. Make this one from iteration 1 on.", most=most
            )
            found, expected = _("one more than {most}", most=most), _("at most {most} changes", most=most)
            raise ValidationError("iteration", found, expected, sentence)
        return replace(self, changes=changes)


def _segment(document: Document, first: int, weights: tuple[WeightCell, ...] = ()) -> Segment:
    """What ``document`` says of the iterations from ``first`` on, with ``weights`` set there."""
    return Segment(
        first,
        document.dataset,
        document.learning_rate,
        weights,
        document.network.penalty,
        document.pace,
        document.stopping,
    )


def _cell_place(cell: WeightCell) -> tuple[str, int, int]:
    return cell.name, cell.row, cell.column


def _check_cell(cell: WeightCell, shapes: Mapping[str, tuple[int, int]]) -> None:
    shape = shapes.get(cell.name)
    if shape is None:
        raise ValidationError("matrix", quoted(cell.name), _("one of {names}", names=", ".join(shapes)))
    validation.in_range("row", cell.row, shape[0])
    validation.in_range("column", cell.column, shape[1])


def _with_cells(parameters: Parameters, cells: Sequence[WeightCell]) -> Parameters:
    matrices = {name: matrix.copy() for name, matrix in parameters.named.items()}
    for cell in cells:
        matrices[cell.name][cell.row - 1, cell.column - 1] = cell.value
    ordered = tuple(matrices.values())
    depth = len(parameters.weights)
    return Parameters(ordered[:depth], ordered[depth:])
