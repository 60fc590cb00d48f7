"""Random edits, events and lessons for hypothesis."""

from collections.abc import Callable
from contextlib import suppress
from itertools import count

from hypothesis import strategies as st

from tests.unit.strategies import activations, documents, finite, names, texts
from tui_nn.network import (
    COSTS,
    FILLS,
    GENERATORS,
    NAMED_SCALINGS,
    REDUCTIONS,
    START_METHODS,
    Dataset,
    Mistake,
    ValidationError,
)
from tui_nn.session.display_choices import AHEAD_STYLES, CHARTS, ITERATION_SCALES, PANES
from tui_nn.session.document import Document
from tui_nn.session.events import (
    AheadChosen,
    Answered,
    BlockPasted,
    Branched,
    CellSet,
    ChartChosen,
    ChartCursorMoved,
    ClassesSet,
    ColumnAdded,
    ColumnRemoved,
    ColumnRenamed,
    CostReached,
    DataReplaced,
    DerivationShown,
    Edit,
    EffectChosen,
    Ended,
    Event,
    HyperparameterSet,
    IterationScaleChosen,
    IterationsCharted,
    Marked,
    MarkRemoved,
    MarkRenamed,
    MistakeGuessed,
    MistakePlanted,
    Moved,
    NetworkShown,
    NewRowAdded,
    NewRowRemoved,
    NoteChanged,
    Noted,
    NoteRedone,
    NoteRemoved,
    NoteUndone,
    NumbersCompared,
    NumbersPutAway,
    PaneChosen,
    Paused,
    PlaneCursorMoved,
    PlaneInputsChosen,
    PlaneUnitChosen,
    Played,
    QuestionAsked,
    QuestionOpened,
    QuestionWithdrawn,
    Redone,
    RowAdded,
    RowChosen,
    RowRemoved,
    RunChosen,
    RunCompared,
    SecondWeightChosen,
    Selected,
    SettingsTried,
    StartTried,
    TableName,
    Undone,
    WeightSet,
    WeightsSet,
)
from tui_nn.session.lesson_log import LessonLog
from tui_nn.session.quiz.questions import ASKS
from tui_nn.session.state import EDIT_EFFECTS, State
from tui_nn.session.storage.session_file import Lesson

_tables_named: st.SearchStrategy[TableName] = st.sampled_from(("x", "y"))
# Small places, some of them outside: what a class does, and what a stranger's file may say.
_places = st.integers(0, 5)
_cells = st.floats(-100, 100) | st.just(float("nan"))
_cells_of_few = st.lists(_cells, max_size=4).map(tuple)
_settings: st.SearchStrategy[Edit] = st.one_of(
    st.builds(HyperparameterSet, st.just("hidden"), st.lists(st.integers(-1, 5), max_size=3).map(tuple)),
    st.builds(HyperparameterSet, st.sampled_from(("activation", "output_activation")), activations),
    st.builds(HyperparameterSet, st.just("activation"), st.lists(activations, max_size=3).map(tuple)),
    st.builds(HyperparameterSet, st.just("bias"), st.booleans()),
    st.builds(HyperparameterSet, st.just("method"), st.sampled_from([*START_METHODS])),
    st.builds(HyperparameterSet, st.just("generator"), st.sampled_from([*GENERATORS])),
    st.builds(HyperparameterSet, st.sampled_from(("low", "high", "mean", "sd", "biases")), st.floats(-2, 2)),
    st.builds(HyperparameterSet, st.just("fill"), st.sampled_from(FILLS)),
    st.builds(
        HyperparameterSet, st.just("fixed"), st.lists(st.sampled_from(("W1", "W2", "b1")), max_size=2).map(tuple)
    ),
    st.builds(HyperparameterSet, st.just("seed"), st.integers(-2, 2**40)),
    st.builds(HyperparameterSet, st.sampled_from(("x_scaling", "y_scaling")), st.sampled_from(tuple(NAMED_SCALINGS))),
    st.builds(HyperparameterSet, st.sampled_from(("x_scaling", "y_scaling")), st.lists(_cells, max_size=3).map(tuple)),
    st.builds(HyperparameterSet, st.just("learning_rate"), st.floats(-1, 10)),
    st.builds(HyperparameterSet, st.just("iterations"), st.integers(-1, 50)),
    st.builds(HyperparameterSet, st.just("cost"), st.sampled_from([*COSTS])),
    st.builds(HyperparameterSet, st.just("reduction"), st.sampled_from(REDUCTIONS)),
    st.builds(HyperparameterSet, st.sampled_from(("l1", "l2")), st.floats(-0.1, 1)),
    st.builds(HyperparameterSet, st.just("penalise_biases"), st.booleans()),
)

# Mostly from the first iteration on, as structure can only be.
_iterations = st.just(1) | st.integers(-1, 60)
_on_the_way: st.SearchStrategy[Edit] = st.one_of(
    st.builds(HyperparameterSet, st.just("learning_rate"), st.floats(-1, 10), _iterations),
    st.builds(HyperparameterSet, st.sampled_from(("l1", "l2")), st.floats(-0.1, 1), _iterations),
    st.builds(HyperparameterSet, st.just("x_scaling"), st.sampled_from(("none", "column max")), _iterations),
    st.builds(HyperparameterSet, st.just("hidden"), st.just((2,)), _iterations),
)
_few_names = st.lists(names, max_size=3).map(tuple)
_some_rows = st.lists(_cells_of_few, max_size=3).map(tuple)
_matrix_names = st.sampled_from(("W1", "W2", "W3", "b1", "b2", "Z2", "x", "y", "X", "learning_rate", "hidden", "none"))

edits: st.SearchStrategy[Edit] = st.one_of(
    _settings,
    _on_the_way,
    st.builds(CellSet, _tables_named, _places, _places, _cells, _iterations),
    st.builds(RowAdded, _places, _cells_of_few, _cells_of_few, _iterations),
    st.builds(RowRemoved, _places, _iterations),
    st.builds(ColumnAdded, _tables_named, _places, names, _cells_of_few),
    st.builds(ColumnRemoved, _tables_named, _places),
    st.builds(ColumnRenamed, _tables_named, _places, names),
    st.builds(BlockPasted, _places, _places, _few_names, _some_rows, _iterations),
    st.builds(ClassesSet, _places, _few_names, _iterations),
    st.builds(DataReplaced, _few_names, _few_names, _some_rows, _some_rows, _iterations, st.booleans()),
    st.builds(WeightSet, _matrix_names, _places, _places, _cells, _iterations),
    st.builds(WeightsSet, _matrix_names, _places, _places, _some_rows, _iterations),
)


@st.composite
def fitting_edits(draw: st.DrawFn, state: State) -> Edit:
    """An edit with places inside the data and rows and columns of the right length; most apply."""
    data = state.document.dataset
    table = draw(_tables_named)
    columns = data.inputs if table == "x" else data.outputs
    row, column = draw(st.integers(1, data.rows)), draw(st.integers(1, columns))
    number = st.floats(1, 100)
    iteration = draw(st.just(1) | st.just(state.iteration) | st.integers(1, state.plan.document.iterations))
    weights, shape = draw(st.sampled_from([*state.document.network.shapes.items()]))

    def cells(count: int) -> tuple[float, ...]:
        return tuple(draw(st.lists(number, min_size=count, max_size=count)))

    def rows(count: int, columns: int) -> tuple[tuple[float, ...], ...]:
        return tuple(cells(columns) for _ in range(count))

    def replaced(data: Dataset, iteration: int) -> Edit:
        count = draw(st.integers(1, 4))
        if draw(st.booleans()):
            x, y = rows(count, data.inputs), rows(count, data.outputs)
            return DataReplaced(data.x_names, data.y_names, x, y, iteration)
        columns = draw(st.integers(1, 3))
        others = tuple(draw(st.lists(names, min_size=columns, max_size=columns, unique=True)))
        classes = draw(st.booleans())
        return DataReplaced(
            others, data.y_names, rows(count, columns), rows(count, data.outputs), y_are_classes=classes
        )

    def pasted(data: Dataset, iteration: int) -> Edit:
        every = data.inputs + data.outputs
        left, row = draw(st.integers(1, every)), draw(st.integers(1, data.rows))
        wide = draw(st.integers(1, every - left + 1))
        block = rows(draw(st.integers(1, 3 if wide == every else data.rows - row + 1)), wide)
        if draw(st.booleans()):
            return BlockPasted(row, left, (), block, iteration)
        return BlockPasted(row, left, tuple(draw(st.lists(names, min_size=wide, max_size=wide, unique=True))), block)

    made: tuple[Callable[[], Edit], ...] = (
        lambda: draw(_settings),
        lambda: HyperparameterSet("learning_rate", draw(st.floats(0.01, 10)), iteration),
        lambda: CellSet(table, row, column, draw(number), iteration),
        lambda: RowAdded(row, cells(data.inputs), cells(data.outputs), iteration),
        lambda: RowRemoved(row, iteration),
        lambda: ColumnAdded(table, column, draw(names), cells(data.rows)),
        lambda: ColumnRemoved(table, column),
        lambda: ColumnRenamed(table, column, draw(names)),
        lambda: replaced(data, iteration),
        lambda: ClassesSet(row, (draw(st.sampled_from(data.y_names)),), iteration),
        lambda: pasted(data, iteration),
        lambda: WeightSet(
            weights, draw(st.integers(1, shape[0])), draw(st.integers(1, shape[1])), draw(finite), iteration
        ),
    )
    return made[draw(st.integers(0, len(made) - 1))]()


_step_names = st.sampled_from(("Z2", "A2", "Y_hat", "J", "delta3", "update", "nowhere"))
moves = st.builds(Moved, st.integers(-1, 60), _step_names)
_run_names = st.sampled_from("ABC")
_mistakes = st.sampled_from((*map(str, Mistake), "none at all"))
note_changes: st.SearchStrategy[Event] = st.one_of(
    st.builds(NoteChanged, st.integers(-1, 3), texts),
    st.builds(NoteRemoved, st.integers(-1, 3)),
    st.builds(MarkRenamed, st.integers(-1, 3), texts),
    st.builds(MarkRemoved, st.integers(-1, 3)),
    st.builds(NoteUndone),
    st.builds(NoteRedone),
)


@st.composite
def _numbers_compared(draw: st.DrawFn) -> NumbersCompared:
    """Numbers of a student; most of them apply."""
    count, rows, columns = (draw(st.integers(0, 3)) for _ in range(3))
    cells = st.floats(allow_nan=False) if draw(st.booleans()) else st.floats(0, 1)
    row = st.lists(cells, min_size=columns, max_size=columns).map(tuple)
    matrix = st.lists(row, min_size=rows, max_size=rows).map(tuple)
    every = st.lists(matrix, min_size=count, max_size=count).map(tuple)
    called = st.lists(_matrix_names, min_size=count, max_size=count).map(tuple)
    at = st.lists(st.integers(0, 60), min_size=count, max_size=count).map(tuple)
    mistakes = draw(st.lists(texts, max_size=2).map(tuple))
    lines = st.lists(st.tuples(texts), min_size=len(mistakes), max_size=len(mistakes)).map(tuple)
    return NumbersCompared(
        draw(texts),
        draw(called),
        draw(at),
        draw(every),
        draw(every),
        draw(_few_names),
        draw(st.just("") | _matrix_names),
        *draw(st.tuples(st.integers(0, 60), _places, _places)),
        mistakes,
        tuple(draw(st.floats(-1e-9, 1)) for _ in mistakes),
        tuple(draw(texts) for _ in mistakes),
        draw(st.sampled_from((1.0, -1.0, 0.0))),
        acts_in=draw(lines),
        right_lines=draw(lines),
        wrong_lines=draw(lines),
        example_lines=draw(lines),
        remarks=draw(st.lists(texts, max_size=2).map(tuple)),
    )


numbers_compared = _numbers_compared()


@st.composite
def _settings_tried_in(draw: st.DrawFn) -> SettingsTried:
    """One or two settings of a sweep; most of them apply."""
    made = draw(st.lists(_settings, max_size=2))
    changes = {one.key: one.value for one in made if isinstance(one, HyperparameterSet)}
    return SettingsTried(draw(_run_names), tuple(changes), tuple(changes.values()), draw(st.integers(0, 2**31 - 1)))


_settings_tried = _settings_tried_in()
events: st.SearchStrategy[Event] = st.one_of(
    edits,
    moves,
    st.builds(DerivationShown, st.integers(-1, 12)),
    st.builds(
        QuestionAsked,
        st.sampled_from((*ASKS, "word")),
        _matrix_names,
        _places,
        _places,
        st.floats(-0.1, 1.1) | _cells,
        texts,
    ),
    st.builds(QuestionWithdrawn, st.integers(-1, 4)),
    st.builds(QuestionOpened, st.integers(-1, 4)),
    st.builds(Answered, st.integers(-1, 4), texts | st.sampled_from(("", "1", "-", "3x2", "1 2 3"))),
    st.builds(Selected, _matrix_names, _places, _places),
    st.builds(PaneChosen, st.sampled_from((*PANES, "wall"))),
    st.builds(ChartChosen, st.sampled_from((*CHARTS, "pie"))),
    st.builds(NetworkShown),
    st.builds(RowChosen, _places | st.just(-1)),
    st.builds(AheadChosen, st.sampled_from((*AHEAD_STYLES, "gone"))),
    st.builds(IterationScaleChosen, st.sampled_from((*ITERATION_SCALES, "cubic"))),
    st.builds(IterationsCharted, st.integers(-1, 70), st.integers(-1, 70)),
    st.builds(ChartCursorMoved, st.integers(-1, 70)),
    st.builds(PlaneUnitChosen, st.sampled_from(("Y_hat", "A2", "A3", "J")), _places),
    st.builds(PlaneInputsChosen, _places, _places),
    st.builds(PlaneCursorMoved, _cells, _cells),
    st.builds(SecondWeightChosen, _matrix_names, _places, _places),
    st.builds(EffectChosen, st.sampled_from((*EDIT_EFFECTS, "never"))),
    st.builds(Branched, _run_names | names),
    st.builds(RunChosen, _run_names),
    st.builds(RunCompared, _run_names),
    st.builds(StartTried, _run_names, st.integers(-(2**31), 2**63)),
    _settings_tried,
    st.builds(Undone),
    st.builds(Redone),
    st.builds(Played, st.integers(-1, 300)),
    st.builds(Paused),
    st.builds(Noted, texts),
    st.builds(Marked, texts),
    note_changes,
    st.builds(CostReached, st.integers(-1, 60), _cells),
    st.builds(MistakePlanted, _mistakes | st.just("")),
    st.builds(MistakeGuessed, _mistakes),
    st.builds(NewRowAdded, _cells_of_few),
    st.builds(NewRowRemoved, _places),
    numbers_compared,
    st.builds(NumbersPutAway),
    st.builds(Ended),
)


def new_rows(state: State) -> st.SearchStrategy[tuple[float, ...]]:
    """A number for each input."""
    inputs = state.document.dataset.inputs
    return st.lists(st.floats(-100, 100), min_size=inputs, max_size=inputs).map(tuple)


@st.composite
def likely_events(draw: st.DrawFn, state: State) -> Event:
    """An event of any kind, most of which apply; edits and ways back more often than the rest.

    It makes the strategies of one kind alone: hypothesis takes longer to look through new ones than to draw from them.
    """

    def cell() -> Event:
        shapes = [*state.document.network.shapes.items(), ("x", state.document.dataset.x.shape)]
        name, (rows, columns) = draw(st.sampled_from(shapes))
        return Selected(name, draw(st.integers(1, rows)), draw(st.integers(1, columns)))

    def step() -> Event:
        iteration = draw(st.integers(1, min(60, state.plan.document.iterations)))
        return Moved(iteration, draw(st.sampled_from([step.name for step in state.steps])))

    kinds: tuple[Callable[[], Event], ...] = (
        lambda: draw(fitting_edits(state)),
        lambda: draw(fitting_edits(state)),
        step,
        cell,
        lambda: draw(_ways_back),
        lambda: draw(st.sampled_from((RunChosen, RunCompared)))(draw(st.sampled_from(state.branches.names))),
        lambda: draw(_new_runs_and_mistakes),
        lambda: RowChosen(draw(st.integers(0, state.document.dataset.rows))),
        lambda: draw(_looks),
        lambda: draw(_remarks),
        lambda: NewRowAdded(draw(new_rows(state))),
        lambda: draw(events),
    )
    return kinds[draw(st.integers(0, len(kinds) - 1))]()


_ways_back: st.SearchStrategy[Event] = st.builds(Undone) | st.builds(Redone)
_new_runs_and_mistakes: st.SearchStrategy[Event] = st.one_of(
    st.builds(Branched, _run_names),
    _settings_tried,
    st.builds(StartTried, _run_names, st.integers(0, 2**31 - 1)),
    st.builds(MistakePlanted, _mistakes),
    st.builds(MistakeGuessed, _mistakes),
)
_looks: st.SearchStrategy[Event] = st.one_of(
    st.builds(ChartChosen, st.sampled_from(CHARTS)),
    st.builds(NetworkShown),
    st.builds(DerivationShown, st.integers(1, 6)),
    st.builds(NewRowRemoved, st.integers(1, 3)),
)
_remarks: st.SearchStrategy[Event] = st.builds(Noted, texts) | st.builds(Marked, texts) | note_changes


@st.composite
def histories(draw: st.DrawFn, most_events: int = 12) -> LessonLog:
    """A lesson to which this and that has happened."""
    ticks = count()
    document = draw(st.just(Document()) | documents())
    history = LessonLog(Lesson.without_events(document), clock=lambda: 0.37 * next(ticks))
    for _ in range(draw(st.integers(0, most_events))):
        with suppress(ValidationError):
            history.append(draw(likely_events(history.state)))
    return history
