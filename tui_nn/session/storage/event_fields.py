"""Checks the fields of an event in the log, and makes the event."""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from functools import cache, partial
from typing import TypeAlias, get_type_hints

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.network import ValidationError
from tui_nn.network.model.errors import quoted
from tui_nn.session import limits, validation
from tui_nn.session.events import EVENT_CLASSES, Event
from tui_nn.session.events.event import (
    ListsOfTexts,
    MatricesOfNumbers,
    Seed,
    Setting,
    Settings,
    TableName,
    Texts,
)
from tui_nn.session.settings import HYPERPARAMETERS

_Check: TypeAlias = Callable[[str, object], object]
_KEYS_OF_EVERY_EVENT = ("kind", "at", "seq")
_LATEST_SECOND = 1e9


@frozen_dataclass
class _Fields:
    """The fields of a class of events: how each is checked, which keys its block may have, and which may be absent."""

    checks: Mapping[str, _Check]
    keys: frozenset[str]
    optional: frozenset[str]


def time_and_event(content: Mapping[str, object]) -> tuple[float, Event]:
    """When the event with the fields ``content`` happened, in seconds since the lesson began, and the event.

    Raises `ValidationError` if a field is unknown, absent or wrong.
    """
    kind = _check_kind(content.get("kind", ""))
    at = validation.number("at", content.get("at", 0.0))
    if not 0 <= at <= _LATEST_SECOND:
        raise ValidationError("at", validation.quoted_value(at), _("seconds since the lesson began"))
    return at, _make_event(kind, content)


def _check_kind(found: object) -> str:
    """The kind found. Raises `ValidationError` for an unknown one, and names the one that may be meant."""
    if isinstance(found, str) and found in EVENT_CLASSES:
        return found
    near = difflib.get_close_matches(found, EVENT_CLASSES, n=1) if isinstance(found, str) else []
    expected = _("{name}, perhaps", name=quoted(near[0])) if near else _('a kind of event, such as "moved"')
    raise ValidationError("kind", validation.quoted_value(found), expected)


def _make_event(kind: str, content: Mapping[str, object]) -> Event:
    make: Callable[..., Event] = EVENT_CLASSES[kind]
    known = _fields_of(EVENT_CLASSES[kind])
    if not content.keys() <= known.keys:
        unknown = next(key for key in content if key not in known.keys)
        names = ", ".join(known.checks)
        expected = _("one of {names}", names=names) if names else _("nothing but kind, at and seq")
        raise ValidationError(validation.shortened(unknown), _("unknown"), expected)
    values = {}
    for name, check in known.checks.items():
        if name in content:
            values[name] = check(name, content[name])
        elif name not in known.optional:
            raise ValidationError(name, _("absent"), _('one, as the event is of the kind "{kind}"', kind=kind))
    return make(**values)


@cache
def _fields_of(event: type[Event]) -> _Fields:
    hints = get_type_hints(event, include_extras=True)
    own = fields(event)  # type: ignore[arg-type]  # every class with a kind is a dataclass
    checks = {field.name: _CHECKS[hints[field.name]] for field in own}
    return _Fields(
        checks,
        frozenset((*_KEYS_OF_EVERY_EVENT, *checks)),
        frozenset(field.name for field in own if field.default is not MISSING),
    )


_check_count = partial(validation.whole_number, least=0, greatest=limits.ITERATIONS)
_check_text = partial(validation.text, longest=limits.NOTE_LENGTH)
_check_table_name = partial(validation.choice, choices=("x", "y"))


def _check_numbers(key: str, value: object) -> tuple[float, ...]:
    if not isinstance(value, list) or len(value) > limits.ROWS:
        expected = _("a list of at most {most} numbers", most=limits.ROWS)
        raise ValidationError(key, validation.quoted_value(value), expected)
    return tuple(validation.number(key, cell) for cell in value)


def _check_cells(key: str, value: object) -> tuple[tuple[float, ...], ...]:
    return tuple(map(tuple, validation.table(key, value))) if value else ()


def _check_counts(key: str, value: object) -> tuple[int, ...]:
    if not isinstance(value, list) or len(value) > limits.COMPARED_MATRICES:
        expected = _("a list of at most {most}", most=limits.COMPARED_MATRICES)
        raise ValidationError(key, validation.quoted_value(value), expected)
    return tuple(_check_count(key, count) for count in value)


def _check_texts(key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > limits.MISTAKES_NAMED:
        expected = _("a list of at most {most} texts", most=limits.MISTAKES_NAMED)
        raise ValidationError(key, validation.quoted_value(value), expected)
    return tuple(_check_text(key, text) for text in value)


def _check_lists_of_texts(key: str, value: object) -> tuple[tuple[str, ...], ...]:
    if not isinstance(value, list) or len(value) > limits.MISTAKES_NAMED:
        expected = _("at most {most} lists of texts", most=limits.MISTAKES_NAMED)
        raise ValidationError(key, validation.quoted_value(value), expected)
    return tuple(_check_texts(key, texts) for texts in value)


def _check_matrices(key: str, value: object) -> MatricesOfNumbers:
    if not isinstance(value, list) or len(value) > limits.COMPARED_MATRICES:
        expected = _("a list of at most {most} matrices", most=limits.COMPARED_MATRICES)
        raise ValidationError(key, validation.quoted_value(value), expected)
    return tuple(tuple(_doubles(key, row) for row in _rows(key, matrix)) for matrix in value)


def _rows(key: str, matrix: object) -> list[object]:
    if not isinstance(matrix, list) or len(matrix) > limits.COMPARED_CELLS:
        raise ValidationError(key, validation.quoted_value(matrix), _("rows, each a list of numbers"))
    return matrix


def _doubles(key: str, row: object) -> tuple[float, ...]:
    """A row of numbers, of which some may be nan or infinite."""
    if not isinstance(row, list) or len(row) > limits.COMPARED_CELLS or not {*map(type, row)} <= {int, float}:
        raise ValidationError(key, validation.quoted_value(row), _("rows, each a list of numbers"))
    return tuple(map(float, row))


def _check_setting(key: str, value: object) -> Setting:
    if isinstance(value, str):
        return _check_text(key, value)
    if isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, list) and all(isinstance(item, int) and not isinstance(item, bool) for item in value):
        return tuple(value)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        if len(value) > limits.PARAMETER_MATRICES:
            expected = _("at most {most} names", most=limits.PARAMETER_MATRICES)
            raise ValidationError(key, _("a list of {length}", length=len(value)), expected)
        return validation.names(key, value)
    return _check_numbers(key, value)


def _check_settings(key: str, value: object) -> tuple[Setting, ...]:
    if not isinstance(value, list) or len(value) > len(HYPERPARAMETERS):
        expected = _("a list of at most {most} values", most=len(HYPERPARAMETERS))
        raise ValidationError(key, validation.quoted_value(value), expected)
    return tuple(_check_setting(key, one) for one in value)


_CHECKS: Mapping[object, _Check] = {
    int: _check_count,
    float: validation.number,
    str: _check_text,
    bool: validation.boolean,
    TableName: _check_table_name,
    tuple[float, ...]: _check_numbers,
    tuple[tuple[float, ...], ...]: _check_cells,
    tuple[int, ...]: _check_counts,
    tuple[str, ...]: validation.names,
    Texts: _check_texts,
    ListsOfTexts: _check_lists_of_texts,
    MatricesOfNumbers: _check_matrices,
    Seed: HYPERPARAMETERS["seed"].check,
    Setting: _check_setting,
    Settings: _check_settings,
}
"""How a field is checked, by its type in the class."""
