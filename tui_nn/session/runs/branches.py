"""The runs of a lesson: each has a plan, a name, and the run that it branched off from."""

from dataclasses import replace
from string import ascii_uppercase
from typing import Self

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.network import ValidationError
from tui_nn.network.model.errors import quoted
from tui_nn.session import limits, validation
from tui_nn.session.runs.run_plan import RunPlan


@frozen_dataclass(eq=False)
class Branch:
    """A run. It may differ from the run called ``parent`` from iteration ``fork`` on. The first run's parent is ""."""

    name: str
    plan: RunPlan
    fork: int = 1
    parent: str = ""


@frozen_dataclass(eq=False)
class Branches:
    """All runs of a lesson in the order in which they began, and which of them is shown."""

    all: tuple[Branch, ...]
    shown: int = 0

    @classmethod
    def with_first_run(cls, plan: RunPlan) -> Self:
        """The only run of a lesson that has just been opened."""
        return cls((Branch(ascii_uppercase[0], plan),))

    @property
    def current(self) -> Branch:
        """The run shown."""
        return self.all[self.shown]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all runs."""
        return tuple(branch.name for branch in self.all)

    @property
    def lineage(self) -> dict[str, int]:
        """The run shown and the runs it came from, each with the last iteration that the run shown shares with it."""
        by_name = {branch.name: branch for branch in self.all}
        branch, until = self.current, limits.ITERATIONS
        lineage = {branch.name: until}
        while branch.parent in by_name and branch.parent not in lineage:
            until = min(until, branch.fork)
            branch = by_name[branch.parent]
            lineage[branch.name] = until
        return lineage

    def run_to_compare(self, chosen: str) -> Branch | None:
        """The run to compare with the run shown: the one called ``chosen``, or else its parent, or the newest other."""
        others = {branch.name: branch for branch in self.all if branch is not self.current}
        newest = next(reversed(others.values()), None)
        return others.get(chosen) or others.get(self.current.parent) or newest

    def with_plan(self, plan: RunPlan, since: int) -> Self:
        """The runs, of which the one shown now has ``plan``; it may have other numbers from iteration ``since`` on."""
        current = self.current
        changed = replace(current, plan=plan)
        # The changed run now shares only the iterations before `since` with its parent and with its children.
        branches = (
            replace(branch, fork=min(branch.fork, since)) if current.name in (branch.name, branch.parent) else branch
            for branch in (*self.all[: self.shown], changed, *self.all[self.shown + 1 :])
        )
        return replace(self, all=tuple(branches))

    def with_new_run(self, name: str, iteration: int) -> Self:
        """The runs and a new one called ``name``: a copy of the run shown before, which is shown now.

        Raises `ValidationError` if the name is taken or there are too many runs.
        """
        checked = validation.name("name", name)
        if checked in self.names:
            raise ValidationError("name", quoted(checked), _("one that no other run has"))
        if len(self.all) >= limits.BRANCHES:
            most = limits.BRANCHES
            sentence = _("A lesson can have at most {most} runs.", most=most)
            found, expected = _("one more than {most}", most=most), _("at most {most} runs", most=most)
            raise ValidationError("name", found, expected, f"{sentence} {limits.GO_ON_AFRESH}")
        branch = Branch(checked, self.current.plan, iteration, self.current.name)
        return replace(self, all=(*self.all, branch), shown=len(self.all))

    def showing(self, name: str) -> Self:
        """The runs with the one called ``name`` shown. Raises `ValidationError` if there is no such run."""
        self.check_name(name)
        return replace(self, shown=self.names.index(name))

    def check_name(self, name: str) -> None:
        """Raises `ValidationError` if no run is called ``name``."""
        if name not in self.names:
            found = quoted(validation.shortened(name))
            names = ", ".join(map(quoted, self.names))
            raise ValidationError("name", found, _("one of {names}", names=names))
