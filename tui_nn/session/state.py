"""The state of a lesson: everything that follows from its document and its events."""

from collections.abc import Iterator, Mapping
from dataclasses import field
from string import ascii_uppercase
from typing import NamedTuple, Self, TypeAlias, TypeVar

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network import Step, steps
from tui_nn.network.formulas.derivation import derivation
from tui_nn.session.compared_numbers import ComparedNumbers
from tui_nn.session.display_choices import AHEAD_FAINT, CHARTS, LINEAR, NETWORK, PANES
from tui_nn.session.document import Document
from tui_nn.session.plane_choice import PlaneChoice, WeightChoice
from tui_nn.session.quiz.questions import Question, has_row
from tui_nn.session.runs.branches import Branch, Branches
from tui_nn.session.runs.run_plan import RunPlan
from tui_nn.session.selected_cell import SelectedCell, nearest_cell

RESTART, FROM_HERE = EDIT_EFFECTS = ("restart", "from here")
"""Whether an edit starts the run again, or holds from the iteration shown on."""


class Place(NamedTuple):
    """A step of an iteration."""

    iteration: int
    step: Step


class Note(NamedTuple):
    """A teacher's note, and where it stands: the run's name, the iteration and the step's name."""

    text: str
    run: str
    iteration: int
    step: str


class Mark(NamedTuple):
    """A name for a step of an iteration."""

    name: str
    run: str
    iteration: int
    step: str


@frozen_dataclass(eq=False)
class Answer:
    """An answer: the text typed, or "" if the class was shown the answer, and the plan of the run that it is about."""

    text: str
    plan: RunPlan


@frozen_dataclass(eq=False)
class UndoStep:
    """An edit that undo can take back, or redo can make again.

    ``branches``, ``edit_effect`` and ``cells_kept_for_undo`` are what the state gets then: for undo, their values
    before the edit; for redo, those after it. ``edit_effect`` is "" if the edit did not change it. ``before`` and
    ``after`` are the places shown right before and right after the edit.
    """

    branches: Branches
    before: Place
    after: Place
    edit_effect: str
    cells_kept_for_undo: int


class Notes(NamedTuple):
    """All notes and marks of a lesson, in the order in which the teacher made them, and a student's numbers.

    Undo takes back changes of these apart from edits.
    """

    notes: "tuple[Note, ...]" = ()
    marks: "tuple[Mark, ...]" = ()
    compared: ComparedNumbers | None = None


NotesBefore: TypeAlias = "tuple[Notes, NotesBefore] | None"
"""Earlier notes, marks and compared numbers, the most recent first."""


# Nested pairs: with one long tuple, every edit would copy all of it.
UndoSteps: TypeAlias = "tuple[UndoStep, UndoSteps] | None"


@frozen_dataclass(eq=False)
class State:
    """The runs, the iteration and step shown, what else the screen shows, and what undo and redo go back to.

    - ``derivation_line``: the last line shown of the step's derivation.
    - ``ahead_style``: how the charts show the iterations after the one shown, one of `AHEAD_STYLES`.
    - ``edit_effect``: from which iteration on edits take effect, one of `EDIT_EFFECTS`.
    - ``selected_cells``: the cell selected last in each of the tables "data", "settings" and "matrices";
      ``selected_table``: the table in which the user selected last.
    - ``speed``: how fast the lesson plays, in iterations a second; None if it does not play.
    - ``compared_with``: the run that others are compared with, or "".
    - ``chart_cursor``: the iteration at the chart's cursor, or None.
    - ``iteration_scale``: how the charts space the iterations, one of `ITERATION_SCALES`.
    - ``first_charted``, ``last_charted``: the iterations that the charts show; a last one of 0 is the last of the run.
    - ``beside_step``: a name of `BESIDE_STEP`: the network, or the chart chosen.
    - ``row``: the row of the data that the picture of the network shows, counted from 1; 0 for the sum over all rows.
    - ``plane``: what the chart of the plane shows; ``second_weight``: the weight beside the selected one in the chart
      of J over two weights, or None.
    - ``compared``: the numbers of a student that stand beside the lesson's, or None.
    - ``notes_past``, ``notes_future``: what undo and redo of notes and marks go back to; ``note_changes`` counts how
      often a note or mark was made, changed or deleted, undone or not.
    - ``questions``: the lesson's questions by their numbers; ``answers``: the answers to some of them.
    - ``question_shown``: the number of the question that the lesson went to last, or 0. No number is used twice;
      ``last_question`` is the greatest.
    - ``new_rows``: the x of rows that are not in the data.
    - ``past``, ``future``: what undo and redo of edits go back to; ``cells_kept_for_undo`` counts the numbers in all
      data and starts that undo can go back to. If they are too many, the oldest are dropped.
    - ``edits`` counts all edits, undone or not, and ``cells_copied`` the numbers that they copied.
    - ``planted_mistake``: the mistake in the program that is checked, or ""; ``guesses``: the guesses since then.
    """

    branches: Branches
    step: Step
    iteration: int = 1
    derivation_line: int = 1
    chart: str = CHARTS[0]
    ahead_style: str = AHEAD_FAINT
    pane: str = PANES[0]
    edit_effect: str = RESTART
    selected_table: str = ""
    selected_cells: Mapping[str, SelectedCell] = field(default_factory=dict)
    speed: int | None = None
    compared_with: str = ""
    chart_cursor: int | None = None
    iteration_scale: str = LINEAR
    first_charted: int = 1
    last_charted: int = 0
    row: int = 1
    beside_step: str = NETWORK
    plane: PlaneChoice = PlaneChoice()
    second_weight: WeightChoice | None = None
    notes: tuple[Note, ...] = ()
    marks: tuple[Mark, ...] = ()
    compared: ComparedNumbers | None = None
    notes_past: NotesBefore = None
    notes_future: NotesBefore = None
    note_changes: int = 0
    questions: Mapping[int, Question] = field(default_factory=dict)
    answers: Mapping[int, Answer] = field(default_factory=dict)
    question_shown: int = 0
    last_question: int = 0
    new_rows: tuple[tuple[float, ...], ...] = ()
    past: UndoSteps = None
    future: UndoSteps = None
    cells_kept_for_undo: int = 0
    edits: int = 0
    cells_copied: int = 0
    planted_mistake: str = ""
    guesses: tuple[str, ...] = ()

    @classmethod
    def opened(cls, document: Document) -> Self:
        """A lesson before its first event: at the first step of iteration 1."""
        questions = dict(enumerate(document.questions, start=1))
        branches, first = Branches.with_first_run(RunPlan(document)), steps(document.network)[0]
        return cls(branches, first, questions=questions, last_question=len(questions))

    @property
    def plan(self) -> RunPlan:
        """The plan of the run shown."""
        return self.branches.current.plan

    @property
    def document(self) -> Document:
        """The document as it is in force at the iteration shown."""
        return self.plan.document_at(self.iteration)

    @property
    def compared_run(self) -> Branch | None:
        """The run that the one shown is compared with; None if there is no other."""
        return self.branches.run_to_compare(self.compared_with)

    @property
    def next_run_name(self) -> str:
        """A letter to name the next run; "" if all are taken."""
        # A new run must not inherit the notes of a run that undo took back.
        annotated = (*(note.run for note in self.notes), *(mark.run for mark in self.marks))
        taken = {*self.branches.names, *annotated}
        return next((letter for letter in ascii_uppercase if letter not in taken), "")

    @property
    def place(self) -> Place:
        """The iteration and the step shown."""
        return Place(self.iteration, self.step)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of one iteration."""
        return steps(self.document.network)

    @property
    def shown_derivation_line(self) -> int:
        """The last line shown of the step's derivation, counted from 1."""
        return min(self.derivation_line, len(derivation(self.document.network, self.step)))

    @property
    def texts(self) -> Iterator[str]:
        """What people have written into the lesson: its title, the names of columns, notes, marks and questions."""
        yield self.document.title
        yield from (*self.document.dataset.x_names, *self.document.dataset.y_names)
        yield from (note.text for note in self.notes)
        yield from (mark.name for mark in self.marks)
        yield from (question.text for question in self.questions.values())

    @property
    def open_questions(self) -> tuple[int, ...]:
        """The numbers of the questions without an answer, in their order; but for the impossible ones."""
        impossible = self.impossible_questions
        return tuple(number for number in self.questions if number not in self.answers and number not in impossible)

    @property
    def impossible_questions(self) -> Mapping[int, int]:
        """The questions without an answer that ask about a row which their iteration does not have, by their numbers.

        For each, it says how many rows the iteration has.
        """
        found = {}
        for number, question in self.questions.items():
            # Each iteration has a first row.
            if question.row > 1 and number not in self.answers:
                document = self.plan.document_at(question.iteration)
                rows = document.pace.epochs(document.dataset).count(question.iteration)
                if not has_row(question, document.network, rows):
                    found[number] = rows
        return found

    @property
    def open_questions_here(self) -> tuple[int, ...]:
        """The open questions about the iteration shown: the screen hides what they ask for."""
        return tuple(number for number in self.open_questions if self.questions[number].iteration == self.iteration)

    @property
    def new_rows_here(self) -> dict[int, tuple[float, ...]]:
        """The new rows with as many values as the network has inputs, by their numbers."""
        inputs = self.document.dataset.given_inputs
        return {number: x for number, x in enumerate(self.new_rows, start=1) if len(x) == inputs}

    @property
    def step_number(self) -> int:
        """The number of the step shown among `steps`, counted from 1."""
        return self.steps.index(self.step) + 1

    @property
    def is_mistake_found(self) -> bool:
        """Whether somebody guessed the planted mistake."""
        return self.planted_mistake in self.guesses

    @property
    def all_notes(self) -> Notes:
        """The notes and marks of the lesson, and the numbers that stand beside its own."""
        return Notes(self.notes, self.marks, self.compared)

    @property
    def note_location(self) -> tuple[str, int, str]:
        """The run, the iteration and the step shown, by their names: where a note made now stands."""
        return self.branches.current.name, self.iteration, self.step.name

    def selected(self, table: str) -> SelectedCell | None:
        """The cell selected in ``table``, or the nearest if its matrix became smaller; None if the matrix is gone."""
        cell = self.selected_cells.get(table)
        return cell and nearest_cell(self.document, self.iteration, cell)

    @property
    def notes_here(self) -> tuple[str, ...]:
        """The texts of the notes at the step shown, made in this run or, before it branched off, in its parent run."""
        return tuple(note.text for _, note in self.numbered_notes_here)

    @property
    def numbered_notes_here(self) -> tuple[tuple[int, Note], ...]:
        """The notes of `notes_here`, each with its number among all notes."""
        return tuple(numbered for numbered in enumerate(self.notes, start=1) if self._is_here(numbered[1]))

    @property
    def marks_here(self) -> tuple[str, ...]:
        """The names that marks give to the step shown."""
        return tuple(mark.name for _, mark in self.numbered_marks_here)

    @property
    def numbered_marks_here(self) -> tuple[tuple[int, Mark], ...]:
        """The marks at the step shown, each with its number among all marks."""
        return tuple(numbered for numbered in enumerate(self.marks, start=1) if self._is_here(numbered[1]))

    def _is_here(self, made: Note | Mark) -> bool:
        if (made.iteration, made.step) != (self.iteration, self.step.name):
            return False
        return made.iteration <= self.branches.lineage.get(made.run, 0)


_Copied = TypeVar("_Copied", State, UndoStep)


def replace(value: _Copied, **changes: object) -> _Copied:
    """A copy of ``value`` with some fields changed: does what `dataclasses.replace` does in a fifth of the time.

    A log of 100 000 events makes 100 000 states. Use it only for classes that check and cache nothing. Raises TypeError
    for a name that is no field.
    """
    if not changes.keys() <= value.__dict__.keys():
        raise TypeError(f"there is no field {', '.join(changes.keys() - value.__dict__.keys())}")
    copied = object.__new__(type(value))
    copied.__dict__.update(value.__dict__, **changes)
    return copied


def state_at_place(state: State, place: Place) -> State:
    """The state that shows ``place``, or the nearest one: its run may be shorter, or have other steps."""
    document = state.plan.document
    order = steps(document.network)
    same_kind = (step for step in order if step.kind is place.step.kind)
    step = place.step if place.step in order else next(same_kind, order[0])
    derivation_line = state.derivation_line if step == place.step else 1
    return replace(
        state, iteration=min(place.iteration, document.iterations), step=step, derivation_line=derivation_line
    )
