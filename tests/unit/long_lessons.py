"""Lessons of thousands of events, of every kind, made at random but always in the same way."""

from collections.abc import Callable, Iterable
from itertools import count
from random import Random

from tui_nn.network import Mistake, ValidationError
from tui_nn.session import events as happened
from tui_nn.session.display_choices import AHEAD_STYLES, CHARTS, ITERATION_SCALES, PANES
from tui_nn.session.events import Event
from tui_nn.session.lesson_log import LessonLog
from tui_nn.session.reducer import apply_event
from tui_nn.session.state import EDIT_EFFECTS, State
from tui_nn.session.storage.autosave import Autosave
from tui_nn.session.storage.session_file import Lesson

_NOTES = ("it falls", "δ⁽³⁾ = −(Y − Ŷ) ⊙ f′(Z⁽³⁾)", 'a "quoted" \\ note', "数字", "[[event]]", "seq = 1", "🎓")
_MOST_AT_ONCE = 20
_LAST_SHOWN = 300


def taught(lesson: Lesson, autosave: Autosave | None, events: int, seed: int = 1) -> LessonLog:
    """A lesson to which so many events have happened, one or some at a time, some of them in the same moment."""
    random, ticks = Random(seed), count()  # noqa: S311 - no secret
    history = LessonLog(lesson, autosave, clock=lambda: next(ticks) / 3)
    while history.event_count < events:
        most = min(events - history.event_count, random.randint(1, _MOST_AT_ONCE))
        history.append(*_some(random, history.state, most))
    return history


def _some(random: Random, state: State, most: int) -> Iterable[Event]:
    while most:
        event = random.choice((_unedited,) * 8 + (_edit, _way))(random, state)
        try:
            state = apply_event(state, event)
        except ValidationError:
            continue
        yield event
        most -= 1


def _unedited(random: Random, state: State) -> Event:
    shapes = state.document.network.shapes
    matrix = random.choice([*shapes])
    rows, columns = shapes[matrix]
    iteration = random.randint(1, min(_LAST_SHOWN, state.plan.document.iterations))
    made: tuple[Callable[[], Event], ...] = (
        lambda: happened.Moved(iteration, random.choice(state.steps).name),
        lambda: happened.Moved(iteration, random.choice(state.steps).name),
        lambda: happened.Selected(matrix, random.randint(1, rows), random.randint(1, columns)),
        lambda: happened.PaneChosen(random.choice(PANES)),
        lambda: happened.ChartChosen(random.choice(CHARTS)),
        lambda: happened.NetworkShown(),
        lambda: happened.RowChosen(random.randint(0, state.document.dataset.rows)),
        lambda: happened.IterationScaleChosen(random.choice(ITERATION_SCALES)),
        lambda: happened.IterationsCharted(random.randint(1, 20), random.choice((0, 30))),
        lambda: happened.PlaneUnitChosen("A2", 1),
        lambda: happened.PlaneInputsChosen(*random.choice(((1, 2), (2, 1)))),
        lambda: happened.PlaneCursorMoved(random.uniform(1, 10), random.uniform(1, 10)),
        lambda: happened.SecondWeightChosen(matrix, random.randint(1, rows), random.randint(1, columns)),
        lambda: happened.AheadChosen(random.choice(AHEAD_STYLES)),
        lambda: happened.IterationScaleChosen(random.choice(ITERATION_SCALES)),
        lambda: happened.IterationsCharted(iteration, iteration + random.randint(1, 200)),
        lambda: happened.PlaneUnitChosen("Y_hat", 1),
        lambda: happened.PlaneInputsChosen(1, 2),
        lambda: happened.PlaneCursorMoved(random.uniform(0, 10), random.uniform(0, 10)),
        lambda: happened.SecondWeightChosen(matrix, random.randint(1, rows), random.randint(1, columns)),
        lambda: happened.EffectChosen(random.choice(EDIT_EFFECTS)),
        lambda: happened.Played(random.randint(1, 300)),
        lambda: happened.Paused(),
        lambda: happened.DerivationShown(random.randint(1, 2)),
        lambda: happened.QuestionAsked("sign", matrix, random.randint(1, rows), random.randint(1, columns)),
        lambda: happened.QuestionWithdrawn(random.choice((0, *state.questions))),
        lambda: happened.QuestionOpened(random.choice((0, *state.questions))),
        lambda: happened.Answered(random.choice((0, *state.open_questions)), random.choice(("+", "-", ""))),
        lambda: happened.NewRowAdded((random.uniform(1, 10),) * state.document.dataset.inputs),
        lambda: happened.NewRowRemoved(random.randint(1, 3)),
        lambda: happened.Noted(random.choice(_NOTES)),
        lambda: happened.NoteChanged(random.randint(1, len(state.notes) + 1), random.choice(_NOTES)),
        lambda: happened.NoteRemoved(random.randint(1, len(state.notes) + 1)),
        lambda: random.choice((happened.NoteUndone(), happened.NoteRedone())),
        lambda: happened.CostReached(iteration, random.random()),
    )
    return random.choice(made)()


def _edit(random: Random, state: State) -> Event:
    data = state.document.dataset
    iteration = random.choice((1, state.iteration, state.iteration, state.iteration))
    number = random.uniform(1, 10)
    made: tuple[Callable[[], Event], ...] = (
        lambda: happened.CellSet("x", random.randint(1, data.rows), random.randint(1, data.inputs), number, iteration),
        lambda: happened.CellSet("y", random.randint(1, data.rows), 1, 10 * number, iteration),
        lambda: happened.RowAdded(random.randint(1, data.rows), (number,) * data.inputs, (50.0,) * data.outputs),
        lambda: happened.RowRemoved(random.randint(1, data.rows), iteration),
        lambda: happened.ColumnAdded("x", 1, f"column {random.random()}", (number,) * data.rows),
        lambda: happened.ColumnRemoved("x", 1),
        lambda: happened.ColumnAdded("y", 1, f"class {random.random()}", (number,) * data.rows),
        lambda: happened.ColumnRemoved("y", 1),
        lambda: happened.ClassesSet(random.randint(1, data.rows), (random.choice(data.y_names),), iteration),
        lambda: happened.ColumnRenamed("x", 1, f"Größe {random.random()}"),
        lambda: happened.BlockPasted(1, 1, (), ((number,) * data.inputs,), iteration),
        lambda: happened.DataReplaced(
            data.x_names, data.y_names, ((number,) * data.inputs,) * 3, ((0.5,) * data.outputs,) * 3, iteration
        ),
        lambda: happened.DataReplaced(
            data.x_names, ("u", "v"), ((number,) * data.inputs,) * 3, ((1.0, 0.0), (0.0, 1.0), (1.0, 0.0))
        ),
        lambda: happened.ClassesSet(random.randint(1, data.rows), (random.choice(data.y_names),), iteration),
        lambda: happened.HyperparameterSet("learning_rate", number, iteration),
        lambda: happened.HyperparameterSet("hidden", (random.randint(1, 4), random.randint(1, 3))),
        lambda: happened.HyperparameterSet("activation", random.choice(("sigmoid", "tanh"))),
        # Weights set by hand would refuse every other column from then on.
        lambda: happened.HyperparameterSet("method", "uniform"),
        lambda: happened.HyperparameterSet("seed", random.randint(1, 9)),
        lambda: happened.WeightSet("W1", 1, 1, number, iteration),
        lambda: happened.WeightsSet("W1", 1, 1, ((number, -number),), iteration),
    )
    return random.choice(made)()


def _way(random: Random, state: State) -> Event:
    return random.choice(
        (
            happened.Undone(),
            happened.Redone(),
            happened.Branched(f"run {len(state.branches.all)}"),
            happened.StartTried(f"run {len(state.branches.all)}", random.randint(-9, 2**31 - 1)),
            happened.SettingsTried(
                f"run {len(state.branches.all)}",
                ("learning_rate", "hidden", "activation"),
                (random.uniform(0.1, 2), (random.randint(1, 4),), "tanh"),
                random.randint(1, 9),
            ),
            happened.RunChosen(random.choice(state.branches.names)),
            happened.ChartCursorMoved(random.randint(1, state.plan.document.iterations)),
            happened.RunCompared(random.choice(state.branches.names)),
            happened.Marked(f"mark {random.random()}"),
            happened.MarkRenamed(random.randint(1, len(state.marks) + 1), f"mark {random.random()}"),
            happened.MarkRemoved(random.randint(1, len(state.marks) + 1)),
            happened.MistakePlanted(random.choice(("", *map(str, Mistake)))),
            happened.MistakeGuessed(str(random.choice([*Mistake]))),
            happened.NumbersCompared("Ann", ("J",), (1,), (((random.random(),),),), (((1e-8,),),)),
            happened.NumbersPutAway(),
            happened.Ended(),
        )
    )
