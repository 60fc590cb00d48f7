"""Frozen dataclasses that are quick to define: nearly 200 of them are, before the first screen."""

from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from threading import RLock
from typing import Any, TypeVar, dataclass_transform, overload

_Class = TypeVar("_Class")

# To make the fields of a class, those of its bases are needed, under the same lock.
_FIELDS_LOCK = RLock()
_MADE_BY_DATACLASS = ("__dataclass_fields__", "__dataclass_params__", "__match_args__")
# To compile a method takes as long as a dozen calls of one that is not compiled.
_CALLS_BEFORE_COMPILED = 12


@overload
def frozen_dataclass(cls: type[_Class], /) -> type[_Class]: ...


@overload
def frozen_dataclass(*, eq: bool) -> Callable[[type[_Class]], type[_Class]]: ...


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen_dataclass(cls: type[Any] | None = None, /, *, eq: bool = True) -> Any:
    """Does what ``dataclass(frozen=True, eq=eq)`` does, in a tenth of the time.

    `dataclass` looks at the annotations of each class, and compiles six functions for it. `frozen_dataclass` looks at
    them when somebody asks for the fields, and compiles a method after a dozen calls: most classes have no object
    before the first screen, or only a few. `dataclasses.replace`, `fields` and ``field(default_factory=...)``
    work as ever; ``init=False`` and ``kw_only`` do not, and `inspect.signature` only once ``__init__`` is compiled.
    """
    return (lambda decorated: _made_frozen(decorated, eq)) if cls is None else _made_frozen(cls, eq)


def _made_frozen(cls: type[Any], eq: bool) -> type[Any]:
    own = dict(vars(cls))
    # Without one, `dataclass` would write the signature of ``__init__`` for it, which takes as long as all the rest.
    cls.__doc__ = cls.__doc__ or cls.__name__
    for name in _MADE_BY_DATACLASS:
        setattr(cls, name, _WhenAsked(cls, name))
    methods: dict[str, Any] = {"__repr__": _repr, "__setattr__": _refuse_to_set, "__delattr__": _refuse_to_delete}
    methods["__init__"] = _compiled_when_busy(cls, "__init__", _set_fields, _write_init)
    if eq:
        methods["__eq__"] = _compiled_when_busy(cls, "__eq__", _are_equal, _write_eq)
        methods["__hash__"] = _compiled_when_busy(cls, "__hash__", _hash_of, _write_hash)
    for name, method in methods.items():
        # Python gives a class with an __eq__ of its own the __hash__ None.
        if own.get(name) is None:
            setattr(cls, name, method)
    return cls


class _WhenAsked:
    """Stands in a class for what `dataclass` makes of its annotations, until somebody asks for that."""

    def __init__(self, cls: type[Any], name: str) -> None:
        self._cls, self._name = cls, name

    def __get__(self, _instance: object, _owner: type[Any]) -> Any:
        cls = self._cls
        with _FIELDS_LOCK:
            if vars(cls)[self._name] is self:
                dataclass(init=False, repr=False, eq=False, match_args=False)(cls)
                type.__setattr__(cls, "__match_args__", tuple(one.name for one in fields(cls)))
            return vars(cls)[self._name]


class _NotPlainError(Exception):
    """The arguments do not fit the fields; the compiled method says in which way."""


def _compiled_when_busy(
    cls: type[Any], name: str, plain: Callable[..., Any], write: Callable[[type[Any], dict[str, Any]], str]
) -> Any:
    """A method that calls ``plain`` a dozen times, and then compiles the method that takes its place."""
    calls = 0

    def method(self: Any, *values: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls <= _CALLS_BEFORE_COMPILED:
            try:
                return plain(cls, self, *values, **named)
            except _NotPlainError:
                pass
        known: dict[str, Any] = {}
        exec(write(cls, known), known)  # noqa: S102 - as `dataclass` does
        setattr(cls, name, known[name])
        return known[name](self, *values, **named)

    return method


def _set_fields(cls: type[Any], self: Any, *values: Any, **named: Any) -> None:
    """``__init__``, not compiled."""
    given = dict(zip(cls.__match_args__, values, strict=False)) | named
    if len(given) < len(values) + len(named):
        raise _NotPlainError
    for one in fields(cls):
        if one.name in given:
            value = given.pop(one.name)
        elif one.default_factory is not MISSING:
            value = one.default_factory()
        elif one.default is not MISSING:
            value = one.default
        else:
            raise _NotPlainError
        object.__setattr__(self, one.name, value)
    if given:
        raise _NotPlainError
    if hasattr(cls, "__post_init__"):
        self.__post_init__()


def _are_equal(cls: type[Any], self: Any, other: object) -> Any:
    """``__eq__``, not compiled."""
    return _fields_of(cls, self) == _fields_of(cls, other) if other.__class__ is self.__class__ else NotImplemented


def _hash_of(cls: type[Any], self: Any) -> int:
    """``__hash__``, not compiled."""
    return hash(_fields_of(cls, self))


def _fields_of(cls: type[Any], instance: Any) -> tuple[Any, ...]:
    return tuple(getattr(instance, name) for name in cls.__match_args__)


def _write_init(cls: type[Any], known: dict[str, Any]) -> str:
    """The text of ``__init__``; ``known`` takes what it refers to."""
    known |= {"_set_field": object.__setattr__, "_MISSING": MISSING}
    parameters, lines = ["self"], [" pass"]
    for one in fields(cls):
        parameter = value = one.name
        if one.default_factory is not MISSING:
            known[f"_make_{one.name}"] = one.default_factory
            parameter, value = f"{one.name}=_MISSING", f"_make_{one.name}() if {one.name} is _MISSING else {one.name}"
        elif one.default is not MISSING:
            known[f"_default_{one.name}"] = one.default
            parameter = f"{one.name}=_default_{one.name}"
        parameters.append(parameter)
        lines.append(f" _set_field(self, {one.name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        lines.append(" self.__post_init__()")
    return "\n".join([f"def __init__({', '.join(parameters)}):", *lines])


def _write_eq(cls: type[Any], _: dict[str, Any]) -> str:
    compared = f"{_values(cls, 'self')} == {_values(cls, 'other')}"
    return f"def __eq__(self, other): return {compared} if other.__class__ is self.__class__ else NotImplemented"


def _write_hash(cls: type[Any], _: dict[str, Any]) -> str:
    return f"def __hash__(self): return hash({_values(cls, 'self')})"


def _values(cls: type[Any], of: str) -> str:
    return f"({''.join(f'{of}.{one.name}, ' for one in fields(cls))})"


def _repr(self: Any) -> str:
    return f"{type(self).__qualname__}({', '.join(f'{one.name}={getattr(self, one.name)!r}' for one in fields(self))})"


def _refuse_to_set(self: Any, name: str, value: object) -> None:  # noqa: ARG001
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: Any, name: str) -> None:  # noqa: ARG001
    raise FrozenInstanceError(f"cannot delete field {name!r}")
