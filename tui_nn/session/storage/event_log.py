"""The log in the file: one ``[[event]]`` block for each event, appended as it happens, read with care.

``seq`` is the last line of every block and counts 1, 2, 3, …: so a block that was cut off is told from one that was
written whole, and a missing one is noticed.
"""

import difflib
import json
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from itertools import islice, pairwise
from typing import get_type_hints

from tui_nn.network import ValidationError
from tui_nn.session import events, limits, validation
from tui_nn.session.events import Event, Setting, Table
from tui_nn.session.settings import HYPERPARAMETERS
from tui_nn.session.storage.toml_bounds import OF_EVENT, TooMuch
from tui_nn.session.storage.toml_text import assignments, loads

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
EVENT = "\n[[event]]\n"
"""The beginning of every block that tui-nn writes. It escapes line breaks in texts, so nothing else looks like it."""
_NUMBER = r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,400})?(?:e[+-]?[0-9]{1,9})?"
_PLAIN = re.compile(
    rf"""\[\[event\]\]\n
    (?:[a-z]+\ =\ (?:"[^"\\\x00-\x1f\x7f]{{0,2000}}" | {_NUMBER})\n)+
    \n*""",
    re.VERBOSE,
)
# A line of an event that another program or a person wrote; its value ends on the same line.
_LINE = re.compile(
    rf"""[\ \t]*+
    (?:(?P<key>[A-Za-z0-9_-]{{1,60}})[\ \t]*+=[\ \t]*+
        (?:"(?P<text>(?:[^"\\\x00-\x1f\x7f]|\\["\\bfnrt]|\\u(?![dD][89a-fA-F])[0-9a-fA-F]{{4}}){{0,2000}})"
        |'(?P<literal>[^'\x00-\x1f\x7f]{{0,2000}})'
        |(?P<flag>true|false)
        |(?P<number>{_NUMBER}(?![-+.:_\w]))
        |(?P<list>\[{_NUMBER}(?:,\ {_NUMBER}){{0,200}}\])
    )[\ \t]*+)?+
    (?:\#[^\x00-\x08\x0a-\x1f\x7f]*+)?(?:\n|\Z)""",
    re.VERBOSE,
)
_LONGEST_BY_LINES = 20_000
_HEADER_LINE = re.compile(r"[ \t]*\[\[event\]\][ \t]*(?:#[^\x00-\x08\x0a-\x1f\x7f]*)?\n")
_PLACE = re.compile(r"at line ([0-9]+),")
_FIELD = re.compile(r"^([a-z]+) = (.*)$", re.MULTILINE)
_ENVELOPE = ("kind", "at", "seq")
_LATEST = 1e9


@dataclass(frozen=True)
class Entry:
    """One event of the log: its number, counted from 1, and when it happened, in seconds since the lesson began."""

    seq: int
    at: float
    event: Event


class LogError(ValueError):
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
    return EVENT + "\n".join((*lines, ""))


def read(text: str, after: int = 0, first_line: int = 1) -> Read:
    """The entries in ``text``, which follow entry number ``after`` and begin at line ``first_line`` of the file.

    An unfinished block at the very end is left out: `Read.end` is where it begins. Raises `LogError` for any other
    that can't be taken.
    """
    return _Reader(text, after, first_line).read()


class _Reader:
    def __init__(self, text: str, after: int, first_line: int) -> None:
        self._text, self._after, self._line = text, after, first_line
        self._otherwise_written = 0

    def read(self) -> Read:
        text = self._text
        entries: list[Entry] = []
        lines: list[int] = []
        starts = [header.start() for header in islice(HEADER.finditer(text), limits.EVENTS + 1)]
        if self._after + len(starts) > limits.EVENTS:
            beyond = starts[limits.EVENTS - self._after]
            line = self._line + text.count("\n", 0, beyond)
            raise LogError(line, f"more than {limits.EVENTS} events, the most that are read")
        end = counted = 0
        for begin, stop in pairwise([*starts, len(text)]):
            self._line += text.count("\n", counted, begin)
            counted = begin
            taken = self._taken(text[begin:stop], self._after + len(entries) + 1, last=stop == len(text))
            if taken is None:
                break
            entry, length = taken
            entries.append(entry)
            lines.append(self._line)
            end = begin + length
        return Read(tuple(entries), tuple(lines), end)

    def _taken(self, block: str, seq: int, *, last: bool) -> tuple[Entry, int] | None:
        """The entry in ``block`` and the length of its text; None if this is the last block and was cut off."""
        line, length = self._line, len(block)
        try:
            content = self._parsed(block)
        except TooMuch as error:
            raise LogError(line + error.line - 1, error.why) from None
        except tomllib.TOMLDecodeError as error:
            # In a text that was cut off, only the last line is wrong, or a list has no end yet.
            length = block.rfind("\n") + 1
            whole = next((text for text in (block[:length], block[:length] + "]") if _is_valid(text)), None)
            if whole is None or not last:
                raise LogError(line, f"an event that is no valid TOML: {_complaint(error, line)}") from None
            content = self._parsed(whole)
            # The cut-off line may be the header of the next block.
            if not whole or (content is not None and content.get("seq") != seq):
                return None
        if content is None:
            raise LogError(line, "something other than events behind the first one; expected [[event]] blocks alone")
        if last and _is_unfinished(content.get("seq"), seq):
            return None
        return _entry(content, seq, line), length

    def _parsed(self, block: str) -> dict[str, object] | None:
        """The fields of the one event in ``block``; None if the block contains anything else."""
        # A longer block holds a table, or more than an event may hold.
        if len(block) <= _LONGEST_BY_LINES and (known := _plain(block) or _line_by_line(block)):
            return known
        self._otherwise_written += 1
        if self._otherwise_written > limits.EVENTS_OTHERWISE_WRITTEN:
            most = limits.EVENTS_OTHERWISE_WRITTEN
            raise LogError(self._line, f"more than {most} events that are not written as tui-nn writes them")
        content = loads(block, OF_EVENT)
        found = content.pop("event", None)
        if content or not isinstance(found, list) or len(found) != 1 or not isinstance(found[0], dict):
            return None
        return found[0]


def _plain(block: str) -> dict[str, object] | None:
    """The fields of a block in the form in which `written` writes most events; None for any other TOML.

    Takes a tenth of tomllib's time.
    """
    if not _PLAIN.fullmatch(block):
        return None
    found = _FIELD.findall(block)
    content = {
        key: value[1:-1] if value[0] == '"' else float(value) if "." in value or "e" in value else int(value)
        for key, value in found
    }
    return content if len(content) == len(found) else None


def _line_by_line(block: str) -> dict[str, object] | None:
    """The fields of a block with one value on each line, with or without comments; None if only tomllib can read it."""
    block = block.replace("\r\n", "\n")
    header = _HEADER_LINE.match(block)
    if header is None:
        return None
    content: dict[str, object] = {}
    position = header.end()
    while position < len(block):
        line = _LINE.match(block, position)
        if line is None or line["key"] in content:
            return None
        position = line.end()
        if key := line["key"]:
            content[key] = _value(line)
    return content


def _value(line: re.Match[str]) -> object:
    kind = line.lastgroup or ""
    text = line[kind]
    match kind:
        case "text":
            return json.loads(f'"{text}"') if "\\" in text else text
        case "literal":
            return text
        case "flag":
            return text == "true"
        case "list":
            return json.loads(text)
        case _:
            return float(text) if "." in text or "e" in text else int(text)


def _is_valid(text: str) -> bool:
    try:
        loads(text, OF_EVENT)
    except (tomllib.TOMLDecodeError, TooMuch):
        return False
    return True


def _complaint(error: tomllib.TOMLDecodeError, line: int) -> str:
    """Tomllib's message about a block that begins at ``line``, with the line number counted in the whole file."""
    said = _PLACE.sub(lambda found: f"at line {int(found[1]) + line - 1},", str(error))
    return said[:1].lower() + said[1:]


def _is_unfinished(found: object, seq: int) -> bool:
    """Whether ``found``, the last block's seq, is what is left of ``seq`` where a text was cut off."""
    if found is None:
        return True
    return isinstance(found, int) and not isinstance(found, bool) and found != seq and str(seq).startswith(str(found))


def _entry(content: dict[str, object], seq: int, line: int) -> Entry:
    number = content.get("seq")
    if number != seq or isinstance(number, (bool, float)):
        what = "absent" if number is None else validation.found(number)
        raise LogError(line, f"[[event]] seq is {what}; expected {seq}, as every event has the next number")
    try:
        kind = _kind(content.get("kind", ""))
        at = validation.number("at", content.get("at", 0.0))
        if not 0 <= at <= _LATEST:
            raise ValidationError("at", validation.found(at), "seconds since the lesson began")
        return Entry(seq, at, _event(kind, content))
    except ValidationError as refusal:
        raise LogError(
            line, f"[[event]] {seq}: {refusal.where} is {refusal.found}; expected {refusal.expected}"
        ) from None


def _kind(found: object) -> str:
    """One of `KINDS`.

    Raises `ValidationError`, and names the one that may be meant: to name them all would be no sentence.
    """
    if isinstance(found, str) and found in KINDS:
        return found
    near = difflib.get_close_matches(found, KINDS, n=1) if isinstance(found, str) else []
    expected = f'"{near[0]}", perhaps' if near else 'a kind of event, such as "moved"'
    raise ValidationError("kind", validation.found(found), expected)


def _event(kind: str, content: dict[str, object]) -> Event:
    checks = _FIELDS[kind]
    if not content.keys() <= _ALLOWED[kind]:
        unknown = next(key for key in content if key not in _ALLOWED[kind])
        expected = "one of " + ", ".join(checks) if checks else "nothing but kind, at and seq"
        raise ValidationError(validation.short(unknown), "unknown", expected)
    own = {}
    for name, check in checks.items():
        if name in content:
            own[name] = check(name, content[name])
        elif name not in _OPTIONAL[kind]:
            raise ValidationError(name, "absent", f'one, as the event is of the kind "{kind}"')
    make: Callable[..., Event] = KINDS[kind]
    return make(**own)


def _counting(key: str, value: object) -> int:
    return validation.whole(key, value, 0, limits.ITERATIONS)


def _text(key: str, value: object) -> str:
    return validation.text(key, value, limits.NOTE_LENGTH)


def _table(key: str, value: object) -> str:
    return validation.choice(key, value, ("x", "y"))


def _numbers(key: str, value: object) -> tuple[float, ...]:
    if not isinstance(value, list) or len(value) > limits.ROWS:
        raise ValidationError(key, validation.found(value), f"a list of at most {limits.ROWS} numbers")
    return tuple(validation.number(key, cell) for cell in value)


def _cells(key: str, value: object) -> tuple[tuple[float, ...], ...]:
    return tuple(map(tuple, validation.table(key, value))) if value else ()


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
    float: validation.number,
    str: _text,
    Table: _table,
    tuple[float, ...]: _numbers,
    tuple[tuple[float, ...], ...]: _cells,
    tuple[str, ...]: validation.names,
    Setting: _setting,
}
# No other whole number counts something.
_SEED = {"seed": HYPERPARAMETERS["seed"].check}
_FIELDS = {
    kind: {name: _SEED.get(name, _CHECKS[hint]) for name, hint in get_type_hints(event).items()}
    for kind, event in KINDS.items()
}
_ALLOWED = {kind: {*_ENVELOPE, *checks} for kind, checks in _FIELDS.items()}
_OPTIONAL = {
    kind: {field.name for field in fields(event) if hasattr(event, field.name)} for kind, event in KINDS.items()
}
_KIND_OF = {event: kind for kind, event in KINDS.items()}
