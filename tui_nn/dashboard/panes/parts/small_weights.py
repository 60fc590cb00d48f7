"""How many weights are nearly 0, for the steps of a lesson with a penalty."""

from collections.abc import Iterator

from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.dashboard.widgets.matrices.matrix_board import wrapped_lines
from tui_nn.network import StepKind
from tui_nn.network.checks.small_weights import small_weights
from tui_nn.writing.sentences.small_weights import small_weights_sentence


def small_weights_lines(view: View, room: int) -> Iterator[Line]:
    """A sentence at the steps J and update, if J has a penalty: how many weights of the step are nearly 0."""
    names = view.state.document.network.shapes
    is_update = view.step.kind is StepKind.UPDATE
    shown = {f"{name}_next" for name in names} if is_update else {*names}
    if (is_update or view.step.kind is StepKind.COST) and view.iteration_numbers and shown <= view.visible_matrices:
        computed = view.iteration_numbers.computed
        if small := small_weights(computed, computed.next_parameters if is_update else computed.parameters):
            yield from wrapped_lines(small_weights_sentence(small, view.notation), room, "")
