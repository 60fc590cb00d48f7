"""The log in the file: one ``[[event]]`` block for each event, appended as it happens.

``seq`` is the last line of every block and counts 1, 2, 3, …: it tells a block that was cut off from a whole one, and
shows where a block is missing.
"""

import re
from collections.abc import Iterable
from itertools import islice, pairwise

from rtoml import TomlParsingError

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.late_pattern import late_pattern
from tui_nn.network import ValidationError
from tui_nn.session import limits, validation
from tui_nn.session.events import Event
from tui_nn.session.storage.event_fields import time_and_event
from tui_nn.session.storage.toml_text import TomlTooLarge, assignment_lines, loads

HEADER = late_pattern(r"""^[ \t]*\[\[[ \t]*(["']?)event\1[ \t]*\]\]""", re.MULTILINE)
EVENT = "\n[[event]]\n"
"""The beginning of every block that tui-nn writes. It escapes line breaks in texts, so nothing else looks like it."""
_LINE_NUMBER = late_pattern(r"at line ([0-9]+)")


@frozen_dataclass
class LogEntry:
    """One event of the log: its number, counted from 1, and when it happened, in seconds since the lesson began."""

    seq: int
    at: float
    event: Event


class LogError(ValueError):
    """A block that can't be read: its line in the text, and why."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(_("line {line}: {why}", line=line, why=why))
        self.line = line
        self.why = why


@frozen_dataclass
class LogContent:
    """The entries in a text, the line on which each begins, and the place where the last whole one ends."""

    entries: tuple[LogEntry, ...]
    lines: tuple[int, ...]
    end: int


def log_text(entries: Iterable[LogEntry]) -> str:
    """The blocks of ``entries``, each with a blank line before it."""
    return "".join(map(_block_text, entries))


def _block_text(entry: LogEntry) -> str:
    event = entry.event
    lines = assignment_lines({"kind": event.kind, "at": entry.at, **vars(event), "seq": entry.seq})
    return EVENT + "\n".join((*lines, ""))


def read_entries(text: str, after: int = 0, first_line: int = 1) -> LogContent:
    """The entries in ``text``, which follow entry number ``after`` and begin at line ``first_line`` of the file.

    Leaves out an unfinished block at the very end: `LogContent.end` is where it begins. Raises `LogError` for any other
    block that can't be read.
    """
    return _Reader(text, after, first_line).read()


class _Reader:
    def __init__(self, text: str, after: int, first_line: int) -> None:
        self._text, self._after, self._line = text, after, first_line

    def read(self) -> LogContent:
        text = self._text
        entries: list[LogEntry] = []
        lines: list[int] = []
        starts = [header.start() for header in islice(HEADER.finditer(text), limits.EVENTS + 1)]
        if self._after + len(starts) > limits.EVENTS:
            beyond = starts[limits.EVENTS - self._after]
            line = self._line + text.count("\n", 0, beyond)
            raise LogError(line, _("more than {most} events, the most that are read", most=limits.EVENTS))
        end = counted = 0
        for begin, stop in pairwise([*starts, len(text)]):
            self._line += text.count("\n", counted, begin)
            counted = begin
            found = self._entry_in(text[begin:stop], self._after + len(entries) + 1, last=stop == len(text))
            if found is None:
                break
            entry, length = found
            entries.append(entry)
            lines.append(self._line)
            end = begin + length
        return LogContent(tuple(entries), tuple(lines), end)

    def _entry_in(self, block: str, seq: int, *, last: bool) -> tuple[LogEntry, int] | None:
        """The entry in ``block`` and the length of its text; None if this is the last block and was cut off."""
        line, length = self._line, len(block)
        try:
            content = _parse_block(block)
        except TomlTooLarge as error:
            raise LogError(line + error.line - 1, error.why) from None
        except TomlParsingError as error:
            # If the text was cut off, only its last line is wrong, or a list lacks its end.
            length = block.rfind("\n") + 1
            whole = next((text for text in (block[:length], block[:length] + "]") if _is_valid_toml(text)), None)
            if whole is None or not last:
                why = _("an event that is no valid TOML: {message}", message=_toml_message(error, line))
                raise LogError(line, why) from None
            content = _parse_block(whole)
            # The cut-off line may be the header of the next block.
            if not whole or (content is not None and content.get("seq") != seq):
                return None
        if content is None:
            why = _("something other than events behind the first one; expected [[event]] blocks alone")
            raise LogError(line, why)
        if last and _is_unfinished(content.get("seq"), seq):
            return None
        return _make_log_entry(content, seq, line), length


def _parse_block(block: str) -> dict[str, object] | None:
    """The fields of the one event in ``block``; None if it contains anything else."""
    content = loads(block)
    found = content.pop("event", None)
    if content or not isinstance(found, list) or len(found) != 1 or not isinstance(found[0], dict):
        return None
    return found[0]


def _is_valid_toml(text: str) -> bool:
    try:
        loads(text)
    except (TomlParsingError, TomlTooLarge):
        return False
    return True


def _toml_message(error: TomlParsingError, line: int) -> str:
    """The parser's message about a block that begins at ``line``, with line numbers of the whole file."""
    message = _LINE_NUMBER.sub(lambda found: f"at line {int(found[1]) + line - 1}", str(error))
    return message[:1].lower() + message[1:]


def _is_unfinished(found: object, seq: int) -> bool:
    """Whether ``found``, the last block's seq, is absent or the first digits of ``seq``: the text was cut off there."""
    if found is None:
        return True
    return isinstance(found, int) and not isinstance(found, bool) and found != seq and str(seq).startswith(str(found))


def _make_log_entry(content: dict[str, object], seq: int, line: int) -> LogEntry:
    number = content.get("seq")
    if number != seq or isinstance(number, (bool, float)):
        expected = _("{seq}, as every event has the next number", seq=seq)
        what = _("absent") if number is None else validation.quoted_value(number)
        raise LogError(line, str(ValidationError("[[event]] seq", what, expected)))
    try:
        return LogEntry(seq, *time_and_event(content))
    except ValidationError as error:
        why = str(ValidationError(error.where, error.found, error.expected))
        raise LogError(line, f"[[event]] {seq}: {why}") from None
