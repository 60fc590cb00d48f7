"""The events that lead to a place: the next step or iteration, either end, or a place that is typed."""

import re

from tui_nn.language import _
from tui_nn.late_pattern import late_pattern
from tui_nn.network import ValidationError, equations, named_shapes, steps
from tui_nn.network.formulas.derivation import derivation
from tui_nn.session.events import DerivationShown, Event, Moved, RunChosen, Selected
from tui_nn.session.input_parsing import GROUPED, parse_whole_number
from tui_nn.session.state import State
from tui_nn.session.validation import shortened
from tui_nn.writing.notation.name_parser import parse_matrix_name, parse_step
from tui_nn.writing.notation.number_format import group_digits

_PLACE = late_pattern(
    rf"""\s*(?P<iteration>{GROUPED}|\d{{1,9}}(?:\.\d{{1,9}})?[eE]\+?\d{{1,2}}(?![\w.])|\d[\d ]{{0,20}})?\s*
    (?:(?P<name>(?:(?:new|old)[ ])?(?:[^\W\d_]|∂)[^\s\[]{{0,20}})\s*
    (?:\[\s*(?P<row>\d{{1,7}})\s*,\s*(?P<column>\d{{1,7}})\s*\])?)?\s*""",
    re.VERBOSE,
)

_BEST = late_pattern(r"\s*best(?!\w|\s*\d)", re.IGNORECASE)
_EPOCH = late_pattern(r"\s*epoch\s+(\d{1,9})\s*", re.IGNORECASE)


def by_steps(state: State, iteration: int, last: int, by: int) -> Moved | None:
    """The event that goes ``by`` steps, 1 or −1, across iterations; None at either end of the ``last`` iterations."""
    names = [step.name for step in state.steps]
    place = (iteration - 1) * len(names) + state.step_number - 1 + by
    if not 0 <= place < last * len(names):
        return None
    return Moved(place // len(names) + 1, names[place % len(names)])


def by_lines(state: State, iteration: int, last: int, by: int) -> tuple[Event, ...]:
    """The events that go ``by`` lines of the derivation, 1 or −1, across steps: −1 leads to a step's last line."""
    line = state.shown_derivation_line + by
    if 1 <= line <= len(derivation(state.document.network, state.step)):
        return (DerivationShown(line),)
    moved = by_steps(state, iteration, last, by)
    if moved is None:
        return ()
    step = next(step for step in state.steps if step.name == moved.step)
    return (moved, DerivationShown(len(derivation(state.document.network, step)))) if by < 0 else (moved,)


def by_iterations(state: State, iteration: int, last: int, by: int) -> Moved | None:
    """The event that goes to the same step ``by`` iterations on, or as far as there are any; None if that is here."""
    to = min(max(1, iteration + by), last)
    return Moved(to, state.step.name) if to != iteration else None


def by_epochs(state: State, iteration: int, last: int, by: int) -> Moved | None:
    """The event that goes to the same step of the first iteration of the next epoch, or of this one or the one before.

    It goes as far as there are iterations; None if that is here.
    """
    dealt = state.document.pace.epochs(state.document.dataset)
    epoch = dealt.epoch_of(iteration)
    begin = dealt.first_iteration(epoch)
    to = begin if by < 0 and iteration > begin else dealt.first_iteration(epoch + by)
    to = min(max(1, to), last)
    return Moved(to, state.step.name) if to != iteration else None


def first(state: State) -> Moved:
    """The event that goes to the first step of the first iteration."""
    return Moved(1, state.steps[0].name)


def end(state: State, last: int) -> Moved:
    """The event that goes to the last step of the last iteration."""
    return Moved(last, state.steps[-1].name)


def events_to(state: State, last: int, text: str, best: int | None = None) -> tuple[Event, ...]:
    """The events that lead to ``37``, ``37 delta3``, ``delta3``, ``37 delta3[2,1]`` or the name of a mark.

    ``best`` in the place of the number is the iteration ``best``, which begins with the weights of the least test cost.
    Raises `ValidationError` if ``text`` means no place of the lesson.
    """
    marked = next((mark for mark in state.marks if mark.name.casefold() == text.strip().casefold()), None)
    if marked:
        documents = {branch.name: branch.plan.document for branch in state.branches.all}
        document = documents.get(marked.run)
        named = [step.name for step in steps(document.network)] if document else []
        if document is None or marked.iteration > document.iterations or marked.step not in named:
            says = _(
                'The mark "{mark}" stands at a place that no longer exists; u may bring it back.', mark=marked.name
            )
            raise ValidationError("", f'mark "{marked.name}"', "one whose place is still there", says)
        return RunChosen(marked.run), Moved(marked.iteration, marked.step)
    if in_epoch := _EPOCH.fullmatch(text):
        dealt = state.document.pace.epochs(state.document.dataset)
        begin = dealt.first_iteration(int(in_epoch[1]))
        if not 1 <= begin <= last:
            typed, most = group_digits(int(in_epoch[1])), group_digits(dealt.epoch_of(last))
            says = _("There is no epoch {epoch}; expected one from 1 to {last}.", epoch=typed, last=most)
            raise ValidationError("", f"epoch {typed}", f"one from 1 to {most}", says)
        return (Moved(begin, state.step.name),)
    if in_words := _BEST.match(text):
        if best is None:
            says = _(
                "There is no best yet: it needs test rows, patience, and a run that has stopped. Or an edit replaced "
                "the weights with the least test cost."
            )
            raise ValidationError("", '"best"', "a run that has stopped, with test rows and patience", says)
        text = f"{best}{text[in_words.end() :]}"
    match = _PLACE.fullmatch(text)
    if not match or not text.strip():
        typed = shortened(text.strip())
        says = _(
            'There is no "{typed}"; expected an iteration, a step, or both: 37, delta3, 37 delta3[2,1].', typed=typed
        )
        raise ValidationError("", f'"{typed}"', "an iteration, a step, or both: 37, delta3, 37 delta3[2,1]", says)
    number = parse_whole_number(match["iteration"]) if match["iteration"] else state.iteration
    if not 1 <= number <= last:
        typed, most = group_digits(number), group_digits(last)
        says = _("There is no iteration {iteration}; expected one from 1 to {last}.", iteration=typed, last=most)
        raise ValidationError("", f"iteration {typed}", f"one from 1 to {most}", says)
    if match["row"]:
        return _to_cell(state, number, match["name"], int(match["row"]), int(match["column"]))
    step = parse_step(state.steps, match["name"]) if match["name"] else state.step
    if step is None:
        names, typed = " ".join(step.name for step in state.steps), shortened(match["name"])
        says = _('There is no step "{typed}"; expected one of {names}.', typed=typed, names=names)
        raise ValidationError("", f'step "{typed}"', f"one of {names}", says)
    return (Moved(number, step.name),)


def _to_cell(state: State, iteration: int, text: str, row: int, column: int) -> tuple[Event, ...]:
    """The events that lead to a cell of a matrix, and to the step that computes the matrix if one does."""
    document = state.document
    shapes = named_shapes(document.network, document.moment(iteration).rows)
    name = parse_matrix_name(shapes, text)
    if name is None:
        typed, names = shortened(text), " ".join(shapes)
        says = _('There is no matrix "{typed}"; expected one of {names}.', typed=typed, names=names)
        raise ValidationError("", f'matrix "{typed}"', f"one of {names}", says)
    rows, columns = shapes[name]
    if not (1 <= row <= rows and 1 <= column <= columns):
        expected = _("rows from 1 to {rows}, columns from 1 to {columns}", rows=rows, columns=columns)
        raise ValidationError("", f"{name}[{row},{column}]", expected)
    step = next((one.step for one in equations(document.network) if one.name == name), state.step)
    return Moved(iteration, step.name), Selected(name, row, column)
