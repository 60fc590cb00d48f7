"""The lesson that is exported, as the writers need it: an iteration worked out, or the plan of a program."""

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.handouts.documents.worksheet import Worksheet, worksheet
from tui_nn.handouts.programs.program_parts import ProgramPlan
from tui_nn.network import Agreement, Run, Step, agreement
from tui_nn.session.state import State

_LEAST_ITERATIONS, _MOST_ITERATIONS = 1000, 100_000
# So many multiplications take a few seconds.
_MOST_MULTIPLICATIONS = 2_000_000_000


@frozen_dataclass(eq=False)
class ExportedLesson:
    """The run that ``state`` shows: ``run``, computed up to ``iteration``.

    ``iteration`` and ``step`` are those that the user asked for; None if the user did not.
    """

    state: State
    run: Run
    iteration: int | None
    step: Step | None

    @property
    def shown_iteration(self) -> int:
        """The iteration that the user asked for, or else the one that the lesson shows."""
        return self.iteration or self.state.iteration

    @property
    def worksheet(self) -> Worksheet:
        """`shown_iteration`, worked out up to ``step``. Raises IndexError if there is no such iteration."""
        return worksheet(self.state, self.run, self.shown_iteration, self.step)

    @property
    def plan(self) -> ProgramPlan:
        """The plan of a program, which says from which iteration on its digits can't be relied on.

        To measure that, this computes the run further, for a few seconds at most.
        """
        return ProgramPlan(self.state.plan, self.iteration, self.step, self._measured_agreement())

    def _measured_agreement(self) -> Agreement:
        """How many digits of the run two programs agree on, measured over as many iterations as take a few seconds."""
        document = self.state.plan.document
        affordable = max(_LEAST_ITERATIONS, _MOST_MULTIPLICATIONS // (document.dataset.rows * document.network.size))
        until = min(document.iterations, max(self.run.reached, min(affordable, _MOST_ITERATIONS)))
        self.run.extend(until)
        return agreement(self.run, until)
