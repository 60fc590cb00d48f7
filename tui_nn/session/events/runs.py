"""Runs beside each other: a new one begins, another is shown or compared."""

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.network import ValidationError
from tui_nn.session.editing.undo import with_edit
from tui_nn.session.events.event import Event, Seed, Settings
from tui_nn.session.events.network_edits import HyperparameterSet
from tui_nn.session.events.phrase import Phrase
from tui_nn.session.events.undo import Redone, Undone
from tui_nn.session.runs.swept_settings import with_settings
from tui_nn.session.state import FROM_HERE, State, replace, state_at_place


@frozen_dataclass
class Branched(Event, kind="branched"):
    """The run shown was kept, and a new run began as a copy of it; edits take effect from the iteration shown on."""

    undone_by = Undone
    redone_by = Redone
    name: str

    def apply(self, state: State) -> State:
        branches = state.branches.with_new_run(self.name, state.iteration)
        return replace(with_edit(state, branches, effect=state.edit_effect), edit_effect=FROM_HERE)

    @property
    def description(self) -> Phrase:
        return (_("run {name} begun", name=self.name),)


@frozen_dataclass
class StartTried(Event, kind="start tried"):
    """The run shown was kept, and a new run began with the start that another seed draws."""

    undone_by = Undone
    redone_by = Redone
    name: str
    seed: Seed

    def apply(self, state: State) -> State:
        branches = state.branches.with_new_run(self.name, state.iteration)
        plan = HyperparameterSet("seed", self.seed).edited_plan(state.plan, state.iteration)
        return with_edit(state, branches.with_plan(plan, since=1))

    @property
    def description(self) -> Phrase:
        return (_("run {name} begun", name=self.name),)


@frozen_dataclass
class SettingsTried(Event, kind="settings tried"):
    """The run shown was kept, and a new run began with other settings, from the start that a seed draws.

    ``keys`` and ``values`` are as in the file, a value for each key.
    """

    undone_by = Undone
    redone_by = Redone
    name: str
    keys: tuple[str, ...]
    values: Settings
    seed: Seed

    def apply(self, state: State) -> State:
        if len(self.keys) != len(self.values):
            found = _("a list of {length}", length=len(self.values))
            raise ValidationError("values", found, _("{keys}, one for each key", keys=len(self.keys)))
        branches = state.branches.with_new_run(self.name, state.iteration)
        settings = {**dict(zip(self.keys, self.values, strict=True)), "seed": self.seed}
        document = with_settings(state.plan.document_at(state.iteration), settings)
        return with_edit(state, branches.with_plan(state.plan.with_document(document, 1), since=1))

    @property
    def description(self) -> Phrase:
        return (_("run {name} begun", name=self.name),)


@frozen_dataclass
class RunChosen(Event, kind="branch chosen", viewer_may_make=True):
    """Another run is shown now."""

    name: str

    def apply(self, state: State) -> State:
        return state_at_place(replace(state, branches=state.branches.showing(self.name)), state.place)


@frozen_dataclass
class RunCompared(Event, kind="run compared", viewer_may_make=True):
    """The run shown is compared with this run from now on."""

    name: str

    def apply(self, state: State) -> State:
        state.branches.check_name(self.name)
        return replace(state, compared_with=self.name)
