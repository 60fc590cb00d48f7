"""The notes in the borders of the panes, about the iteration shown. They reveal nothing that a question hides."""

from collections.abc import Iterator
from typing import NamedTuple

from tui_nn.dashboard.view_model.iteration_numbers import IterationNumbers
from tui_nn.network import Agreement
from tui_nn.network.checks.run_notes import RECENT, Observation, out_of_reach, plateau, rescaled, rising, turned_signs
from tui_nn.network.model.array import Array
from tui_nn.session.state import State
from tui_nn.writing.notation.signs import Notation
from tui_nn.writing.sentences.note_sentences import ObservationText, observation_text, rounding_observation


class IterationShown(NamedTuple):
    """The number of the iteration shown, and which of its matrices the user may know.

    ``visible_matrices`` names the matrices that are reached and not hidden, ``hidden`` those that a question hides.
    ``numbers`` are the numbers of the iteration, or None while it is being computed.
    """

    number: int
    visible_matrices: frozenset[str]
    hidden: frozenset[str]
    numbers: IterationNumbers | None


def pane_notes(
    state: State, shown: IterationShown, costs: Array, agreement: Agreement | None, notation: Notation
) -> dict[str, ObservationText]:
    """The note of each pane that has one, by the pane's name.

    ``costs`` holds J of every iteration computed. ``agreement`` says how many digits of the run can be relied on, once
    that is measured.
    """
    found: dict[str, ObservationText] = {}
    for pane, observation in _observations(state, shown, costs):
        if pane not in found:
            found[pane] = observation_text(observation, state.document.dataset, notation)
    if agreement and (rounding := rounding_observation(agreement, shown.number)):
        found["results"] = rounding
    return found


def _observations(state: State, shown: IterationShown, costs: Array) -> Iterator[tuple[str, Observation]]:
    """Pairs of a pane's name and an observation, the most urgent first."""
    document = state.document
    data = document.dataset
    if not shown.hidden & {"X", "Y"}:
        yield from (("data", one) for one in _rescaled_by_the_last_edit(state, shown.number))
        yield from (("data", one) for one in turned_signs(data))
        if beyond := out_of_reach(data, document.network):
            yield from (("data", beyond), ("results", beyond))
    known = shown.number if "J" in shown.visible_matrices else shown.number - 1
    # J of one batch tells little of J of the next.
    one_batch = document.pace.epochs(data).is_one_batch
    if one_batch and (noticed := rising(costs[:known], RECENT) or plateau(costs[:known])):
        yield "cost", noticed
        if "J" in shown.visible_matrices:
            yield "step", noticed
    if shown.numbers:
        for layer in range(2, len(document.network.layers) + 1):
            name = "Y_hat" if layer == len(document.network.layers) else f"A{layer}"
            if name in shown.visible_matrices and (flat := shown.numbers.saturated(layer)):
                yield "step", flat


def _rescaled_by_the_last_edit(state: State, iteration: int) -> Iterator[Observation]:
    if state.past:
        before = state.past[0].branches.current.plan
        if iteration <= before.document.iterations:
            yield from rescaled(before.document_at(iteration).dataset, state.document.dataset)
