"""A pane: a part of the view with a title, keys and a place on the screen."""

from enum import StrEnum
from typing import Any, ClassVar

from textual.reactive import reactive

from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Canvas
from tui_nn.dashboard.widgets.command import Command
from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.session.events import Event
from tui_nn.session.state import State
from tui_nn.writing.sentences.note_sentences import ObservationText


class Area(StrEnum):
    """The parts of a large screen, one below the other, by the ids that the style sheet knows."""

    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"


@frozen_dataclass
class PaneInfo:
    """The names and texts of a pane, and its place on the screen.

    ``name`` is its name in session files and in the style sheet; `PANES` in `session.display_choices` lists it as well.
    ``title`` is its name on the screen. Its border shows ``heading``, or the title if there is no heading, and beside
    it ``hint``. ``help`` is its sentence in the help. ``tab`` gives the order of the panes for Tab and on the tabs;
    ``place`` gives their order in an ``area`` of a large screen.
    """

    name: str
    title: str
    hint: str
    help: str
    area: Area
    place: int
    tab: int
    heading: str = ""


class Pane(Canvas, can_focus=True):
    """Shows one part of the view, and draws again only if that part changed.

    The registry in the folder ``panes`` finds each subclass there that has an ``info`` of its own.
    """

    info: ClassVar[PaneInfo]
    commands: ClassVar[tuple[Command, ...]] = ()
    """The commands that apply in this pane."""
    needs_check: ClassVar[bool] = False
    """Whether it shows what the gradient check measures."""
    goes_by_lines: ClassVar[bool] = False
    """Whether the keys for the next step and the step before go by a line of the derivation instead."""

    view: reactive[View | None] = reactive(None, layout=False, repaint=False)

    def __init__(self, *, id: str = "") -> None:
        super().__init__(id=id or self.info.name, classes="pane")
        self._part_shown: Any = None
        self.set_title(self.info.heading or self.info.title)

    @classmethod
    def is_there(cls, view: View) -> bool:  # noqa: ARG003
        """Whether the screen has this pane for ``view``."""
        return True

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
        """Whether keys that came in one piece are a paste; None if the app is to decide."""
        return None

    def part_of(self, view: View) -> object:
        """All that this pane shows of ``view``, as a value that is quick to compute and to compare.

        What is compared by identity, such as a dataset, must stay the same object while nothing in it changes.
        """
        raise NotImplementedError

    def show_view(self, view: View) -> None:  # noqa: ARG002
        """Shows a view of which this pane's part changed."""
        self.repaint()

    def watch_view(self, view: View | None) -> None:
        """Takes a new view if its part for this pane changed."""
        if view is None:
            return
        part = self.part_of(view), self.note
        if part != self._part_shown:
            self._part_shown = part
            self.show_view(view)
        # The teacher may have come here, or gone.
        self._refresh_title()

    @property
    def shown_view(self) -> View:
        """The view shown, for what can only happen once there is one: keys, pastes, drawing a view's lines."""
        assert self.view is not None  # noqa: S101
        return self.view

    @property
    def note(self) -> ObservationText | None:
        """The note about what this pane shows, or None."""
        return self.view.notes.get(self.info.name) if self.view else None

    @property
    def hint(self) -> str:
        """What the user does here, in a few words; "" where there is nothing to say."""
        return self.info.hint

    @property
    def shows_cursor(self) -> bool:
        """Whether the pane shows a cursor: it has the focus, or the teacher whom the viewer follows is in it."""
        return self.has_focus or bool(self.view and self.is_teachers_pane(self.view))

    @property
    def is_marked(self) -> bool:
        """Whether the keys go here, or those of the teacher whom the viewer follows."""
        return self.shows_cursor

    def is_teachers_pane(self, view: View) -> bool:
        """Whether the user is a viewer, and the teacher is in this pane."""
        return view.is_viewer and view.state.pane == self.info.name
