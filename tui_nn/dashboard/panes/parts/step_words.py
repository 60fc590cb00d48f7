"""The words above the formula of a step: its notes, its questions, why the run stops, and the keys to begin with."""

from collections.abc import Iterator

from rich.cells import cell_len, set_cell_size

from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.dashboard.widgets.matrices.matrix_board import wrapped_lines
from tui_nn.language import _, ngettext
from tui_nn.writing.notation.number_format import group_digits
from tui_nn.writing.notation.signs import Notation
from tui_nn.writing.sentences.question_text import question_text
from tui_nn.writing.sentences.steps_and_errors import least_test_cost_sentence, stop_sentence

_MOST_QUESTIONS = 2


def note_lines(view: View, room: int) -> Iterator[Line]:
    """The newest note of this step in full, after the earlier ones, which the class has heard, on a line each."""
    *earlier, newest = view.state.notes_here or ("",)
    for note in earlier:
        text = _("Note: {note}", note=note)
        cut = text if cell_len(text) <= room else set_cell_size(text, room - 1) + view.notation.ellipsis[0]
        yield [(cut, "faint")]
    if newest:
        yield from wrapped_lines(_("Note: {note}", note=newest), room, "mark")


def question_lines(view: View, room: int) -> Iterator[Line]:
    """The first questions that wait for an answer at this step, and how many more there are."""
    numbers = view.questions_here
    for number in numbers[:_MOST_QUESTIONS]:
        text = question_text(view.state.questions[number], view.notation)
        says = _("Question {number}: {question} Press P to answer.", number=number, question=text)
        yield from wrapped_lines(says, room, "mark")
    if more := numbers[_MOST_QUESTIONS:]:
        says = ngettext("{more} more is asked here.", "{more} more are asked here.", len(more), more=len(more))
        yield from wrapped_lines(says, room, "mark")


def stop_lines(view: View, room: int) -> Iterator[Line]:
    """Why the run stops with this iteration, when the test cost was least, and which keys lead there."""
    if not view.stopped or view.iteration != view.stopped.iteration:
        return
    says = stop_sentence(view.stopped, view.state.document, view.notation)
    if view.stopped.best:
        says += f" {least_test_cost_sentence(view.state.document, view.stopped.best)}"
    if view.begins_with_best_weights and not view.replay_position:
        best = group_digits(view.begins_with_best_weights)
        # For translators: the user types the English word best.
        leads_there = _("Iteration {best} begins with the weights of that cost: press g and type best.", best=best)
        says += f" {leads_there}"
    yield from wrapped_lines(says, room, "mark")


def keys_to_begin_with(notation: Notation) -> str:
    """Which keys a user can press first: on one line, so that it cuts nothing of the first step off."""
    if notation.unicode:
        return _("Press → for the next step, ? for all keys.")
    return _("Press the right arrow for the next step, ? for all keys.")
