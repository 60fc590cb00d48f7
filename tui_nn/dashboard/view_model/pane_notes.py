"""The note in the border of each pane, about the iteration shown. It reveals nothing that is still hidden there."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tui_nn.network.checks.run_notes import RECENT, Observation, out_of_reach, rescaled, rising, turned_signs
from tui_nn.writing.sentences.note_sentences import NoteText, note_text, rounding_note

if TYPE_CHECKING:
    from tui_nn.dashboard.view_model.view import View


def observed(view: "View") -> dict[str, NoteText]:
    """The note of each pane that has one, by the pane's name."""
    document, notation = view.state.document, view.notation
    found: dict[str, NoteText] = {}
    for pane, observation in _observations(view):
        if pane not in found:
            found[pane] = note_text(observation, document.dataset, notation)
    if view.agreed and (rounding := rounding_note(view.agreed, view.iteration)):
        found["results"] = rounding
    return found


def _observations(view: "View") -> Iterator[tuple[str, Observation]]:
    """Pairs of a pane's name and an observation, the most urgent first."""
    document = view.state.document
    data = document.dataset
    if not view.hidden.names & {"X", "Y"}:
        yield from (("data", one) for one in _rescaled_by_the_last_edit(view))
        yield from (("data", one) for one in turned_signs(data))
        if beyond := out_of_reach(data, document.network):
            yield from (("data", beyond), ("results", beyond))
    known = view.iteration if "J" in view.told else view.iteration - 1
    if rises := rising(view.costs[:known], RECENT):
        yield "cost", rises
        if "J" in view.told:
            yield "step", rises
    if view.figures:
        for layer in range(2, len(document.network.layers) + 1):
            name = "Y_hat" if layer == len(document.network.layers) else f"A{layer}"
            if name in view.told and (flat := view.figures.saturated(layer)):
                yield "step", flat


def _rescaled_by_the_last_edit(view: "View") -> Iterator[Observation]:
    if view.state.past:
        before = view.state.past[0].branches.current.course
        if view.iteration <= before.document.iterations:
            yield from rescaled(before.at(view.iteration).dataset, view.state.document.dataset)
