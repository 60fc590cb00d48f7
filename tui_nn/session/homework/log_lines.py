"""Reads lines with names and numbers, as training logs have them: "iteration 100: cost 0.0065", "W_1[1,2] = 0.57"."""

import re
from collections.abc import Iterator, Sequence

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.session import limits
from tui_nn.session.homework.digits import NUMBER, clean_number
from tui_nn.session.homework.iteration_words import is_counter_name, is_iteration_name
from tui_nn.session.homework.quantities import quantity_at
from tui_nn.session.homework.student_names import is_cost_name, is_matrix_name
from tui_nn.session.homework.when_printed import When, says_only_when, when_said

_TOKEN = re.compile(
    rf"(?P<comma>(?<![\w.,])[-+−]?\d{{1,8}},\d{{3,30}}(?![\d.]|,\d))"
    rf"|(?P<number>(?:(?<=[=:(|,;\s\[])|^){NUMBER}(?![\w(])|[-+−]?\b(?:nan|inf|NaN|Inf|NA)\b)"
    r"|(?P<word>[^\W\d][\w⁽⁾'^]*+(?:[./$-]+[^\W\d][\w⁽⁾'^]*+|\.\d++(?=\.))*+"
    r"(?:\[(?:\d{1,7}(?:[,\]\[ ]{1,3}\d{1,7})?|\d{1,7} ?, ?:? ?|:? ?, ?\d{1,7})\])?)"
    r"|(?P<other>[\w.]+|\S)"
)
_CELL = re.compile(r"([^\[\]]{1,60})\[(\d{1,7})(?:\s?,\s?|\]\s?\[)?(\d{1,7})?\]")
_COUNTED = re.compile(r"\s*+(?:\[ {0,8}(\d{1,8}) {0,8}\]\s++(?=[^\W\d])|(\d{1,8})\s*+[:|>])")
_FILLING = frozenset(
    {
        "is", "are", "was", "the", "of", "a", "an", "after", "at", "in", "on", "for", "with", "my", "our",
        "value", "values", "total", "and", "nach", "bei", "der", "die", "das", "ist", "sind", "mit",
        "beträgt", "now", "current", "final", "training", "train", "step", "number",
        "est", "sont", "la", "le", "les", "de", "des", "du", "pour", "el", "los", "las", "del", "es", "para", "valeur",
        "valor",
    }
)  # fmt: skip
_MOST_WORDS, _MOST_SPOKEN = 4, 12
# Numbers with blanks or signs before them: the digits of W_1 stay as they are.
_ANY_NUMBER = re.compile(rf"(?<![\w.,+−-]){NUMBER}(?![\w.,]*\d)", re.ASCII)
_MOST_NUMBERS = 20
_MOST_FIGURES = 8
_ASIDE = frozenset(
    {
        "layer",
        "schicht",
        "level",
        "question",
        "exercise",
        "homework",
        "task",
        "aufgabe",
        "week",
        "lecture",
        "unit",
        "neuron",
        "node",
        "einheit",
    }
)
_OF_DATA = frozenset(
    [
        "sample",
        "samples",
        "obs",
        "observation",
        "observations",
        "example",
        "examples",
        "instance",
        "case",
        "record",
        "datapoint",
        "pattern",
        "student",
        "beispiel",
        "beobachtung",
        "datensatz",
        "probe",
        "muster",
        "ligne",
        "exemple",
        "échantillon",
        "echantillon",
        "observación",
        "observacion",
        "muestra",
        "fila",
        "ejemplo",
        "individu",
        "zeile",
        "row",
    ]
)
"""Words for a row of the data."""
_PARTS = frozenset({"hidden", "output", "layer", "schicht", "unit", "neuron", "node", "einheit"})


@frozen_dataclass
class Entry:
    """A name with the numbers behind it; ``place`` is the row and the column, or the place, if it names one cell.

    ``row`` is the row of the data of which the line speaks, as the program counts it.
    ``when`` is what the words before the numbers say on the update and the training.
    """

    name: str
    cells: tuple[str, ...]
    place: tuple[int, ...] = ()
    when: When = When.UNSAID
    row: int | None = None


@frozen_dataclass
class LogLine:
    """What a line says: the iteration, if it names one, and its numbers. ``behind`` are the words behind the last."""

    iteration: int | None
    entries: tuple[Entry, ...]
    behind: str = ""

    @property
    def has_one_cost(self) -> bool:
        """Whether one of the names has a single number, a cost, and is not of a row of the data."""
        costs = (one for one in self.entries if len(one.cells) == 1 and not one.place and one.row is None)
        return any(is_cost_name(one.name) for one in costs)


class _Reading:
    def __init__(self) -> None:
        self.words: list[str] = []
        self.spoken: list[str] = []
        """All words since the last numbers; ``words`` are those of them that may be the name."""
        self.cells: list[str] = []
        self.part: list[str] = []
        """The part of the network that the line is about, as "hidden unit 1" before its w and its bias."""
        self.entries: list[Entry] = []
        self.iteration: int | None = None
        self.row: int | None = None
        self.is_certain = self.is_counted_by_letter = False

    def close(self) -> None:
        """Ends the numbers of the words before them."""
        if self.cells and self.is_certain:
            name = _name_of(self.words if self.words[: len(self.part)] == self.part else [*self.part, *self.words])
            if self.entries and says_only_when(name):
                # "b2 before: 0.2, after: 0.1" has two numbers of b2.
                name = _without_when(self.entries[-1].name)
            place: tuple[int, ...] = ()
            if (cell := _CELL.fullmatch(name)) and len(self.cells) == 1:
                name, place = cell[1], tuple(int(number) for number in cell.groups()[1:] if number is not None)
            when = when_said(" ".join(self.spoken), of_cost=len(self.cells) == 1 and is_cost_name(name))
            self.entries.append(Entry(name, tuple(self.cells), place, when, self.row))
        if self.cells:
            self.words, self.spoken, self.cells, self.is_certain = [], [], [], False


def read_log_line(line: str) -> LogLine | None:
    """The names and numbers of a line; None if it is a heading or prose without numbers."""
    reading, place, before = _Reading(), 0, ""
    if counted := _COUNTED.match(line):
        number = int(counted[1] or counted[2])
        reading.iteration, place, before = number, counted.end(), ":"
    for token in _tokens(line, place):
        if isinstance(token, str):
            reading.close()
            reading.words, reading.spoken, before = [token], [token], ""
            continue
        if len(reading.entries) > limits.COLUMNS:
            break
        before = _take(reading, token, before, line)
    reading.close()
    if reading.is_counted_by_letter and not any(is_matrix_name(entry.name) for entry in reading.entries):
        # These are settings: k = 3, n = 100.
        reading.iteration = None
    return LogLine(reading.iteration, tuple(reading.entries), " ".join(reading.words)) if reading.entries else None


def _tokens(line: str, place: int) -> Iterator[re.Match[str] | str]:
    """The tokens of a line; what is computed from a matrix, such as norm(W1), as its text."""
    while token := _TOKEN.search(line, place):
        place = token.end()
        if line[place : place + 1] == "(" or token[0] == "|":
            quantity = quantity_at(line, token.start())
            if quantity and not is_matrix_name(quantity[0]) and not is_matrix_name(token[0]):
                yield quantity[0]
                place = quantity.end()
                continue
        yield token


def _take(reading: _Reading, token: re.Match[str], before: str, line: str) -> str:
    """Takes one token, and gives the sign before the next."""
    text = token[0]
    if token.lastgroup == "word" and clean_number(text) is None:
        # "epoch 3 of 10", "after 100 iterations".
        if (
            len(reading.cells) == 1
            and is_iteration_name(text)
            and reading.cells[0].isdigit()
            and not reading.is_certain
        ):
            reading.iteration, reading.cells = int(reading.cells[0][:8]), []
            return ""
        reading.close()
        if before == ":" and any(word.partition(" ")[0].casefold() in _PARTS for word in reading.words):
            reading.part = [*reading.words]
        reading.words.append(text)
        reading.spoken.append(text)
        del reading.words[:-_MOST_WORDS], reading.spoken[:-_MOST_SPOKEN]
        return ""
    if token.lastgroup in ("number", "comma", "word"):
        is_counted = bool(reading.words) and is_iteration_name(reading.words[-1]) and not reading.cells
        cell = clean_number(text.replace(",", "" if is_counted else "."))
        if cell is None or line[token.end() : token.end() + 1] == "%":
            reading.close()
            return ""
        _take_number(reading, cell, before)
        return before
    if len(text) > 1:
        # A word such as 8ms parts what stands before it from what follows.
        reading.close()
        if reading.cells and not reading.is_certain:
            reading.cells = []
    if text in ("/", "of") and not reading.cells and reading.iteration is not None and not reading.words:
        return "/"
    return text if text in ("=", ":", "~", "≈") else before if text in ("(", "[", ">", "-", "|") else ""


def _take_number(reading: _Reading, cell: str, before: str) -> None:
    last = reading.words[-1] if reading.words else ""
    if before == "/":
        return
    is_first = reading.words == reading.spoken == [last] and not reading.entries and reading.iteration is None
    is_iteration = (is_iteration_name(last) and len(last) > 1) or (is_first and is_counter_name(last))
    if not reading.cells and last and is_iteration and cell.isdigit():
        reading.iteration, reading.is_counted_by_letter = int(cell[:8]), len(last) == 1
        reading.words.pop()
        return
    if last.casefold() in _OF_DATA and cell.isdigit() and not reading.cells:
        reading.row = int(cell[:8])
        reading.words.pop()
        return
    if last.casefold() in _ASIDE and cell.isdigit():
        reading.words[-1] = f"{last} {cell}"
        return
    reading.is_certain |= before in ("=", ":", "~", "≈") or not cell.lstrip("+-").isdigit() or last in ("is", "are")
    reading.cells.append(cell)


def _name_of(words: Sequence[str]) -> str:
    kept = list(words)
    while kept and kept[0].casefold() in _FILLING:
        kept.pop(0)
    while kept and kept[-1].casefold() in _FILLING:
        kept.pop()
    return " ".join(kept)


def _without_when(name: str) -> str:
    return " ".join(word for word in name.split() if not says_only_when(word))


class LogTemplate:
    """Lines that differ in their numbers alone: which of these is the iteration, and which have names."""

    def __init__(self, found: LogLine, pattern: re.Pattern[str], iteration: int, places: Sequence[int]) -> None:
        self._named = [(entry.name, entry.when) for entry in found.entries]
        self._pattern = pattern
        self._iteration = iteration
        self._places = places

    def read(self, line: str) -> LogLine | None:
        """What such a line says; None if ``line`` is none."""
        same = self._pattern.fullmatch(line)
        if not same:
            return None
        cells = same.groups()
        iteration = cells[self._iteration]
        if not iteration.isdigit() or len(iteration) > _MOST_FIGURES:
            return None
        entries = tuple(
            Entry(name, (cells[place].replace("−", "-"),), when=when)
            for (name, when), place in zip(self._named, self._places, strict=True)
        )
        return LogLine(int(iteration), entries)


def log_template(found: LogLine, line: str) -> LogTemplate | None:
    """The template of ``line``, in which ``found`` was read; None if it is not certain which number is which."""
    numbers = _ANY_NUMBER.findall(line)
    wanted = [str(found.iteration), *(entry.cells[0] for entry in found.entries)]
    is_simple = all(len(entry.cells) == 1 and not entry.place and entry.row is None for entry in found.entries)
    if not is_simple or len(numbers) > _MOST_NUMBERS or any(numbers.count(one) != 1 for one in wanted):
        return None
    between = map(re.escape, _ANY_NUMBER.split(line))
    pattern = re.compile(f"({NUMBER})".join(between), re.ASCII)
    first, *others = (numbers.index(one) for one in wanted)
    return LogTemplate(found, pattern, first, others)
