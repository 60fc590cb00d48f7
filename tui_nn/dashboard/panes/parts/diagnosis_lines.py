"""What the diagnosis of a student's numbers says: what agrees, what differs first, and what explains that."""

from collections.abc import Iterator, Sequence

from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.view_model.worker import BackgroundWorker
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.dashboard.widgets.matrices.matrix_board import wrapped_lines
from tui_nn.network.formulas.expression import symbols
from tui_nn.session.compared_numbers import COST, ComparedNumbers, FirstDifferingCell
from tui_nn.writing.notation.number_format import group_digits, rounded_text, shortest_text
from tui_nn.writing.sentences.diagnosis_sentences import TEXTS
from tui_nn.writing.sentences.mistake_text import NO_BREAK, what_it_does_with

_INDENT = "  "
_MOST_MISTAKES = 6
_BETWEEN = "; "
"""Stands between the names of two mistakes that explain the numbers together, and between what belongs to each."""
_BLANK: Line = [("", "")]
_DIGITS = (7, 10, 13, 16)


def diagnosis_lines(view: View, room: int, height: int) -> list[Line]:
    """The lines of the pane, at most ``room`` columns wide; without blank ones if they are more than ``height``."""
    lines = [*_all_lines(view, room)]
    return lines if len(lines) <= height else [line for line in lines if line is not _BLANK]


def _all_lines(view: View, room: int) -> Iterator[Line]:
    compared, notation = view.state.compared, view.notation
    if compared is None:
        return
    if compared.plan is not view.state.plan:
        yield from wrapped_lines(
            "You edited the lesson after this comparison. Press j to compare again.", room, "error"
        )
        yield _BLANK
    if compared.agrees:
        tick = "✓ " if notation.unicode else "ok "
        names = ", ".join(_name(view, one) for one in compared.agrees)
        yield from _after(tick, "good", f"{names} {_agree(compared)}", room, "")
    if compared.first is None:
        yield _BLANK
        yield from wrapped_lines(f"All numbers agree with the lesson's{_digits_said(compared)}.", room, "good")
        yield from _in_other_form(view, compared, room)
        return
    first = compared.first
    where = f"{_name(view, first.matrix)}{_cell(first)} differs first, in iteration {group_digits(first.iteration)}"
    yield from _after("✗ " if notation.unicode else "x ", "error", where, room, "error")
    yield from _both(view, compared, first)
    yield from _in_other_form(view, compared, room)
    yield _BLANK
    yield from _explained(view, compared, room)
    yield _BLANK
    yield from wrapped_lines(_where_to_look(view, first), room, "")


def note_text(view: View) -> str:
    """What a teacher can tell the class, in a line."""
    compared = view.state.compared
    if compared is None or compared.first is None:
        return ""
    first = compared.first
    parts = [f"{compared.whose}:"]
    if compared.agrees:
        parts.append(f"{', '.join(_name(view, one) for one in compared.agrees)} {_agree(compared)}.")
    theirs, ours = _numbers(view, compared, first)
    numbers = f": {theirs}, and not {ours}" if theirs and ours else ""
    cell = _cell(first)
    parts.append(
        f"{_name(view, first.matrix)}{cell} differs first, in iteration {group_digits(first.iteration)}{numbers}."
    )
    if compared.mistakes:
        name = compared.mistakes[0].replace(_BETWEEN, " and ")
        parts.append(f"What explains it: {name}.")
    return " ".join(parts)


def depends_on(view: View) -> object:
    """What the lines are made of."""
    compared = view.state.compared
    first = compared.first if compared else None
    return (
        compared,
        view.state.plan,
        view.notation,
        bool(first and first.iteration <= view.run.last),
        _is_hidden(view, first) if first else False,
    )


def _agree(compared: ComparedNumbers) -> str:
    return "agrees" if len(compared.agrees) == 1 else "agree"


def _digits_said(compared: ComparedNumbers) -> str:
    return (
        ""
        if all(cell == 0 for one in compared.matrices for row in one.tolerances for cell in row)
        else (", in all digits that were given")
    )


def _both(view: View, compared: ComparedNumbers, first: FirstDifferingCell) -> Iterator[Line]:
    theirs, ours = _numbers(view, compared, first)
    if not theirs:
        return
    if ours:
        width = max(len(theirs), len(ours))
        yield [(f"{_INDENT}student  ", "faint"), (theirs.rjust(width), "error")]
        yield [(f"{_INDENT}lesson   ", "faint"), (ours.rjust(width), "title")]
    else:
        yield [(f"{_INDENT}student  ", "faint"), (theirs, "error")]
    given = compared.given(first.matrix, first.iteration)
    shape = view.shapes.get("J" if first.matrix == COST else first.matrix)
    if given and shape and given.shape != shape:
        shapes = (
            f"the student's has the shape {view.notation.shape(given.shape)}, the lesson's {view.notation.shape(shape)}"
        )
        yield [(f"{_INDENT}{shapes}", "")]


def _numbers(view: View, compared: ComparedNumbers, first: FirstDifferingCell) -> tuple[str, str]:
    """Both numbers of the first difference, in as many digits as tell them apart; "?" while a question hides them.

    "" stands for a number that is not there, or not computed yet.
    """
    if _is_hidden(view, first):
        return "?", "?"
    given = compared.given(first.matrix, first.iteration)
    row, column = first.row - 1, first.column - 1
    if given is None or row >= given.shape[0] or column >= given.shape[1]:
        return "", ""
    theirs, ours = given.numbers[row][column], _ours(view, first)
    if ours is None:
        return _signed(view, rounded_text(theirs)), ""
    for digits in _DIGITS:
        if rounded_text(theirs, digits) != rounded_text(ours, digits):
            return _signed(view, rounded_text(theirs, digits)), _signed(view, rounded_text(ours, digits))
    return _signed(view, shortest_text(theirs)), _signed(view, shortest_text(ours))


def _signed(view: View, text: str) -> str:
    return text.replace("-", view.notation.minus)


def _ours(view: View, first: FirstDifferingCell) -> float | None:
    """The lesson's number there; None if it has no such cell, or takes long to compute."""
    if not 1 <= first.iteration <= view.run.last:
        return None
    computed = BackgroundWorker.pass_if_quick(view.run, first.iteration)
    matrix = computed.matrices.get("J" if first.matrix == COST else first.matrix) if computed else None
    if matrix is None or first.row > matrix.shape[0] or first.column > matrix.shape[1]:
        return None
    return float(matrix[first.row - 1, first.column - 1])


def _is_hidden(view: View, first: FirstDifferingCell) -> bool:
    """Whether a question hides the number."""
    return ("J" if first.matrix == COST else first.matrix) in view.hidden_at(first.iteration).matrices


def _in_other_form(view: View, compared: ComparedNumbers, room: int) -> Iterator[Line]:
    """A sentence where a right program prints δ or the slopes as another multiple."""
    for letter, factor in (
        ("δ" if view.notation.unicode else "delta", compared.of_delta),
        ("∂J/∂W", compared.of_slopes),
    ):
        if factor != 1:
            times = _signed(view, rounded_text(factor, 4))
            yield from wrapped_lines(
                f"The student's {letter} is {times} times the lesson's. A right program may print it like that.",
                room,
                "faint",
            )


def _explained(view: View, compared: ComparedNumbers, room: int) -> Iterator[Line]:
    mistakes = [*zip(compared.mistakes, compared.details, compared.largest_differences, strict=True)]
    if not mistakes:
        tried = "" if compared.is_complete else " Not everything was tried: that would have taken too long."
        yield from wrapped_lines(f"No mistake that is known here explains these numbers.{tried}", room, "title")
        return
    several = len(mistakes) > 1
    yield from wrapped_lines(
        f"{'Each of these mistakes' if several else 'This mistake'} explains all of the student's numbers:",
        room,
        "title",
    )
    for number, (names, detail, difference) in enumerate(mistakes[:_MOST_MISTAKES]):
        name = names.replace(_BETWEEN, " and ") + (f": {detail}" if detail else "")
        exact = f" (to {_signed(view, rounded_text(difference, 2))})" if difference else " (exactly)"
        yield from _after(f"{view.notation.separator} ", "", name + exact, room, "now")
        if not number:
            for sentence in _what_it_does(names, detail):
                for line in _after(_INDENT, "", view.notation.translated(sentence), room, ""):
                    yield [(text.replace(NO_BREAK, " "), style) for text, style in line]
    if len(mistakes) > _MOST_MISTAKES:
        yield [(f"{view.notation.ellipsis} {len(mistakes) - _MOST_MISTAKES} more", "faint")]


def _what_it_does(names: str, details: str) -> Iterator[str]:
    """What programs with these mistakes do; nothing of a mistake that this version does not know."""
    of_each = details.split(_BETWEEN)
    for place, name in enumerate(names.split(_BETWEEN)):
        if text := TEXTS.get(name):
            yield what_it_does_with(text, of_each[min(place, len(of_each) - 1)])


def _where_to_look(view: View, first: FirstDifferingCell) -> str:
    name = "J" if first.matrix == COST else first.matrix
    equation = next((one for one in view.equations if one.name == name), None)
    if equation is None:
        used = next((one for one in view.equations if name in symbols(one.expression)), None)
        return f"Check the data and the first weights{f', which {view.notation.name(used.name)} uses' if used else ''}."
    number = [step.name for step in view.state.steps].index(equation.step.name) + 1
    return f"Look at the line of step {number}: {view.notation.formula(equation)}"


def _name(view: View, matrix: str) -> str:
    return view.notation.name("J" if matrix == COST else matrix)


def _cell(first: FirstDifferingCell) -> str:
    return "" if first.matrix == COST else f"[{first.row},{first.column}]"


def _after(mark: str, mark_style: str, text: str, room: int, style: str) -> Iterator[Line]:
    """A text after a mark, its lines below each other."""
    lines: Sequence[Line] = [*wrapped_lines(text, max(10, room - len(mark)), style)]
    for number, line in enumerate(lines):
        yield [(mark, mark_style) if not number else (" " * len(mark), ""), *line]
