"""A pane: a part of the view with a title, keys and a place on the screen."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

from textual.reactive import reactive

from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Canvas
from tui_nn.dashboard.widgets.command import Command
from tui_nn.session.events import Event
from tui_nn.session.state import State
from tui_nn.writing.sentences.note_sentences import NoteText


class Column(StrEnum):
    """The columns of a large screen, by the ids that the style sheet knows."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True)
class PaneInfo:
    """What a pane says about itself.

    ``name`` is what session files and the style sheet call it: it stands in `session.state.PANES` as well. ``title`` is
    its name on the screen, ``heading`` what its border says first, if that is not the title. ``hint`` stands beside the
    heading, ``help`` is its sentence in the help. ``tab`` orders the panes for Tab and on the tabs; in its ``column``
    on a large screen, ``row`` does. While the lesson stands at a pane that ``explains``, the explanation of the cell
    selected takes the room of the step.
    """

    name: str
    title: str
    hint: str
    help: str
    column: Column
    row: int
    tab: int
    heading: str = ""
    explains: bool = False


class Pane(Canvas, can_focus=True):
    """Shows one part of the view, and draws again only if that part changed.

    A subclass with an ``info`` of its own in this project's folder ``panes`` is found by the registry there.
    """

    info: ClassVar[PaneInfo]
    commands: ClassVar[tuple[Command, ...]] = ()
    """The commands that apply in this pane; the help lists them by their places."""
    needs_check: ClassVar[bool] = False
    """Whether it shows what the gradient check measures."""
    goes_by_lines: ClassVar[bool] = False
    """Whether the keys for the next step and the step before go by a line of the derivation instead."""

    view: reactive[View | None] = reactive(None, layout=False, repaint=False)

    def __init__(self) -> None:
        super().__init__(id=self.info.name, classes="pane")
        self._part_shown: Any = None
        self.entitle(self.info.heading or self.info.title)

    @classmethod
    def is_there(cls, view: View) -> bool:  # noqa: ARG003
        """Whether the screen has this pane for ``view``."""
        return True

    @classmethod
    def explains(cls, view: View) -> bool:
        """Whether the explanation takes the room of the step while the lesson stands at this pane."""
        return cls.info.explains and view.selected is not None

    @classmethod
    def events_on_arrival(cls, view: View) -> tuple[Event, ...]:  # noqa: ARG003
        """What else happens when the user turns to this pane from ``view``."""
        return ()

    @classmethod
    def takes_keys(cls, state: State) -> bool:  # noqa: ARG003
        """Whether this pane gets the keys when a lesson is opened that stands here."""
        return True

    @property
    def places(self) -> tuple[str, ...]:
        """The places whose commands apply while this pane has the keys, the nearest first."""
        return tuple(dict.fromkeys(command.where for command in self.commands))

    def has_effect(self, command: Command) -> bool:  # noqa: ARG002
        """Whether a command that applies while this pane has the keys has an effect now."""
        return True

    def is_paste(self, text: str) -> bool | None:  # noqa: ARG002
        """Whether keys that came in one piece are a paste; None where this pane does not know better than the app."""
        return None

    def part_of(self, view: View) -> object:
        """All that this pane shows of ``view``, as a value that is quick to compute and to compare.

        What is compared by its identity, such as a dataset, must be the same object as long as nothing in it changes.
        """
        raise NotImplementedError

    def show_view(self, view: View) -> None:  # noqa: ARG002
        """Shows a view whose part is another one than before."""
        self.repaint()

    def watch_view(self, view: View | None) -> None:
        """Takes a new view if its part for this pane changed."""
        if view is None:
            return
        part = self.part_of(view), self.observed
        if part != self._part_shown:
            self._part_shown = part
            self.show_view(view)

    @property
    def observed(self) -> NoteText | None:
        """The note about what this pane shows, or None."""
        return self.view.observed.get(self.info.name) if self.view else None

    @property
    def hint(self) -> str:
        """What the user does here, in a few words; "" where there is nothing to say."""
        return self.info.hint

    @property
    def shows_cursor(self) -> bool:
        """Whether the keys go here: the user's own, or those of the teacher whom a viewer follows."""
        return self.has_focus or bool(self.view and self.is_teachers_pane(self.view))

    def is_teachers_pane(self, view: View) -> bool:
        """Whether the user is a viewer, and the teacher's keys go to this pane."""
        return view.is_viewer and view.state.pane == self.info.name
