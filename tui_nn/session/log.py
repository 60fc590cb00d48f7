"""The log in the file: one ``[[event]]`` block for each event, appended as it happens, read with care.

``seq`` is the last line of every block and counts 1, 2, 3, …: so a block that was cut off is told from one that was
written whole, and a missing one is noticed.
"""

import difflib
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import get_type_hints

from tui_nn.network import Refusal
from tui_nn.session import events, limits, values
from tui_nn.session.events import Event, Setting, Table
from tui_nn.session.hyperparameters import HYPERPARAMETERS
from tui_nn.session.toml_text import assignments, loads

KINDS: Mapping[str, type[Event]] = {
    "moved": events.Moved,
    "derived": events.Derived,
    "selected": events.Selected,
    "looked at": events.Looked,
    "chart chosen": events.ChartChosen,
    "ahead chosen": events.AheadChosen,
    "pointed at": events.Pointed,
    "effect chosen": events.EffectChosen,
    "cell set": events.CellSet,
    "row added": events.RowAdded,
    "row removed": events.RowRemoved,
    "column added": events.ColumnAdded,
    "column removed": events.ColumnRemoved,
    "column renamed": events.ColumnRenamed,
    "data replaced": events.DataReplaced,
    "block pasted": events.BlockPasted,
    "hyperparameter set": events.HyperparameterSet,
    "weight set": events.WeightSet,
    "weights set": events.WeightsSet,
    "branched": events.Branched,
    "start tried": events.StartTried,
    "branch chosen": events.BranchChosen,
    "run compared": events.RunCompared,
    "undone": events.Undone,
    "redone": events.Redone,
    "played": events.Played,
    "paused": events.Paused,
    "noted": events.Noted,
    "marked": events.Marked,
    "note changed": events.NoteChanged,
    "note removed": events.NoteRemoved,
    "mark renamed": events.MarkRenamed,
    "mark removed": events.MarkRemoved,
    "note undone": events.NoteUndone,
    "note redone": events.NoteRedone,
    "asked": events.Asked,
    "question withdrawn": events.Withdrawn,
    "question posed": events.Posed,
    "answered": events.Answered,
    "new row": events.NewRowAdded,
    "new row removed": events.NewRowRemoved,
    "reached": events.Reached,
    "mistake planted": events.MistakePlanted,
    "mistake guessed": events.MistakeGuessed,
    "ended": events.Ended,
}
"""What each event is called in the file. Its fields stand below, under their own names."""

HEADER = re.compile(r"""^[ \t]*\[\[[ \t]*(["']?)event\1[ \t]*\]\]""", re.MULTILINE)
_PLAIN = re.compile(
    r"""\[\[event\]\]\n
    (?:[a-z]+\ =\ (?:"[^"\\\x00-\x1f\x7f]*" | -?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?)\n)+
    \n*""",
    re.VERBOSE,
)
_FIELD = re.compile(r"^([a-z]+) = (.*)$", re.MULTILINE)
_ENVELOPE = ("kind", "at", "seq")
_LATEST = 1e9


@dataclass(frozen=True)
class Entry:
    """One event of the log: its number, counted from 1, and when it happened, in seconds since the lesson began."""

    seq: int
    at: float
    event: Event


class LogRefused(ValueError):
    """A block that no program of ours has written whole: its line in the text, and why it can't be taken."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"line {line}: {why}")
        self.line = line
        self.why = why


@dataclass(frozen=True)
class Read:
    """The entries that a text holds, where each begins, and where the last whole one ends."""

    entries: tuple[Entry, ...]
    lines: tuple[int, ...]
    end: int


def kind_of(event: Event) -> str:
    """What ``event`` is called in the file."""
    return _KIND_OF[type(event)]


def written(entries: Iterable[Entry]) -> str:
    """The blocks of ``entries``, each with the blank line that parts it from what stands before."""
    return "".join(_block(entry) for entry in entries)


def _block(entry: Entry) -> str:
    event = entry.event
    kind = _KIND_OF[type(event)]
    own = {field.name: getattr(event, field.name) for field in fields(event)}
    lines = assignments({"kind": kind, "at": entry.at, **own, "seq": entry.seq})
    return "\n".join(("", "[[event]]", *lines, ""))


def read(text: str, after: int = 0, first_line: int = 1) -> Read:
    """The entries in ``text``, which follow entry number ``after`` and begin at line ``first_line`` of the file.

    An unfinished block at the very end is left out: `Read.end` is where it begins. Raises `LogRefused` for any other
    that can't be taken.
    """
    entries: list[Entry] = []
    lines: list[int] = []
    starts = [header.start() for header in HEADER.finditer(text)]
    end = counted = 0
    line = first_line
    for begin, stop in pairwise([*starts, len(text)]):
        line += text.count("\n", counted, begin)
        counted = begin
        taken = _taken(text[begin:stop], after + len(entries) + 1, line, last=stop == len(text))
        if taken is None:
            break
        entry, length = taken
        entries.append(entry)
        lines.append(line)
        end = begin + length
    return Read(tuple(entries), tuple(lines), end)


def _taken(block: str, seq: int, line: int, *, last: bool) -> tuple[Entry, int] | None:
    """The entry in ``block`` and the length of its text; None where the block is the last and was cut off."""
    length = len(block)
    try:
        content = _parsed(block)
    except tomllib.TOMLDecodeError as error:
        # Of a text that was cut off, no line but the last is wrong, or a list has no end yet.
        length = block.rfind("\n") + 1
        whole = next((text for text in (block[:length], block[:length] + "]") if _is_valid(text)), None)
        if whole is None or not last:
            raise LogRefused(line, f"an event that is no valid TOML: {_complaint(error, block, line)}") from None
        content = _parsed(whole)
        # The line that was cut off may be the header of the next block.
        if not whole or (content is not None and content.get("seq") != seq):
            return None
    if content is None:
        raise LogRefused(line, "something other than events behind the first one; expected [[event]] blocks alone")
    if last and _is_unfinished(content.get("seq"), seq):
        return None
    return _entry(content, seq, line), length


def _parsed(block: str) -> dict[str, object] | None:
    """The fields of the one event in ``block``; None where something else stands there besides."""
    if plain := _plain(block):
        return plain
    content = loads(block)
    found = content.pop("event", None)
    if content or not isinstance(found, list) or len(found) != 1 or not isinstance(found[0], dict):
        return None
    return found[0]


def _plain(block: str) -> dict[str, object] | None:
    """The fields of a block as `written` writes most of them; None where it may be anything else that is TOML.

    They are read in a third of the time that tomllib takes, which a lesson of ten thousand events makes felt.
    """
    if not _PLAIN.fullmatch(block):
        return None
    found = _FIELD.findall(block)
    content = {key: _plain_value(value) for key, value in found}
    return content if len(content) == len(found) else None


def _plain_value(value: str) -> object:
    if value.startswith('"'):
        return value[1:-1]
    return float(value) if "." in value or "e" in value else int(value)


def _is_valid(text: str) -> bool:
    try:
        loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _complaint(error: tomllib.TOMLDecodeError, block: str, line: int) -> str:
    """What is wrong with ``block``, by the lines of the file."""
    try:
        loads("\n" * (line - 1) + block)
    except tomllib.TOMLDecodeError as placed:
        error = placed
    return str(error)[:1].lower() + str(error)[1:]


def _is_unfinished(found: object, seq: int) -> bool:
    """Whether ``found``, the last block's seq, is what is left of ``seq`` where a text was cut off."""
    if found is None:
        return True
    return isinstance(found, int) and not isinstance(found, bool) and found != seq and str(seq).startswith(str(found))


def _entry(content: dict[str, object], seq: int, line: int) -> Entry:
    number = content.get("seq")
    if number != seq or isinstance(number, (bool, float)):
        what = "absent" if number is None else values.found(number)
        raise LogRefused(line, f"[[event]] seq is {what}; expected {seq}, as every event has the next number")
    try:
        kind = _kind(content.get("kind", ""))
        at = values.number("at", content.get("at", 0.0))
        if not 0 <= at <= _LATEST:
            raise Refusal("at", values.found(at), "seconds since the lesson began")
        return Entry(seq, at, _event(kind, content))
    except Refusal as refusal:
        raise LogRefused(
            line, f"[[event]] {seq}: {refusal.where} is {refusal.found}; expected {refusal.expected}"
        ) from None


def _kind(found: object) -> str:
    """One of `KINDS`. Raises `Refusal`, and names the one that may be meant: to name them all would be no sentence."""
    if isinstance(found, str) and found in KINDS:
        return found
    near = difflib.get_close_matches(found, KINDS, n=1) if isinstance(found, str) else []
    expected = f'"{near[0]}", perhaps' if near else 'a kind of event, such as "moved"'
    raise Refusal("kind", values.found(found), expected)


def _event(kind: str, content: dict[str, object]) -> Event:
    checks = _FIELDS[kind]
    for key in content:
        if key not in checks and key not in _ENVELOPE:
            expected = "one of " + ", ".join(checks) if checks else "nothing but kind, at and seq"
            raise Refusal(values.short(key), "unknown", expected)
    own = {}
    for field in fields(KINDS[kind]):
        if field.name in content:
            own[field.name] = checks[field.name](field.name, content[field.name])
        elif field.name not in _OPTIONAL[kind]:
            raise Refusal(field.name, "absent", f'one, as the event is of the kind "{kind}"')
    make: Callable[..., Event] = KINDS[kind]
    return make(**own)


def _counting(key: str, value: object) -> int:
    return values.whole(key, value, 0, limits.ITERATIONS)


def _text(key: str, value: object) -> str:
    return values.text(key, value, limits.NOTE_LENGTH)


def _table(key: str, value: object) -> str:
    return values.choice(key, value, ("x", "y"))


def _numbers(key: str, value: object) -> tuple[float, ...]:
    if not isinstance(value, list) or len(value) > limits.ROWS:
        raise Refusal(key, values.found(value), f"a list of at most {limits.ROWS} numbers")
    return tuple(values.number(key, cell) for cell in value)


def _cells(key: str, value: object) -> tuple[tuple[float, ...], ...]:
    return tuple(map(tuple, values.table(key, value))) if value else ()


def _setting(key: str, value: object) -> Setting:
    if isinstance(value, str):
        return _text(key, value)
    if isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, list) and all(isinstance(item, int) and not isinstance(item, bool) for item in value):
        return tuple(value)
    return _numbers(key, value)


_CHECKS: Mapping[object, Callable[[str, object], object]] = {
    int: _counting,
    float: values.number,
    str: _text,
    Table: _table,
    tuple[float, ...]: _numbers,
    tuple[tuple[float, ...], ...]: _cells,
    tuple[str, ...]: values.names,
    Setting: _setting,
}
# No other whole number counts something.
_SEED = {"seed": HYPERPARAMETERS["seed"].check}
_FIELDS = {
    kind: {name: _SEED.get(name, _CHECKS[hint]) for name, hint in get_type_hints(event).items()}
    for kind, event in KINDS.items()
}
_OPTIONAL = {
    kind: {field.name for field in fields(event) if hasattr(event, field.name)} for kind, event in KINDS.items()
}
_KIND_OF = {event: kind for kind, event in KINDS.items()}
