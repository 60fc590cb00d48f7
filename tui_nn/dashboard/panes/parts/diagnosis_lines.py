"""What the diagnosis of a student's numbers says: what agrees, what differs first, and what explains that."""

from collections.abc import Iterator, Sequence

from tui_nn.dashboard.panes.parts.diagnosed_mistakes import (
    FIRST_DIFFERENCE,
    DiagnosisLine,
    hanging,
    mistake_lines,
    named_mistakes,
)
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.view_model.worker import BackgroundWorker
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.dashboard.widgets.matrices.matrix_board import wrapped_lines
from tui_nn.language import _, ngettext
from tui_nn.network.formulas.expression import symbols
from tui_nn.session.compared_numbers import BETWEEN_MISTAKES, COST, ComparedNumbers, FirstDifferingCell
from tui_nn.writing.notation.number_format import group_digits, rounded_text, shortest_text

_INDENT = "  "
_BLANK = DiagnosisLine([("", "")])
_DIGITS = (7, 10, 13, 16)


def diagnosis_lines(view: View, room: int, height: int, chosen: int) -> list[DiagnosisLine]:
    """The lines of the pane, at most ``room`` columns wide; ``chosen`` is the number of the place that Enter leads to.

    If they are more than ``height``, there are no blank ones; if that is not enough, only one mistake is explained: the
    one chosen, or the first.
    """
    compared = view.state.compared
    if compared is None:
        return []
    mistakes = named_mistakes(compared)
    one = min(max(1, chosen), len(mistakes))
    together = [place for place, mistake in enumerate(mistakes, start=1) if mistake.explanation == 0]
    lines = [*_all_lines(view, compared, room, [*together, one])]
    if len(lines) > height:
        lines = [line for line in lines if line is not _BLANK]
    if len(lines) > height:
        lines = [line for line in _all_lines(view, compared, room, [one]) if line is not _BLANK]
    return lines


def _all_lines(view: View, compared: ComparedNumbers, room: int, told: Sequence[int]) -> Iterator[DiagnosisLine]:
    if compared.plan is not view.state.plan:
        sentence = _("You edited the lesson after this comparison. Press j to compare again.")
        yield from map(DiagnosisLine, wrapped_lines(sentence, room, "error"))
        yield _BLANK
    yield from map(DiagnosisLine, _agreeing(view, compared, room))
    first = compared.first
    if first is None:
        yield _BLANK
        sentence = _all_agree(compared)
        yield from map(DiagnosisLine, wrapped_lines(sentence, room, "good"))
        yield from map(DiagnosisLine, _how_they_were_read(view, compared, room))
        return
    for line in _difference(view, compared, first, room):
        yield DiagnosisLine(line, FIRST_DIFFERENCE)
    yield from map(DiagnosisLine, _how_they_were_read(view, compared, room))
    yield _BLANK
    yield from mistake_lines(view, room, told)
    if not compared.mistakes:
        yield _BLANK
        yield from map(DiagnosisLine, wrapped_lines(_where_to_look(view, first), room, ""))


def _agreeing(view: View, compared: ComparedNumbers, room: int) -> Iterator[Line]:
    if compared.agrees:
        tick = "✓ " if view.notation.unicode else "ok "
        names = ", ".join(_name(view, one) for one in compared.agrees)
        agree = ngettext("{names} agrees", "{names} agree", len(compared.agrees), names=names)
        yield from hanging(tick, "good", agree, room, "")


def _difference(view: View, compared: ComparedNumbers, first: FirstDifferingCell, room: int) -> Iterator[Line]:
    cell, iteration = _name(view, first.matrix) + _cell(first), group_digits(first.iteration)
    where = _("{cell} differs first, in iteration {iteration}", cell=cell, iteration=iteration)
    yield from hanging("✗ " if view.notation.unicode else "x ", "error", where, room, "error")
    yield from _both(view, compared, first)


def _how_they_were_read(view: View, compared: ComparedNumbers, room: int) -> Iterator[Line]:
    """In which form the student's program prints its numbers, and what else was assumed of them or left out."""
    yield from _in_other_form(view, compared, room)
    for remark in compared.remarks:
        yield from wrapped_lines(remark, room, "faint")


def note_text(view: View) -> str:
    """What a teacher can tell the class, in a line."""
    compared = view.state.compared
    if compared is None or compared.first is None:
        return ""
    first = compared.first
    parts = [f"{compared.whose}:"]
    if compared.agrees:
        names = ", ".join(_name(view, one) for one in compared.agrees)
        parts.append(ngettext("{names} agrees.", "{names} agree.", len(compared.agrees), names=names))
    theirs, ours = _numbers(view, compared, first)
    cell, iteration = _name(view, first.matrix) + _cell(first), group_digits(first.iteration)
    if theirs and ours:
        says = _(
            "{cell} differs first, in iteration {iteration}: {theirs}, and not {ours}.",
            cell=cell,
            iteration=iteration,
            theirs=theirs,
            ours=ours,
        )
    else:
        says = _("{cell} differs first, in iteration {iteration}.", cell=cell, iteration=iteration)
    parts.append(says)
    if compared.mistakes:
        # For translators: between the names of two mistakes.
        name = compared.mistakes[0].replace(BETWEEN_MISTAKES, _(" and "))
        parts.append(_("What explains it: {mistake}.", mistake=name))
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
        view.hidden_at(1),
    )


def _all_agree(compared: ComparedNumbers) -> str:
    if all(cell == 0 for one in compared.matrices for row in one.tolerances for cell in row):
        return _("All numbers agree with the lesson's.")
    return _("All numbers agree with the lesson's, in all digits that were given.")


def _both(view: View, compared: ComparedNumbers, first: FirstDifferingCell) -> Iterator[Line]:
    theirs, ours = _numbers(view, compared, first)
    if not theirs:
        return
    # For translators: before the student's number, and before the lesson's.
    student, lesson = _("student"), _("lesson")
    width = max(len(student), len(lesson))
    of_student = f"{_INDENT}{student:{width}}  "
    if ours:
        width_of_numbers = max(len(theirs), len(ours))
        yield [(of_student, "faint"), (theirs.rjust(width_of_numbers), "error")]
        yield [(f"{_INDENT}{lesson:{width}}  ", "faint"), (ours.rjust(width_of_numbers), "title")]
    else:
        yield [(of_student, "faint"), (theirs, "error")]
    given = compared.given(first.matrix, first.iteration)
    shape = view.shapes.get("J" if first.matrix == COST else first.matrix)
    if given and shape and given.shape != shape:
        shapes = _(
            "the student's has the shape {theirs}, the lesson's {ours}",
            theirs=view.notation.shape(given.shape),
            ours=view.notation.shape(shape),
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
        ("V", compared.of_velocity),
    ):
        if factor != 1:
            times = _signed(view, rounded_text(factor, 4))
            says = _(
                "The student's {letter} is {times} times the lesson's. A right program may print it like that.",
                letter=letter,
                times=times,
            )
            yield from wrapped_lines(says, room, "faint")


def _where_to_look(view: View, first: FirstDifferingCell) -> str:
    name = "J" if first.matrix == COST else first.matrix
    equation = next((one for one in view.equations if one.name == name), None)
    if equation is None:
        used = next((one for one in view.equations if name in symbols(one.expression)), None)
        if not used:
            return _("Check the data and the first weights.")
        return _("Check the data and the first weights, which {matrix} uses.", matrix=view.notation.name(used.name))
    number = [step.name for step in view.state.steps].index(equation.step.name) + 1
    return _("Look at the line of step {step}: {formula}", step=number, formula=view.notation.formula(equation))


def _name(view: View, matrix: str) -> str:
    return view.notation.name("J" if matrix == COST else matrix)


def _cell(first: FirstDifferingCell) -> str:
    return "" if first.matrix == COST else f"[{first.row},{first.column}]"
