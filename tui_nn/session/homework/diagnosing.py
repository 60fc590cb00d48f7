"""Diagnoses the numbers that a student hands in: reads them, places them in the lesson, and compares them."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _, ngettext
from tui_nn.network.diagnosis.diagnosis import Diagnosis, diagnose
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.model.array import Array
from tui_nn.session.document import Document
from tui_nn.session.homework.counting import counted_from_one, period_without_names
from tui_nn.session.homework.placed_numbers import PlacedNumbers
from tui_nn.session.homework.placing import Placer
from tui_nn.session.homework.printed_numbers import NumbersError, PrintedNumbers
from tui_nn.session.runs.run_cache import RunCache
from tui_nn.session.runs.run_plan import RunPlan

# If the numbers may be of another iteration, which is less likely, that is worth so much of the effort.
_LESS = 0.9


@frozen_dataclass(eq=False)
class HomeworkDiagnosis:
    """What was read, where it was placed, and how it compares.

    ``is_assumed`` is true if tui-nn chose the iteration of numbers whose text names none. No mistake is looked for if
    ``changed_before`` is true, because the lesson changes its data, rate or weights before this iteration.
    """

    printed: PrintedNumbers
    placed: PlacedNumbers
    diagnosis: Diagnosis
    is_assumed: bool
    changed_before: bool


def diagnose_numbers(
    plan: RunPlan, printed: PrintedNumbers, iteration: int | None = None, effort: float = 1.0
) -> HomeworkDiagnosis:
    """Compares what a student's program printed with the run of ``plan``.

    ``iteration`` is for numbers whose text names no iteration. Without it, they are compared with iteration 1 and with
    the last one, and the nearer is taken. ``effort`` says how much may be computed to find the mistake, from 0 to 1.
    Raises `NumbersError` if nothing can be compared.
    """
    document, last = plan.document, plan.document.iterations
    printed = counted_from_one(printed, last)
    iteration = iteration if iteration is not None else _said_of_all(printed)
    run = RunCache().run_of(plan)
    run.extend(_needed(printed, iteration, plan.document))
    if not run.reached:
        raise NumbersError(_("The lesson's own numbers overflow in iteration 1: there is nothing to compare with."))

    @lru_cache(maxsize=64)
    def ours(at: int) -> Mapping[str, Array]:
        return run.pass_at(at).matrices

    placer = Placer(document.network, document.dataset, ours, run.costs, min(last, run.last))

    def nearness(one: PlacedNumbers) -> tuple[bool, float]:
        is_right = one.agrees(ours, run.costs)
        return not is_right, len(one.aside) if is_right else one.distance(ours, run.costs)

    every = _iterations(iteration, min(last, run.last))
    placed = sorted((placer.place(printed, at, is_said=iteration is not None) for at in every), key=nearness)
    placed = [one for one in placed if one.given.matrices or one.given.costs is not None]
    if not placed:
        raise NumbersError(_nothing_placed(printed))
    right = right_program(document)
    is_assumed = iteration is None and len(placed) > 1
    best: HomeworkDiagnosis | None = None
    for one in placed:
        changed = any(change.first <= max(_iterations_of(one), default=1) for change in plan.changes)
        found = diagnose(
            run,
            right,
            one.given,
            0.0 if changed else effort * (1.0 if best is None or one.iteration == 1 else _LESS),
        )
        result = HomeworkDiagnosis(printed, one, found, is_assumed, changed)
        mistakes = min((len(one.mistakes) for one in found.explanations.found), default=None)
        if found.first is None or mistakes == 1:
            return result
        # Two mistakes together are less likely than one in the numbers of another iteration.
        if best is None or (mistakes and not best.diagnosis.explanations.found):
            best = result
    assert best is not None  # noqa: S101 - placed is not empty
    return best


def right_program(document: Document) -> StudentProgram:
    """The program of a lesson, without a mistake."""
    return StudentProgram.right(
        document.network, document.dataset, document.start, document.learning_rate, document.pace
    )


def _said_of_all(printed: PrintedNumbers) -> int | None:
    """The only iteration that the text names; None if it names none, or several."""
    said = {one.iteration for one in printed.matrices} - {None}
    return said.pop() if len(said) == 1 else None


def _needed(printed: PrintedNumbers, iteration: int | None, document: Document) -> int:
    """Up to which iteration the lesson's run is needed."""
    last = document.iterations
    said = [one.iteration for one in printed.matrices if one.iteration is not None]
    labels = [one.label for one in printed.matrices if one.label]
    # What a program prints under the same name again may be of the last iteration.
    if (
        iteration is None
        or period_without_names(printed, document.network)
        or len({*labels}) < len(labels)
        or any(one.is_list for one in printed.matrices)
    ):
        return last + 2
    return min(last, max([iteration, *said])) + 2


def _iterations(iteration: int | None, last: int) -> Iterator[int]:
    if iteration is not None:
        yield iteration
        return
    yield from dict.fromkeys((last, 1))


def _iterations_of(placed: PlacedNumbers) -> Iterator[int]:
    yield from placed.given.iterations
    if placed.given.costs is not None and placed.given.costs.iterations.size:
        yield int(placed.given.costs.iterations.max())


def _nothing_placed(printed: PrintedNumbers) -> str:
    return ngettext(
        "No matrix of this lesson has the name or the shape of your numbers ({blocks} block). Write the name of each "
        "matrix above its numbers, such as W_1 or djdw2.",
        "No matrix of this lesson has the name or the shape of your numbers ({blocks} blocks). Write the name of each "
        "matrix above its numbers, such as W_1 or djdw2.",
        len(printed.matrices),
        blocks=len(printed.matrices),
    )
