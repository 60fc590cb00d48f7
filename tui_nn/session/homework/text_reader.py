"""Reads the numbers in what a program printed, line by line, with the names and iterations that stand above them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from tui_nn.language import _
from tui_nn.session import limits
from tui_nn.session.homework import code_labels
from tui_nn.session.homework.bare_rows import add_bare_rows
from tui_nn.session.homework.collector import Collector, clean_label
from tui_nn.session.homework.columns import add_named_columns
from tui_nn.session.homework.headings import Headings, describes_numbers
from tui_nn.session.homework.iteration_words import (
    counter_in,
    counting_letters,
    is_iteration_name,
    is_only_iteration,
)
from tui_nn.session.homework.line_counters import LineCounters
from tui_nn.session.homework.literal_lines import read_literals
from tui_nn.session.homework.literal_matrices import add_value
from tui_nn.session.homework.literal_tokens import NotRead
from tui_nn.session.homework.literals import read_literal
from tui_nn.session.homework.log_lines import LogLine, log_template, read_log_line
from tui_nn.session.homework.number_blocks import is_heading_of_columns, read_block, skip_blank
from tui_nn.session.homework.number_rows import is_rule, split_cells, split_row
from tui_nn.session.homework.pipe_tables import read_pipes
from tui_nn.session.homework.r_structure import read_structure
from tui_nn.session.homework.r_tables import NamedTable, read_rows_below_blank, read_table
from tui_nn.session.homework.source_lines import SourceLine
from tui_nn.session.homework.student_names import is_cost_name, is_matrix_name

_INDEX = re.compile(r"\s*+\[(\d{1,9})\]\s++(?=\S)")
_STRINGS = re.compile(r'"((?:[^"\\]|\\.){0,2000}+)"')
_LIST_NAME = re.compile(r"(?:\$(?:`[^`]{0,80}`|[\w.]{1,80})|\[\[[\w\"' ]{1,80}\]\])+")
_SLICE = re.compile(r", , (\w{1,60})")
_CUT = re.compile(r"\s*+\[ reached .{0,80}(?:max|omitted).*|\s*+\.\.\. .{0,40}(?:omitted|more).*")
_SCALE = re.compile(r"\s*+1(?:\.0+)?e([-+]\d{1,3}) ?\s?\*\s*")
_LONGEST_LOG_LINE = 2_000
_NAMED_ROW = re.compile(r"([^\d\[\](){}=:][^\[\](){}=:]{0,59})[=:]\s*+(?=[-+.\d])")


class TextReader:
    """Reads the lines of a text into a collector. ``reads_code``: takes the values that code assigns, too."""

    def __init__(self, lines: Sequence[SourceLine], collector: Collector, *, reads_code: bool = False) -> None:
        self._source = lines
        # What is no output breaks off every value.
        self.lines = [
            "\0" if line.is_code and not reads_code else _with_blanks(line.text) if "\t" in line.text else line.text
            for line in lines
        ]
        self.collector = collector
        self._reads_code = reads_code
        self._letters = counting_letters(self.lines)
        self._counters = LineCounters(self.lines)
        self._last_count: int | None = None
        self._about = Headings(collector, self._letters)
        self._slices = ""
        self._words = 0
        self._path: dict[int, str] = {}

    def read(self) -> None:
        """Reads all lines, until there is no more room."""
        line = 0
        while line < len(self.lines) and not self.collector.is_full:
            line = self._read_from(line)

    def _read_from(self, line: int) -> int:
        """Reads what begins at ``line``, and gives the line behind it."""
        text = self.lines[line]
        if self._source[line].is_code:
            return self._read_code(line)
        if not text or text.isspace():
            return line + 1
        is_title = self._source[line].is_title and not describes_numbers(text)
        if is_title or counter_in(text, self._letters) is not None or is_only_iteration(text):
            self._about.take_title(text)
            return line + 1
        if text.lstrip()[0] not in "|," and split_row(text) is not None:
            return self._read_rows(line, 0)
        for read in (self._read_aside, self._read_pipes, self._read_table, self._read_r, self._read_literals):
            behind = read(line)
            if behind is not None:
                return behind
        self._words += 1
        if self._words > limits.LINES_OF_WORDS:
            self.collector.stop(line + 1, _("{lines} lines of words", lines=limits.LINES_OF_WORDS))
            return line + 1
        if len(text) > _LONGEST_LOG_LINE:
            return self._read_long_row(line)
        found = read_log_line(text)
        if found is None:
            self._about.take_title(text)
            return line + 1
        if found.iteration is None and self._about.iteration in (None, self._last_count) and found.has_one_cost:
            self._last_count = self._counters.of(line)
            found = replace(found, iteration=self._last_count)
        self._about.take_log_line(found, line)
        return self._read_same(found, line)

    def _read_same(self, found: LogLine, line: int) -> int:
        """Reads the lines below that differ from ``line`` in their numbers alone, as those of a long log do."""
        template = log_template(found, self.lines[line])
        line += 1
        if template is not None:
            while line < len(self.lines) and (same := template.read(self.lines[line])) is not None:
                self._about.take_log_line(same, line)
                line += 1
        return line

    def _read_long_row(self, line: int) -> int:
        """Reads a long line with a name and numbers."""
        text = self.lines[line]
        named = _NAMED_ROW.match(text)
        if named and (cells := split_cells(text[named.end() :])):
            label = clean_label(named[1])
            self.collector.add(label, [cells], line + 1, is_list=True, iteration=self._about.iteration)
        return line + 1

    def _read_code(self, line: int) -> int:
        text = self._source[line].text
        self._slices = ""
        self._about.end_section()
        if not self._reads_code:
            self._about.set_labels(code_labels.printed_by(text))
            return line + 1
        found = code_labels.assigned_name(text)
        if found is None:
            return line + 1
        name, place = found
        start, place = (line + 1, 0) if place >= len(text) else (line, len(self.lines[line]) - len(text) + place)
        try:
            value, behind, _place = read_literal(self.lines, start, max(place, 0))
        except NotRead:
            return line + 1
        add_value(self.collector, value, name, line)
        return max(behind, line) + 1

    def _read_rows(self, line: int, power: int) -> int:
        """Reads the rows of numbers from ``line`` on, without names. All stand for their 10^``power``-fold."""
        block = read_block(self.lines, line)
        behind = self.lines[block.end].strip() if block.end < len(self.lines) else ""
        label = self._about.take_label()
        if behind.startswith("Name: "):
            label = behind[6:].partition(",")[0]
        rows = [[f"{cell}e{power}" for cell in row] for row in block.rows] if power else block.rows
        is_series = behind.startswith(("Name: ", "dtype: "))
        add_bare_rows(self.collector, label, rows, line + 1, self._about.iteration, is_series=is_series, gap=block.gap)
        return block.end + 1 if is_series else block.end

    def _read_aside(self, line: int) -> int | None:
        text = self.lines[line]
        if _CUT.fullmatch(text):
            self.collector.note(_("Line {line}: the program left out the rest of the numbers above.", line=line + 1))
            return line + 1
        if scale := _SCALE.fullmatch(text):
            below = skip_blank(self.lines, line + 1)
            if below < len(self.lines) and split_row(self.lines[below]) is not None:
                return self._read_rows(below, int(scale[1]))
        if describes_numbers(text) or is_heading_of_columns(text) or is_rule(text):
            return line + 1
        return None

    def _read_r(self, line: int) -> int | None:
        text = self.lines[line]
        if index := _INDEX.match(text):
            if text[index.end()] == '"':
                return self._read_strings(line, index.end())
            if split_cells(text[index.end() :]):
                return self._read_vector(line)
        if (
            text[0] == '"'
            and len(text) <= _LONGEST_LOG_LINE
            and (strings := _STRINGS.findall(text))
            and split_cells(" ".join(strings)) is None
        ):
            return self._read_strings(line, 0)
        bare = text.strip()
        if _LIST_NAME.fullmatch(bare) and not (bare.startswith("[[") and self._is_python(line)):
            self._about.set_labels([bare])
            self._about.iteration = None if bare.startswith("$iter") else self._about.iteration
            return line + 1
        if found := _SLICE.fullmatch(bare):
            self._slices = self._slices or self._about.take_label()
            is_history = found[1].isdigit() and "hist" in self._slices.casefold()
            self._about.set_labels([self._slices if is_history else f"{self._slices}[,,{found[1]}]"])
            if is_history:
                self._about.iteration = int(found[1][:8])
            return line + 1
        if structure := read_structure(text, self._path):
            label = structure.name or self._about.take_label()
            self.collector.add(
                label, structure.rows, line + 1, is_list=structure.is_list, iteration=self._about.iteration
            )
            return line + 1
        return None

    def _is_python(self, line: int) -> bool:
        """Whether [[1]] is a list of Python's: no numbers of R's follow."""
        below = skip_blank(self.lines, line + 1)
        return below >= len(self.lines) or not re.match(r"\s*(?:\[|\$|<|NULL)", self.lines[below])

    def _read_strings(self, line: int, place: int) -> int:
        """Reads each text that R prints in quotation marks as a line of its own."""
        strings = _STRINGS.findall(self.lines[line], place)
        if strings and (cells := split_cells(" ".join(strings))):
            self.collector.add(
                self._about.take_label(), [cells], line + 1, is_list=True, iteration=self._about.iteration
            )
            return line + 1
        for text in strings:
            found = read_log_line(text) if counter_in(text, self._letters) is None else None
            if found:
                self._about.take_log_line(found, line)
            else:
                self._about.take_title(text)
        return line + 1

    def _read_vector(self, line: int) -> int:
        """Reads a list that R prints with [1], [7] before its lines."""
        cells: list[str] = []
        end = line
        while end < len(self.lines) and (index := _INDEX.match(self.lines[end])):
            more = split_cells(self.lines[end][index.end() :])
            if not more or int(index[1]) != len(cells) + 1:
                break
            cells += more
            end += 1
        if not cells:
            # R's lines of a longer list, of which the first is not there.
            cells, end = split_cells(self.lines[line][self._index_end(line) :]) or [], line + 1
        label = self._about.take_label()
        if is_iteration_name(label.strip("$")) and len(cells) == 1 and cells[0].isdigit():
            self._about.iteration = int(cells[0][:8])
            return end
        part = code_labels.part_of_list(label, len(cells))
        if part.places and is_matrix_name(part.name) and not is_cost_name(part.name):
            for place, cell in zip(part.places, cells, strict=True):
                self.collector.add_cell(part.name, (place,), cell, self._about.iteration, line + 1)
            return end
        self.collector.add(
            part.name,
            [cells],
            line + 1,
            is_list=True,
            iteration=self._about.iteration,
            tail=len(cells) if part.is_tail else 0,
            iterations=part.places if is_cost_name(part.name) else None,
        )
        return end

    def _index_end(self, line: int) -> int:
        index = _INDEX.match(self.lines[line])
        return index.end() if index else 0

    def _read_pipes(self, line: int) -> int | None:
        """Reads a table of Markdown, with bars between the cells."""
        table = read_pipes(self.lines, line)
        return None if table is None else self._add_table(table, line)

    def _read_table(self, line: int) -> int | None:
        table = read_table(self.lines, line)
        if table is None and is_matrix_name(self._about.label):
            table = read_rows_below_blank(self.lines, line)
        return None if table is None else self._add_table(table, line)

    def _add_table(self, table: NamedTable, line: int) -> int:
        label = self._about.take_label()
        if table.error:
            self.collector.note(table.error)
        else:
            add_named_columns(self.collector, label, table, line + 1, self._about.iteration)
        return table.end

    def _read_literals(self, line: int) -> int | None:
        return read_literals(self.lines, line, self.collector, self._about)


def _with_blanks(line: str) -> str:
    """``line`` with its tabs as blanks, so that columns stand below each other."""
    return line.expandtabs(8) if len(line) <= 10 * _LONGEST_LOG_LINE else line.replace("\t", " ")
