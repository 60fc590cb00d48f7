"""The mistakes that explain a student's numbers: their names, what they do, their wrong line and the right one."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.dashboard.widgets.matrices.matrix_board import wrapped_lines
from tui_nn.decimal_sign import as_code
from tui_nn.language import _
from tui_nn.session.compared_numbers import BETWEEN_MISTAKES, ComparedNumbers, MistakeLines
from tui_nn.writing.notation.number_format import rounded_text
from tui_nn.writing.sentences.diagnosis_sentences import TEXTS, shown_mistake
from tui_nn.writing.sentences.mistake_text import NO_BREAK, shown_detail, what_it_does_with

FIRST_DIFFERENCE = 0
"""The place of the first difference among those that the pane leads to; the mistakes come after it."""
_MOST_EXPLANATIONS = 6
_INDENT = "  "
_NOTHING_KNOWN = MistakeLines("", "", "", "")


class DiagnosisLine(NamedTuple):
    """A line of the diagnosis, and the number of the place that it leads to; None if it leads nowhere."""

    line: Line
    place: int | None = None


class NamedMistake(NamedTuple):
    """A mistake of the explanation with this number, which may have a second one.

    ``detail`` is what belongs to it, such as a learning rate; ``lines`` say where it acts.
    """

    explanation: int
    name: str
    detail: str
    lines: MistakeLines


def named_mistakes(compared: ComparedNumbers) -> tuple[NamedMistake, ...]:
    """The mistakes that the pane names, those of one explanation after the other."""
    found = []
    explanations = zip(compared.mistakes, compared.details, strict=True)
    for number, (names, details) in enumerate([*explanations][:_MOST_EXPLANATIONS]):
        of_each = details.split(BETWEEN_MISTAKES)
        for place, name in enumerate(names.split(BETWEEN_MISTAKES)):
            lines = compared.lines[number][place] if compared.lines else _NOTHING_KNOWN
            found.append(NamedMistake(number, name, of_each[min(place, len(of_each) - 1)], lines))
    return tuple(found)


def mistake_lines(view: View, room: int, told: Sequence[int]) -> Iterator[DiagnosisLine]:
    """What explains the numbers; of the mistakes with the places ``told``, also what they do, and their lines."""
    compared = view.state.compared
    if compared is None:
        return
    if not compared.mistakes:
        sentence = _("No mistake that is known here explains these numbers.")
        if not compared.is_complete:
            sentence += " " + _("Not everything was tried: that would have taken too long.")
        yield from map(DiagnosisLine, wrapped_lines(sentence, room, "title"))
        return
    named = named_mistakes(compared)
    yield from map(DiagnosisLine, wrapped_lines(_heading(compared), room, "title"))
    for place, one in enumerate(named, start=1):
        is_first = place == 1 or named[place - 2].explanation != one.explanation
        is_last = place == len(named) or named[place].explanation != one.explanation
        mark = f"{view.notation.separator} " if is_first else _INDENT
        name = shown_mistake(one.name)
        if one.detail:
            name += f": {shown_detail(one.detail)}"
        if not is_first:
            name = _("and {mistake}", mistake=name)
        exact = _exactness(view, compared.largest_differences[one.explanation]) if is_last else ""
        for line in hanging(mark, "", name + exact, room, "now"):
            yield DiagnosisLine(line, place)
        if place in told:
            for line in _told(view, one, room):
                yield DiagnosisLine(line, place)
    if more := len(compared.mistakes) - _MOST_EXPLANATIONS:
        says = f"{view.notation.ellipsis} " + _("{count} more", count=more)
        yield from [DiagnosisLine([(says, "faint")])] if more > 0 else []


def hanging(mark: str, mark_style: str, text: str, room: int, style: str) -> Iterator[Line]:
    """A text after a mark, its lines below each other."""
    for number, line in enumerate(wrapped_lines(text, max(10, room - len(mark)), style)):
        yield [(mark, mark_style) if not number else (" " * len(mark), ""), *line]


def _heading(compared: ComparedNumbers) -> str:
    if len(compared.mistakes) > 1:
        return _("Each of these mistakes explains all of the student's numbers:")
    if BETWEEN_MISTAKES in compared.mistakes[0]:
        return _("These two mistakes together explain all of the student's numbers:")
    return _("This mistake explains all of the student's numbers:")


def _exactness(view: View, difference: float) -> str:
    if not difference:
        return _(" (exactly)")
    # For translators: the numbers agree, up to this difference.
    return _(" (to {difference})", difference=rounded_text(difference, 2).replace("-", view.notation.minus))


def _told(view: View, one: NamedMistake, room: int) -> Iterator[Line]:
    """What a program with the mistake does, and its line; nothing of a mistake that this version does not know."""
    if text := TEXTS.get(one.name):
        sentence = view.notation.translated(what_it_does_with(text, one.detail))
        for line in hanging(_INDENT, "", sentence, room, ""):
            yield [(part.replace(NO_BREAK, " "), style) for part, style in line]
    name = one.lines.acts_in
    if name not in view.computed_names and name in view.hidden_at(1).matrices:
        # The line would tell the numbers that a question asks for.
        return
    wrong, right = _("wrong"), _("right")
    width = max(len(wrong), len(right))
    code = ((wrong, one.lines.wrong, "error"), (_("for example"), one.lines.example, "error"))
    for title, written, style in (*code, (right, one.lines.right, "title")):
        if written:
            yield from hanging(f"{_INDENT}{title:{width}}  ", "faint", as_code(written), room, style)
