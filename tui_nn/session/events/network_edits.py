"""Edits of the settings, and of the weights and biases."""

from dataclasses import replace

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.network import Dataset, ValidationError, WeightCell
from tui_nn.session import limits, validation
from tui_nn.session.document import Document
from tui_nn.session.events.edit import STARTS_AGAIN, Edit
from tui_nn.session.events.event import Setting
from tui_nn.session.events.phrase import MatrixName, Phrase, SettingValue, phrase
from tui_nn.session.hyperparameter import EffectOnRun
from tui_nn.session.runs.run_plan import RunPlan
from tui_nn.session.settings import HYPERPARAMETERS


@frozen_dataclass
class HyperparameterSet(Edit, kind="hyperparameter set"):
    """A setting got another value; ``key`` and ``value`` are as in the file."""

    key: str
    value: Setting
    iteration: int = 1

    @property
    def first_changed(self) -> int:
        return limits.ITERATIONS + 1 if self._effect is EffectOnRun.LENGTH else self.iteration

    def why_restart(self, data: Dataset) -> str:  # noqa: ARG002
        return "" if self._effect is EffectOnRun.FROM_ANY_ITERATION else STARTS_AGAIN

    def changed_plan(self, plan: RunPlan, in_force: Document) -> RunPlan:
        setting = HYPERPARAMETERS.get(self.key)
        if setting is None:
            every = ", ".join(HYPERPARAMETERS)
            raise ValidationError("key", f'"{validation.shortened(self.key)}"', _("one of {names}", names=every))
        if setting.effect_on_run is EffectOnRun.LENGTH:
            document = setting.set(plan.document, self.value)
            changes = plan.changes
            if document.pace != plan.document.pace:
                # The length of the run is part of the schedule.
                changes = tuple(replace(change, pace=document.pace) for change in changes)
            return replace(plan, document=document, changes=changes)
        return plan.with_document(setting.set(in_force, self.value), self.iteration)

    @property
    def _effect(self) -> EffectOnRun | None:
        setting = HYPERPARAMETERS.get(self.key)
        return setting.effect_on_run if setting else None

    @property
    def description(self) -> Phrase:
        return SettingValue(self.key, self.value), *self.from_when


@frozen_dataclass
class WeightSet(Edit, kind="weight set"):
    """A weight or bias was set: at iteration 1 in the start, later before the iteration's forward pass.

    ``matrix`` is the lecture name of the matrix it is in.
    """

    matrix: str
    row: int
    column: int
    value: float
    iteration: int = 1

    def changed_plan(self, plan: RunPlan, in_force: Document) -> RunPlan:
        cell = WeightCell(self.matrix, self.row, self.column, validation.number("value", self.value))
        return _with_weights(plan, in_force, [cell], self.iteration)

    @property
    def description(self) -> Phrase:
        matrix, cell = MatrixName(self.matrix), f"[{self.row},{self.column}]"
        # For translators: the cell stands behind the name of its matrix, such as W1[1,2].
        return *phrase(_("{matrix}{cell} set to {value}"), matrix=matrix, cell=cell, value=self.value), *self.from_when


@frozen_dataclass
class WeightsSet(Edit, kind="weights set"):
    """A block of weights or biases was set, each as by `WeightSet`; its first cell is at ``row`` and ``column``."""

    matrix: str
    row: int
    column: int
    cells: tuple[tuple[float, ...], ...]
    iteration: int = 1

    def changed_plan(self, plan: RunPlan, in_force: Document) -> RunPlan:
        cells = [
            WeightCell(self.matrix, row, column, value)
            for row, values in enumerate(validation.table("cells", self.cells), start=self.row)
            for column, value in enumerate(values, start=self.column)
        ]
        return _with_weights(plan, in_force, cells, self.iteration)

    @property
    def description(self) -> Phrase:
        last_row, last_column = self.row + len(self.cells) - 1, self.column + len(self.cells[0]) - 1
        first, last = f"[{self.row},{self.column}]", f"[{last_row},{last_column}]"
        # For translators: the cells stand behind the name of their matrix, such as W1[1,2] to [3,4].
        says = phrase(_("{matrix}{first} to {last} set"), matrix=MatrixName(self.matrix), first=first, last=last)
        return *says, *self.from_when


def _with_weights(plan: RunPlan, in_force: Document, cells: list[WeightCell], iteration: int) -> RunPlan:
    """``plan`` with ``cells`` set before ``iteration``; at 1, a run that starts from them again."""
    before = plan if iteration > 1 else plan.with_document(in_force, 1)
    return before.with_weights(cells, iteration)
