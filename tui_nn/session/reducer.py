"""What each event makes of a lesson's state."""

from tui_nn.network import Mistake, Step, ValidationError, matrix_shapes, on_offer, steps, steps_by_name
from tui_nn.session import events, limits, validation
from tui_nn.session.branches import Branches
from tui_nn.session.editing.edit_limits import cells_added, cells_copied, check_room, check_runs
from tui_nn.session.editing.edits import edited, since
from tui_nn.session.editing.notes import notes_redone, notes_undone, with_notes
from tui_nn.session.editing.notes import room as _room
from tui_nn.session.events import Event, Selected
from tui_nn.session.quiz.grading import understood
from tui_nn.session.quiz.questions import Question, checked
from tui_nn.session.settings import HYPERPARAMETERS
from tui_nn.session.state import (
    AHEAD,
    CHARTS,
    EFFECTS,
    FROM_HERE,
    PANES,
    Answer,
    Change,
    Changes,
    Place,
    State,
    replace,
    shape_of,
)


def apply_event(state: State, event: Event) -> State:
    """The state after ``event``. Raises `ValidationError` where the event does not apply; ``state`` stays as it is."""
    match event:
        case events.Moved(iteration, name):
            there = replace(state, iteration=_iteration(state, iteration), step=_step(state, name))
            return there if there.step == state.step else replace(there, derived=1)
        case events.Derived(line):
            # Another version may have had more lines.
            return replace(state, derived=validation.whole("line", line, 1, limits.LINES))
        case events.Selected():
            table = _table_of(state, event)
            return replace(state, table=table, cells={**state.cells, table: event})
        case events.Looked(pane):
            pointed = state.pointed if pane == "cost" else None
            return replace(state, pane=validation.choice("pane", pane, PANES), pointed=pointed)
        case events.Pointed(iteration):
            return replace(state, pointed=_iteration(state, iteration))
        case events.ChartChosen(chart):
            return replace(state, chart=validation.choice("chart", chart, CHARTS))
        case events.AheadChosen(ahead):
            return replace(state, ahead=validation.choice("ahead", ahead, AHEAD))
        case events.EffectChosen(effect):
            return replace(state, effect=validation.choice("effect", effect, EFFECTS))
        case events.Played(speed):
            return replace(state, speed=validation.whole("speed", speed, 1, limits.ITERATIONS))
        case events.Paused() | events.Ended():
            return replace(state, speed=None)
        case (
            events.Noted()
            | events.Marked()
            | events.NoteChanged()
            | events.NoteRemoved()
            | events.MarkRenamed()
            | events.MarkRemoved()
        ):
            return with_notes(state, event)
        case events.NoteUndone():
            return notes_undone(state)
        case events.NoteRedone():
            return notes_redone(state)
        case events.Asked():
            number = state.last_question + 1
            questions = {**state.questions, number: _asked(state, event)}
            return replace(state, questions=questions, last_question=number)
        case events.Withdrawn(number):
            _question(state, number)
            kept = {one: question for one, question in state.questions.items() if one != number}
            return replace(state, questions=kept, posed=0 if state.posed == number else state.posed)
        case events.Posed(number):
            question = _question(state, number)
            there = apply_event(state, events.Moved(question.iteration, question.step))
            return replace(there, posed=number)
        case events.Answered(number, text):
            return replace(state, answers={**state.answers, number: _answer(state, number, text)})
        case events.NewRowAdded(x):
            return replace(state, new_rows=(*state.new_rows, _new_row(state, x)))
        case events.NewRowRemoved(number):
            validation.whole("row", number, 1, len(state.new_rows))
            return replace(state, new_rows=(*state.new_rows[: number - 1], *state.new_rows[number:]))
        case events.Reached(iteration, cost):
            _iteration(state, iteration)
            validation.number("cost", cost)
            return state
        case events.BranchChosen(name):
            return _settled(replace(state, branches=state.branches.choose(name)), state.place)
        case events.RunCompared(name):
            state.branches.check(name)
            return replace(state, against=name)
        case events.Branched(name):
            forked = _changed(state, state.branches.forked(name, state.iteration), effect=state.effect)
            return replace(forked, effect=FROM_HERE)
        case events.StartTried(name, seed):
            branches = state.branches.forked(name, state.iteration)
            course = edited(state.course, events.HyperparameterSet("seed", seed), state.iteration)
            return _changed(state, branches.with_course(course, since=1))
        case events.MistakePlanted(mistake):
            return replace(state, planted=_on_offer(state, mistake) if mistake else "", guesses=())
        case events.MistakeGuessed(mistake):
            return _guessed(state, mistake)
        case events.Undone():
            return _undone(state)
        case events.Redone():
            return _redone(state)
        case _:
            course = edited(state.course, event, state.iteration)
            return _changed(state, state.branches.with_course(course, since(event)))


def _iteration(state: State, iteration: int) -> int:
    last = state.course.document.iterations
    if not 1 <= iteration <= last:
        raise ValidationError("iteration", str(iteration), f"one from 1 to {last}")
    return iteration


def _step(state: State, name: str) -> Step:
    step = steps_by_name(state.document.network).get(name)
    if step is None:
        raise ValidationError(
            "step", f'"{validation.short(name)}"', "one of " + " ".join(step.name for step in state.steps)
        )
    return step


def _asked(state: State, asked: events.Asked) -> Question:
    _room("ask", state.questions, limits.QUESTIONS)
    fields = dict(vars(asked))
    question = Question(**fields, iteration=state.iteration, step=state.step.name)
    return checked(question, state.document.network, state.document.dataset.rows, state.document.iterations)


def _question(state: State, number: int) -> Question:
    if number not in state.questions:
        raise ValidationError("question", str(number), "the number of a question of the lesson")
    return state.questions[number]


def _answer(state: State, number: int, text: str) -> Answer:
    question = _question(state, number)
    _room("question", state.answers, limits.ANSWERS)
    if number in state.answers:
        raise ValidationError("question", str(number), "one that has no answer yet")
    document = state.course.at(question.iteration)
    checked(question, document.network, document.dataset.rows, document.iterations)
    if text:
        understood(question, matrix_shapes(document.network, document.dataset.rows), text)
    return Answer(text, state.course)


def _on_offer(state: State, mistake: str) -> str:
    document = state.document
    return validation.choice("mistake", mistake, on_offer(document.network, document.dataset.rows))


def _guessed(state: State, mistake: str) -> State:
    if not state.planted:
        raise ValidationError("mistake", "guessed where none is planted", "one to be planted first")
    guess = validation.choice("mistake", mistake, tuple(Mistake))
    return state if guess in state.guesses else replace(state, guesses=(*state.guesses, guess))


def _new_row(state: State, x: tuple[float, ...]) -> tuple[float, ...]:
    inputs = state.document.dataset.inputs
    if len(x) != inputs:
        raise ValidationError("x", validation.many(len(x), "number"), str(inputs))
    _room("x", state.new_rows, limits.NEW_ROWS)
    return tuple(validation.number("x", number) for number in x)


def _table_of(state: State, selected: Selected) -> str:
    """Which of the tables the cell is in. Raises `ValidationError` where there is no such cell."""
    name, row, column = selected.matrix, selected.row, selected.column
    if name in HYPERPARAMETERS:
        table, least, shape = "settings", 1, (1, 1)
    else:
        table, least = ("data", 0) if name in ("x", "y") else ("matrices", 1)
        found = shape_of(state.document, name)
        if found is None:
            raise ValidationError(
                "matrix", f'"{validation.short(name)}"', "a matrix of the lesson's network, x, y or a setting"
            )
        shape = found
    for what, number, first, last in (("row", row, least, shape[0]), ("column", column, 1, shape[1])):
        if not first <= number <= last:
            raise ValidationError(what, str(number), f"one from {first} to {last}")
    return table


def _changed(state: State, branches: Branches, effect: str = "") -> State:
    """The state with ``branches`` after an edit that undo can take back.

    Raises `ValidationError` for too many edits.
    """
    after = _settled(replace(state, branches=branches, future=None), state.place)
    change = Change(state.branches, state.place, after.place, effect, state.held)
    added = cells_added(state.course, after.course)
    past, held = (change, state.past), state.held + added
    copied = state.copied + cells_copied(state.course, after.course)
    check_room(state.edits + 1, copied)
    after = replace(after, past=past, held=held, edits=state.edits + 1, copied=copied)
    return after if held <= limits.CELLS_HELD else _lighter(after, past, held)


def _lighter(state: State, past: Changes, held: int) -> State:
    """The state without its oldest undo steps: the others hold at most half as many numbers as allowed.

    Raises `ValidationError` if the runs alone hold too many numbers: each change of the data during a run keeps a copy.
    """
    check_runs(state.branches)
    kept: list[Change] = []
    # The last one in any case.
    while past and (not kept or held - past[0].held <= limits.CELLS_HELD // 2):
        change, past = past
        kept.append(change)
    # The oldest one kept has nothing before it to go back to.
    before = kept[-1].held
    shorter: Changes = None
    for change in reversed(kept):
        shorter = (replace(change, held=change.held - before), shorter)
    return replace(state, past=shorter, held=held - before)


def _undone(state: State) -> State:
    if state.past is None:
        raise ValidationError("undo", "without an edit", "an edit to take back")
    change, past = state.past
    # Where nobody has moved since, undoing is as if nothing had happened; else one stays where one is.
    place = change.before if state.place == change.after else state.place
    return _at_other_side(replace(state, past=past, future=(_seen_from(state, change), state.future)), change, place)


def _redone(state: State) -> State:
    if state.future is None:
        raise ValidationError("redo", "without an edit undone", "an edit to make again")
    change, future = state.future
    place = change.after if state.place == change.before else state.place
    return _at_other_side(replace(state, past=(_seen_from(state, change), state.past), future=future), change, place)


def _seen_from(state: State, change: Change) -> Change:
    """``change`` for whoever will come back to ``state``, which lies at its other side."""
    return replace(change, branches=state.branches, effect=change.effect and state.effect, held=state.held)


def _at_other_side(state: State, change: Change, place: Place) -> State:
    effect = change.effect or state.effect
    return _settled(replace(state, branches=change.branches, effect=effect, held=change.held), place)


def _settled(state: State, place: Place) -> State:
    """As near to ``place`` as the runs let one be: theirs may be shorter, their steps and cells others."""
    document = state.course.document
    order = steps(document.network)
    same_kind = (step for step in order if step.kind is place.step.kind)
    step = place.step if place.step in order else next(same_kind, order[0])
    settled = replace(state, iteration=min(place.iteration, document.iterations), step=step)
    return settled if step == place.step else replace(settled, derived=1)
