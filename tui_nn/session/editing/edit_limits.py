"""Limits the time and memory that a lesson's edits take: without limits, a small file could take hours to open."""

from collections.abc import Iterable

from tui_nn.language import _
from tui_nn.network import ValidationError
from tui_nn.session import limits
from tui_nn.session.runs.branches import Branches
from tui_nn.session.runs.run_plan import RunPlan

# The slowest generator takes about ten times as long to draw a weight as numpy takes to copy it.
_COPIES_A_DRAW = 10


def cells_added(before: RunPlan, after: RunPlan) -> int:
    """How many numbers ``after`` holds that ``before`` does not: in the data of its segments and in its given start."""
    return _data_added(before, after) + _weights_added(before, after)


def cells_copied(before: RunPlan, after: RunPlan) -> int:
    """How many numbers were copied to make ``after`` from ``before``; a number drawn at random counts as ten."""
    was_drawn = before.document.start.given is None
    return _weights_added(before, after) * (_COPIES_A_DRAW if was_drawn else 1) + _data_added(before, after)


def check_edits(edits: int, copied: int) -> None:
    """Raises `ValidationError` if a lesson has too many ``edits``, or if they ``copied`` too many numbers."""
    if edits > limits.EDITS:
        most = _("at most {edits} edits", edits=limits.EDITS)
        sentence = _("A lesson can have at most {edits} edits.", edits=limits.EDITS)
        found = _("number {number}", number=edits)
        raise ValidationError("edit", found, most, f"{sentence} {limits.GO_ON_AFRESH}")
    if copied > limits.CELLS_COPIED:
        most = _("at most {numbers} numbers", numbers=limits.CELLS_COPIED)
        sentence = _(
            "The edits of a lesson can copy at most {most} numbers; with this one they would copy {copied}.",
            most=limits.CELLS_COPIED,
            copied=copied,
        )
        found = _("number {number}", number=edits)
        raise ValidationError("edit", found, most, f"{sentence} {limits.GO_ON_AFRESH}")


def check_runs(branches: Branches) -> None:
    """Raises `ValidationError` if the runs hold too many numbers: each change of the data during a run keeps a copy."""
    held = _cells_in(branch.plan for branch in branches.all)
    if held > limits.CELLS_IN_RUNS:
        most = _("at most {most}", most=limits.CELLS_IN_RUNS)
        sentence = _(
            "The data of all runs can have at most {most} numbers; with this edit they would have {held}. "
            "Make it from iteration 1 on, so that it needs no copy of the data.",
            most=limits.CELLS_IN_RUNS,
            held=held,
        )
        raise ValidationError("edit", _("{numbers} numbers in all runs", numbers=held), most, sentence)


def _data_added(before: RunPlan, after: RunPlan) -> int:
    if len(after.changes) == len(before.changes) > 0 and after.document is not before.document:
        # A new column name makes new data for every segment; a new number of iterations makes none.
        return 0 if after.changes is before.changes else _cells_in((after,))
    newest = after.segments[-1]
    data = newest.dataset
    return 0 if data is before.document_at(newest.first).dataset else data.x.size + data.y.size


def _weights_added(before: RunPlan, after: RunPlan) -> int:
    given = after.document.start.given
    if given is None or given is before.document.start.given:
        return 0
    return sum(matrix.size for matrix in given.named.values())


def _cells_in(plans: Iterable[RunPlan]) -> int:
    """How many numbers the data of ``plans`` hold; data that plans share count once."""
    data = {id(segment.dataset): segment.dataset for plan in plans for segment in plan.segments}
    return sum(dataset.x.size + dataset.y.size for dataset in data.values())
