"""`frozen_dataclass` makes of a class what `dataclasses.dataclass` makes of it."""

import inspect
from collections.abc import Callable
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, ClassVar

import pytest

import tui_nn
from tui_nn.frozen_dataclass import frozen_dataclass


def _classes(decorate: Callable[[type], Any]) -> tuple[Any, ...]:
    """A class without fields, one with each kind of field, one that inherits from it, and one with an == of its own."""

    @decorate
    class Empty:
        """No fields."""

    @decorate
    class Point:
        """Checks its first field."""

        kind: ClassVar[str] = "point"
        x: float
        set: tuple[int, ...] = (1, 2)
        notes: list[str] = field(default_factory=list)

        def __post_init__(self) -> None:
            if self.x == 0:
                object.__setattr__(self, "x", 1.0)

    @decorate
    class Named(Point):
        """Another default, and another field."""

        x: float = 2.0
        name: str = ""

    @decorate
    class Loose:
        """Equal to all others."""

        x: int

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Loose)

        def __repr__(self) -> str:
            return "loose"

    return Empty, Point, Named, Loose


_OURS = _classes(frozen_dataclass)
_THEIRS = _classes(dataclass(frozen=True))
_OFTEN = 30
_BOTH = list(zip(_OURS, _THEIRS, strict=True))


def test_what_a_class_says_of_itself() -> None:
    for ours, theirs in _BOTH:
        assert [one.name for one in fields(ours)] == [one.name for one in fields(theirs)]
        assert ours.__match_args__ == theirs.__match_args__
        assert ours.__doc__ == theirs.__doc__


@pytest.mark.parametrize("given", [{"x": 3.0}, {"x": 0}, {"x": 1.0, "set": (), "notes": ["a"]}])
def test_objects(given: dict[str, Any]) -> None:
    (_, ours, our_heir, _), (_, theirs, their_heir, _) = _OURS, _THEIRS
    for our, their in ((ours, theirs), (our_heir, their_heir)):
        # Again and again: methods are compiled when they have been called often.
        assert all(asdict(our(**given)) == asdict(their(**given)) for _ in range(_OFTEN))
        assert all(our(**given) == our(**given) for _ in range(_OFTEN))
        assert repr(our(**given)) == repr(their(**given))
        assert our(**given) == our(*given.values())
        assert our(**given) != their(**given)
        assert list(inspect.signature(our).parameters) == list(inspect.signature(their).parameters)
        assert replace(our(**given), x=7.0) == our(**{**given, "x": 7.0}) != our(**given)
    assert ours(**given) != our_heir(**given)
    assert ours(1.0).notes is not ours(1.0).notes


def test_hashes() -> None:
    (empty, _, _, loose), (their_empty, _, _, their_loose) = _OURS, _THEIRS
    for _ in range(_OFTEN):
        assert hash(empty()) == hash(their_empty())
        assert hash(loose(5)) == hash(their_loose(5))
    assert loose(5) == loose(6)
    assert repr(loose(5)) == "loose"


def test_an_object_is_compared_by_its_identity_where_the_class_says_so() -> None:
    @frozen_dataclass(eq=False)
    class Matrix:
        values: list[int]

    one, other = Matrix([1]), Matrix([1])
    assert one == one
    assert one != other
    assert len({one, other}) == 2


def test_no_field_can_be_changed() -> None:
    point = _OURS[1](1.0)
    with pytest.raises(FrozenInstanceError, match="'x'"):
        point.x = 2.0
    with pytest.raises(FrozenInstanceError, match="'x'"):
        del point.x


@pytest.mark.parametrize("words", [(), (1.0, (), [], 4), (1.0, (), [], "", 5)])
def test_arguments_that_do_not_fit_are_refused(words: tuple[Any, ...]) -> None:
    for _, point, _, _ in (_classes(frozen_dataclass), _OURS, _THEIRS):
        with pytest.raises(TypeError):
            point(*words)
    with pytest.raises(TypeError, match="unexpected keyword argument 'y'"):
        _OURS[1](1.0, y=2)
    with pytest.raises(TypeError, match="multiple values for argument 'x'"):
        _OURS[1](1.0, x=2)


def test_all_frozen_dataclasses_are_made_so() -> None:
    found = [
        path for path in Path(tui_nn.__file__).parent.rglob("*.py") if "dataclass(frozen" in path.read_text("utf-8")
    ]
    assert [path.name for path in found] == ["frozen_dataclass.py"]
