"""Undo and redo of edits: what an edit leaves to go back to, and how much of that is kept."""

from tui_nn.language import _
from tui_nn.network import ValidationError
from tui_nn.session import limits
from tui_nn.session.editing.edit_limits import cells_added, cells_copied, check_edits, check_runs
from tui_nn.session.runs.branches import Branches
from tui_nn.session.state import Place, State, UndoStep, UndoSteps, replace, state_at_place


def with_edit(state: State, branches: Branches, effect: str = "") -> State:
    """The state with the ``branches`` that an edit made, which undo can take back.

    ``effect`` is the `State.edit_effect` that undo brings back; "" if undo leaves it as it is. Raises
    `ValidationError` for too many edits.
    """
    after = state_at_place(replace(state, branches=branches, future=None), state.place)
    past = (UndoStep(state.branches, state.place, after.place, effect, state.cells_kept_for_undo), state.past)
    held = state.cells_kept_for_undo + cells_added(state.plan, after.plan)
    copied = state.cells_copied + cells_copied(state.plan, after.plan)
    check_edits(state.edits + 1, copied)
    after = replace(after, past=past, cells_kept_for_undo=held, edits=state.edits + 1, cells_copied=copied)
    return after if held <= limits.CELLS_KEPT_FOR_UNDO else _without_oldest(after, past, held)


def _without_oldest(state: State, past: UndoSteps, held: int) -> State:
    """The state without its oldest undo steps: the others hold at most half as many numbers as allowed.

    Raises `ValidationError` if the runs alone hold too many numbers: each change of the data during a run keeps a copy.
    """
    check_runs(state.branches)
    kept: list[UndoStep] = []
    # The newest step stays in any case.
    while past and (not kept or held - past[0].cells_kept_for_undo <= limits.CELLS_KEPT_FOR_UNDO // 2):
        change, past = past
        kept.append(change)
    # From now on, `cells_kept_for_undo` counts from the oldest step kept.
    before = kept[-1].cells_kept_for_undo
    shorter: UndoSteps = None
    for change in reversed(kept):
        shorter = (replace(change, cells_kept_for_undo=change.cells_kept_for_undo - before), shorter)
    return replace(state, past=shorter, cells_kept_for_undo=held - before)


def undone(state: State) -> State:
    """The state without the last edit. Raises `ValidationError` if there is no edit to undo."""
    if state.past is None:
        raise ValidationError("undo", _("without an edit"), _("an edit to take back"), _("There is no edit to undo."))
    change, past = state.past
    # Shows the place from before the edit, unless the user has moved since.
    place = change.before if state.place == change.after else state.place
    return _state_with_change(
        replace(state, past=past, future=(_opposite_change(state, change), state.future)), change, place
    )


def redone(state: State) -> State:
    """The state with the edit that was undone last. Raises `ValidationError` if no edit was undone."""
    if state.future is None:
        sentence = _("There is no edit to redo.")
        raise ValidationError("redo", _("without an edit undone"), _("an edit to make again"), sentence)
    change, future = state.future
    place = change.after if state.place == change.before else state.place
    return _state_with_change(
        replace(state, past=(_opposite_change(state, change), state.past), future=future), change, place
    )


def _opposite_change(state: State, change: UndoStep) -> UndoStep:
    """The change that brings back ``state`` once ``change`` was undone or redone."""
    effect = change.edit_effect and state.edit_effect
    return replace(change, branches=state.branches, edit_effect=effect, cells_kept_for_undo=state.cells_kept_for_undo)


def _state_with_change(state: State, change: UndoStep, place: Place) -> State:
    """The state with what ``change`` keeps, showing ``place``."""
    effect = change.edit_effect or state.edit_effect
    return state_at_place(
        replace(state, branches=change.branches, edit_effect=effect, cells_kept_for_undo=change.cells_kept_for_undo),
        place,
    )
