"""The base classes of edits: what every change of the run shown has in common."""

import re
from abc import abstractmethod
from dataclasses import replace

from tui_nn.language import _
from tui_nn.network import Dataset, ValidationError
from tui_nn.session.document import Document
from tui_nn.session.editing.undo import with_edit
from tui_nn.session.events.event import Event
from tui_nn.session.events.phrase import Phrase, phrase
from tui_nn.session.events.undo import Redone, Undone
from tui_nn.session.runs.run_plan import RunPlan
from tui_nn.session.state import State

# For translators: a clause, behind a colon: why an edit can't hold from a later iteration on.
STARTS_AGAIN = _("this edit starts the run again")


class Edit(Event):
    """A change of the run shown: of its data, its weights or its settings.

    A class whose edits can hold from the middle of a run on has a field ``iteration``, which is 1 by default. From
    iteration 1 on, the run starts again.
    """

    undone_by = Undone
    redone_by = Redone

    @property
    def iteration(self) -> int:
        """The iteration from which on the edit holds."""
        return 1

    @property
    def first_changed(self) -> int:
        """The first iteration whose numbers the edit may change; past every iteration if it changes none."""
        return self.iteration

    def why_restart(self, data: Dataset) -> str:  # noqa: ARG002 - `DataReplaced` needs it
        """Why the edit of ``data`` can only start the run again; "" if it can hold from any iteration on."""
        return "" if "iteration" in vars(type(self)) else STARTS_AGAIN

    def from_iteration(self, iteration: int, data: Dataset) -> "Edit":
        """The same edit of ``data`` from ``iteration`` on; the edit unchanged if it can only start the run again."""
        return self if self.why_restart(data) else replace(self, iteration=iteration)  # type: ignore[type-var]

    def apply(self, state: State) -> State:
        plan = self.edited_plan(state.plan, state.iteration)
        return with_edit(state, state.branches.with_plan(plan, self.first_changed))

    def edited_plan(self, plan: RunPlan, shown: int) -> RunPlan:
        """``plan`` after the edit, made while the screen shows iteration ``shown``.

        An edit from iteration 1 on starts the run again with everything else as it is at ``shown``. Raises
        `ValidationError` if the edit does not fit ``plan``.
        """
        iteration = plan.check_iteration(self.iteration)
        in_force = plan.document_at(shown if iteration == 1 else iteration)
        if iteration > 1 and (reason := self.why_restart(in_force.dataset)):
            sentence = _(
                "This edit can't hold from iteration {iteration} on: {reason}. Make it from iteration 1 on.",
                iteration=iteration,
                reason=reason,
            )
            raise ValidationError("iteration", str(iteration), f"1: {reason}", sentence)
        try:
            return self.changed_plan(plan, in_force)
        except ValidationError as error:
            if in_force.start.method == "given" and re.fullmatch(r"[Wb]\d+", error.where) and not error.sentence:
                raise _refusal_of_given_start(error, in_force) from None
            raise

    @abstractmethod
    def changed_plan(self, plan: RunPlan, in_force: Document) -> RunPlan:
        """``plan`` after the edit. ``in_force`` is the document that the edit changes. Raises `ValidationError`."""

    @property
    def from_when(self) -> Phrase:
        """The words `` from iteration 100 on``; none for an edit that starts the run again."""
        if self.iteration <= 1:
            return ()
        # For translators: behind what an edit did, such as "row 4 added".
        return phrase(_(" from iteration {iteration} on"), iteration=self.iteration)


def _refusal_of_given_start(error: ValidationError, document: Document) -> ValidationError:
    """``error`` with a sentence: the weights given in the start fit no network but that of ``document``."""
    units = "-".join(map(str, document.network.layers))
    if document.bias:
        says = _("The start gives the weights of a network of {units} units with biases.", units=units)
    else:
        says = _("The start gives the weights of a network of {units} units.", units=units)
    advice = _("For other units or biases, set the start to uniform first (in Settings).")
    return ValidationError(error.where, error.found, error.expected, f"{says} {advice}")


class DataEdit(Edit):
    """A change of the data."""

    def changed_plan(self, plan: RunPlan, in_force: Document) -> RunPlan:
        return plan.with_document(replace(in_force, dataset=self.edited_data(in_force.dataset)), self.iteration)

    @abstractmethod
    def edited_data(self, data: Dataset) -> Dataset:
        """``data`` after the edit. Raises `ValidationError` if the edit does not fit."""
