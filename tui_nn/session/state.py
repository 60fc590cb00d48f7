"""Where a lesson stands: the fold of its events over its document."""

from dataclasses import dataclass, replace
from typing import Self

from tui_nn.network import Refusal, Step, steps
from tui_nn.session.document import Document
from tui_nn.session.edits import edited
from tui_nn.session.events import ChartChosen, Event, Moved, Redone, Undone

CHARTS = ("cost", "log10 cost")


@dataclass(frozen=True, eq=False)
class State:
    """The document as edited, the iteration and the step shown, the chart, and what undo and redo go back to."""

    document: Document
    step: Step
    iteration: int = 1
    chart: str = CHARTS[0]
    past: tuple[Document, ...] = ()
    future: tuple[Document, ...] = ()

    @classmethod
    def opened(cls, document: Document) -> Self:
        """A lesson before its first event: at the first step of iteration 1."""
        return cls(document, steps(document.network)[0])

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of one iteration."""
        return steps(self.document.network)

    @property
    def step_number(self) -> int:
        """The place of the step shown among `steps`, from 1."""
        return self.steps.index(self.step) + 1


def fold(state: State, event: Event) -> State:
    """The state after ``event``. Raises `Refusal` where the event does not apply; ``state`` stays as it is."""
    match event:
        case Moved(iteration, name):
            if not 1 <= iteration <= state.document.iterations:
                raise Refusal("iteration", str(iteration), f"one from 1 to {state.document.iterations}")
            step = next((step for step in state.steps if step.name == name), None)
            if step is None:
                expected = "one of " + " ".join(step.name for step in state.steps)
                raise Refusal("step", f'"{name}"', expected)
            return replace(state, iteration=iteration, step=step)
        case ChartChosen(chart):
            if chart not in CHARTS:
                raise Refusal("chart", f'"{chart}"', "one of " + ", ".join(f'"{chart}"' for chart in CHARTS))
            return replace(state, chart=chart)
        case Undone():
            if not state.past:
                raise Refusal("undo", "without an edit", "an edit to take back")
            *past, document = state.past
            return _at(state, document, tuple(past), (*state.future, state.document))
        case Redone():
            if not state.future:
                raise Refusal("redo", "without an edit undone", "an edit to make again")
            *future, document = state.future
            return _at(state, document, (*state.past, state.document), tuple(future))
        case _:
            return _at(state, edited(state.document, event), (*state.past, state.document), ())


def _at(state: State, document: Document, past: tuple[Document, ...], future: tuple[Document, ...]) -> State:
    # One stays where one was, as near as the new document lets one: its run may be shorter, its steps others.
    iteration = min(state.iteration, document.iterations)
    order = steps(document.network)
    same_kind = (step for step in order if step.kind is state.step.kind)
    step = state.step if state.step in order else next(same_kind, order[0])
    return replace(state, document=document, iteration=iteration, step=step, past=past, future=future)
