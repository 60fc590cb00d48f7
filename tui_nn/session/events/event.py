"""The base class of all events, and the registry that finds a class by its name in the file."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, ClassVar, Literal, TypeAlias

from tui_nn.session.events.phrase import Phrase
from tui_nn.session.state import State

TableName: TypeAlias = Literal["x", "y"]
Seed: TypeAlias = Annotated[int, "seed"]
"""A whole number that starts a random generator; every other whole number in the log counts something."""
MatricesOfNumbers: TypeAlias = tuple[tuple[tuple[float, ...], ...], ...]
"""Matrices of various shapes, each with its rows; a number may be nan or infinite."""
Texts: TypeAlias = Annotated[tuple[str, ...], "texts"]
"""Texts that may be as long as a note; the names of columns are shorter."""
ListsOfTexts: TypeAlias = Annotated[tuple[tuple[str, ...], ...], "lists of texts"]
"""Lists of such texts."""
Setting: TypeAlias = str | bool | int | float | tuple[int, ...] | tuple[float, ...] | tuple[str, ...]
"""The value of a setting."""
Settings: TypeAlias = Annotated[tuple[Setting, ...], "settings"]
"""The values of several settings."""

_classes: dict[str, type["Event"]] = {}

EVENT_CLASSES: Mapping[str, type["Event"]] = MappingProxyType(_classes)
"""Every class of events, by its kind."""


class Event(ABC):
    """Something that happened in a lesson.

    A class of events is a frozen dataclass. Its fields have the names and the order in which they stand in the file.
    Rows, columns and iterations are counted from 1.
    """

    kind: ClassVar[str] = ""
    """What the event is called in the file. A class without a kind is a base for others."""
    viewer_may_make: ClassVar[bool] = False
    """Whether those who follow or replay a lesson may make this event, for their own screen alone."""
    is_visible: ClassVar[bool] = True
    """Whether the screen shows anything of the event. A replay steps over the others."""
    undone_by: ClassVar[type["Event"] | None] = None
    """The class of the event that undoes this one; None if nothing can undo it."""
    redone_by: ClassVar[type["Event"] | None] = None
    """The class of the event that makes this one again once it was undone."""

    def __init_subclass__(cls, kind: str = "", *, viewer_may_make: bool = False, is_visible: bool = True) -> None:
        """Registers a class that has a kind. Raises TypeError for a kind in the class body or of another class."""
        super().__init_subclass__()
        if "kind" in vars(cls):
            raise TypeError(f'give the kind of {cls.__name__} beside its base: class {cls.__name__}(…, kind="…")')
        cls.kind, cls.viewer_may_make, cls.is_visible = kind, viewer_may_make, is_visible
        if kind in _classes:
            raise TypeError(f'two classes of events are called "{kind}"')
        if kind:
            _classes[kind] = cls

    @abstractmethod
    def apply(self, state: State) -> State:
        """The state after this event in ``state``, which stays as it is.

        Raises `ValidationError` if the event does not fit the state.
        """

    @property
    def description(self) -> Phrase:
        """What the event did, in a few words, for the message that it was undone: ``row 4 added``."""
        return (self.kind,)
