"""Keeps what the lines of a text say about the numbers below them: their names, the iteration, and when it was."""

import re
from dataclasses import replace

from tui_nn.session.homework.cells_in_columns import cells_named, may_be_rows
from tui_nn.session.homework.collector import Collector, clean_label, is_part_of_matrix
from tui_nn.session.homework.iteration_words import (
    counter_in,
    ends_iterations,
    is_about_iteration,
    iteration_in,
    without_iteration,
)
from tui_nn.session.homework.log_lines import Entry, LogLine
from tui_nn.session.homework.number_rows import is_rule
from tui_nn.session.homework.student_names import is_matrix_name
from tui_nn.session.homework.when_printed import When, says_only_when, when_said

DECORATION = " \t#*=-_~:>|•,;"
"""What may stand around a name and is no part of it."""
_OF_ROW = re.compile(r"(.{1,60}?)[ _]?(?:row|Row|zeile|Zeile)[ _]?(\d{1,6})")
_OF_UNIT = re.compile(
    r"(?P<layer>(?:[^\W\d]{1,20} ){0,2})(?:unit|neuron|node|einheit)s? (?P<unit>\d{1,6}) (?P<name>.{1,40})",
    re.IGNORECASE,
)
_ONLY_AROUND = re.compile(
    r"(?:(?:after|of|at|in|nach|for|the|number|no|nr|n[°º]|apr[eè]s|[aà]|la|l|de|tras|en|numero)(?!\w)\W*){1,4}",
    re.IGNORECASE,
)
# What programs print about numbers.
_ASIDE = re.compile(
    r"\s*+(?:#? ?A tibble:.*|\[\d+ rows x \d+ columns\]|dtype:.*|Length:.*|Levels:.*|NULL|(?:numeric|integer)\(0\)|"
    r"Parameter containing:|(?:\d+[×x]\d+|\d+-element) [\w{}<: ,]+.*:|<(?:dbl|int|num|chr)>.*|attr\(,.*|\[\d+ x \d+\]|"
    r"ans =|\(\w{1,60}\): \w{1,60}\(.*|Registered S3.*|Warning message.*)"
)


def describes_numbers(text: str) -> bool:
    """Whether a line says something about the numbers beside it, such as their type, and is no name of theirs."""
    return _ASIDE.fullmatch(text) is not None


class Headings:
    """The names of the numbers that come next, in their order, and the iteration of all that follows.

    ``letters`` are the letters that count iterations in the text.
    """

    def __init__(self, collector: Collector, letters: frozenset[str]) -> None:
        self._collector, self._letters = collector, letters
        self._labels: list[str] = []
        self._is_waiting = False
        self.iteration: int | None = None
        self._line_of_log = -2

    @property
    def label(self) -> str:
        """The name of the next numbers, which stays; "" if they have none."""
        return self._labels[0] if self._labels else ""

    def take_label(self) -> str:
        """The name of the next numbers, taken; "" if they have none."""
        self._is_waiting = False
        label = self._labels.pop(0) if self._labels else ""
        if label:
            self._collector.behind_label = when_said(label)
        return label

    def set_labels(self, labels: list[str]) -> None:
        """Sets the names of the next numbers.

        A name before it that no numbers followed was the heading of a section: "Final weights", and below it "W1".
        """
        if self._is_waiting and (when := when_said(self.label)):
            self._begin_section(when)
        self._labels, self._is_waiting = labels, bool(labels)

    def _begin_section(self, when: When) -> None:
        self._collector.section, self._collector.behind_label = when, When.UNSAID

    def end_section(self) -> None:
        """Forgets the iteration and the section: what the user types next is of no loop above."""
        self.iteration, self._labels, self._is_waiting = None, [], False
        self._begin_section(When.UNSAID)

    def take_title(self, text: str) -> None:
        """Takes a line without numbers for the name of what follows, or for its iteration."""
        if is_rule(text):
            return
        counted = counter_in(text, self._letters)
        number = counted if counted is not None else iteration_in(text)
        if number is not None:
            self.iteration = number
            rest = "" if counted is not None else clean_label(without_iteration(text))
            rest = rest.strip(DECORATION + ".,;()/0123456789")
            is_section = (
                (is_about_iteration(text) and " " in rest) or _ONLY_AROUND.fullmatch(rest) or says_only_when(rest)
            )
            self._labels = [] if is_section or not rest else [rest]
            self._is_waiting = bool(self._labels)
            self._begin_section(When.UNSAID if self._labels else when_said(text))
            return
        label = clean_label(text).strip(DECORATION).removeprefix("Table: ")
        when = when_said(label)
        if ends_iterations(text) or when in (When.START, When.END):
            self.iteration = None
        if says_only_when(label):
            self.set_labels([])
            self._begin_section(when)
        elif label:
            self.set_labels([label])

    def take_log_line(self, found: LogLine, line: int, *, has_values: bool = False) -> None:
        """Adds the numbers of a line that names them. ``line`` is counted from 0.

        With ``has_values``, the line has values in brackets as well, which are of its iteration.
        """
        if found.iteration is not None:
            # Behind a log of several lines, the weights are no longer those of its last line.
            self.iteration = None if line == self._line_of_log + 1 and not has_values else found.iteration
            self._begin_section(When.UNSAID)
            self._line_of_log = -2 if has_values else line
        iteration = self.iteration if found.iteration is None else found.iteration
        if self._is_waiting and when_said(self.label) and any(entry.name for entry in found.entries):
            self.set_labels([])
        cells = cells_named([entry.name if len(entry.cells) == 1 else "" for entry in found.entries])
        is_unclear = may_be_rows(cells, [entry.name for entry in found.entries])
        for entry, cell in zip(found.entries, cells, strict=True):
            if cell and not entry.place and not is_unclear and is_matrix_name(cell[0]):
                entry = replace(entry, name=cell[0], place=cell[1])
            # What is of the start or the end of the training is not of the iteration above.
            at = None if entry.when in (When.START, When.END) and found.iteration is None else iteration
            self._add(entry, at, line)

    def _add(self, entry: Entry, iteration: int | None, line: int) -> None:
        name = entry.name or self.label
        if of_row := _OF_ROW.fullmatch(name):
            self._collector.add_row(of_row[1], int(of_row[2]), entry.cells, iteration, line + 1, entry.when)
        elif of_unit := _OF_UNIT.fullmatch(name):
            label = f"{of_unit['layer'] or 'hidden '}{of_unit['name']}"
            self._collector.add_column(label, int(of_unit["unit"]), entry.cells, iteration, line + 1, entry.when)
        elif entry.row is not None:
            self._collector.add_row(name, entry.row, entry.cells, iteration, line + 1, entry.when)
        elif entry.place:
            self._collector.add_cell(name, entry.place, entry.cells[0], iteration, line + 1, entry.when)
        elif len(entry.cells) == 1 and iteration is not None and not is_part_of_matrix(name):
            self._collector.add_of_iteration(name, entry.cells[0], iteration, line + 1, entry.when)
        else:
            self._collector.add(name, [entry.cells], line + 1, is_list=True, iteration=iteration, when=entry.when)
