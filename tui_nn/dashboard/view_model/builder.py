"""Builds views: a state with the numbers of its run and of the runs beside it, as far as they are computed."""

from collections.abc import Mapping
from dataclasses import replace
from weakref import WeakKeyDictionary

from tui_nn.dashboard.view_model.iteration_numbers import IterationNumbers
from tui_nn.dashboard.view_model.other_runs import OtherRun, RunComparison
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.view_model.worker import BackgroundWorker
from tui_nn.network import Agreement, Pass, Run
from tui_nn.network.model.array import Array
from tui_nn.session import limits
from tui_nn.session.quiz.grading import Verdict, grade_from_matrices
from tui_nn.session.quiz.questions import SHAPE, Question
from tui_nn.session.runs.branches import Branch
from tui_nn.session.runs.run_cache import RunCache
from tui_nn.session.state import Answer, State
from tui_nn.writing.notation.number_format import Digits
from tui_nn.writing.notation.signs import Notation

_MOST_RUNS = limits.BRANCHES + 6
"""As many runs as the user can choose, and some more to which undo and redo go back."""


def runs_of_a_lesson() -> RunCache:
    """What keeps the runs of one lesson. Several builders that show the lesson in one process can share it."""
    return RunCache(most=_MOST_RUNS)


class ViewBuilder:
    """Builds the views of one lesson. Keeps the lesson's runs and the numbers of the iteration shown last."""

    def __init__(self, worker: BackgroundWorker, notation: Notation, runs: RunCache) -> None:
        self._worker = worker
        self._notation = notation
        self._runs = runs
        self._latest_numbers: tuple[Run, int, IterationNumbers] | None = None
        self._iterations_shown: WeakKeyDictionary[Run, int] = WeakKeyDictionary()
        self._verdicts: dict[Answer, Verdict | None] = {}
        self._answers_being_graded: set[Answer] = set()
        # The answers and questions that all have a verdict, and their verdicts.
        self._all_graded: tuple[Mapping[int, Answer], Mapping[int, Question], dict[int, Verdict | None]] | None = None
        self._agreements: WeakKeyDictionary[Run, Agreement] = WeakKeyDictionary()

    @property
    def digits(self) -> Digits:
        """How many decimals the numbers of a matrix have."""
        return self._notation.digits

    def write_with(self, digits: Digits) -> None:
        """Writes matrices with other decimals from now on."""
        self._notation = replace(self._notation, digits=digits)
        self._latest_numbers = None

    def toggle_names(self) -> bool:
        """Writes W1 and δ3 in place of W⁽¹⁾ and δ⁽³⁾ from now on, or the other way round. Returns whether it does."""
        self._notation = replace(self._notation, plain_names=not self._notation.plain_names)
        return self._notation.plain_names

    def write_in(self, notation: Notation) -> None:
        """Writes in the signs of another notation from now on; digits and names stay as they are."""
        now = self._notation
        self._notation = replace(notation, digits=now.digits, plain_names=now.plain_names)
        self._latest_numbers = None

    def run_of(self, branch: Branch) -> Run:
        """The run of a branch, with at least its first iteration computed."""
        run = self._runs.run_of(branch.plan)
        if not run.last:
            run.extend(1)
        return run

    def view(self, state: State) -> View:
        """The view of ``state`` with all that is computed by now. The worker computes a slow pass; `keep` takes it."""
        branch = state.branches.current
        run, last = self.run_of(branch), branch.plan.document.iterations
        overflow = run.overflow if run.overflow and run.overflow.iteration <= last else None
        stopped = run.stopped if run.stopped and run.stopped.iteration <= last else None
        ended = overflow or stopped
        iteration = min(state.iteration, ended.iteration) if ended else state.iteration
        return View(
            # A run that ends earlier never reaches the state's iteration, and the edits made there do not hold.
            state=state if iteration == state.iteration else replace(state, iteration=iteration),
            iteration=iteration,
            iteration_numbers=self._numbers_at(run, iteration),
            costs=self._costs(run, last, iteration),
            overflow=overflow,
            stopped=stopped,
            notation=self._notation.for_network(state.document.network),
            run=run,
            verdicts=self._verdicts_of(state, run, iteration),
            other_runs=tuple(self._other_run(other) for other in state.branches.all if other is not branch),
            comparison=self._comparison(state, iteration),
            agreement=self._agreement_at(run, iteration),
        )

    def _costs(self, run: Run, last: int, iteration: int = 1) -> Array:
        """J of the iterations computed up to ``last``, shape (computed,).

        While a run is being computed, they end at the last progress shown, or at ``iteration`` if that is later: with
        the newest costs, every key would draw the curve again.
        """
        if run.has_ended or run.reached >= last:
            return run.costs[:last]
        if self._iterations_shown.get(run, 0) < iteration:
            self._iterations_shown[run] = run.reached
        return run.costs[: self._iterations_shown[run]]

    def progressed(self) -> None:
        """Shows the runs up to the last iteration computed."""
        self._iterations_shown.clear()

    def keep(self, run: Run, iteration: int, computed: Pass) -> IterationNumbers:
        """Keeps the pass of an iteration, and returns its numbers; the next view of the iteration has them."""
        numbers = IterationNumbers(computed, self._notation.for_network(run.network))
        self._latest_numbers = run, iteration, numbers
        return numbers

    def _numbers_at(self, run: Run, iteration: int) -> IterationNumbers | None:
        if self._latest_numbers and self._latest_numbers[:2] == (run, iteration):
            return self._latest_numbers[2]
        computed = self._worker.pass_at(run, iteration) if iteration <= run.last else None
        return self.keep(run, iteration, computed) if computed else None

    def _verdicts_of(self, state: State, run: Run, iteration: int) -> dict[int, Verdict | None]:
        """The verdicts on the answers, by question. The worker finds those that need another iteration.

        `keep_verdicts` takes these later.
        """
        if (known := self._all_graded) and known[0] is state.answers and known[1] is state.questions:
            return known[2]
        answers = {number: answer for number, answer in state.answers.items() if number in state.questions}
        numbers = self._numbers_at(run, iteration)
        missing = []
        for number, answer in answers.items():
            question = state.questions[number]
            is_shown = answer.plan is state.plan and question.iteration == iteration
            if answer in self._verdicts:
                continue
            if question.ask == SHAPE:
                self._verdicts[answer] = grade_from_matrices(question, answer, {})
            elif is_shown and numbers:
                self._verdicts[answer] = grade_from_matrices(question, answer, numbers.computed.matrices)
            else:
                missing.append((question, answer))
        wanted = {answer for _, answer in missing}
        # Verdicts come in parts; those that are still missing then are under way.
        if not wanted <= self._answers_being_graded:
            self._answers_being_graded = wanted
            runs = {branch.plan: self._runs.run_of(branch.plan) for branch in state.branches.all}
            self._worker.grade([(question, answer, runs.get(answer.plan)) for question, answer in missing])
        verdicts = {number: self._verdicts.get(answer) for number, answer in answers.items()}
        if not missing:
            self._all_graded = state.answers, state.questions, verdicts
        return verdicts

    def keep_verdicts(self, verdicts: dict[Answer, Verdict | None]) -> None:
        """Keeps the verdicts on answers that need other iterations than the one shown."""
        self._verdicts |= verdicts

    def keep_agreement(self, run: Run, agreement: Agreement) -> None:
        """Keeps the measurement of how many digits of a run can be relied on."""
        self._agreements[run] = agreement

    def _agreement_at(self, run: Run, iteration: int) -> Agreement | None:
        """The measurement so far. If it ends before ``iteration``, starts a longer one; `keep_agreement` takes it."""
        agreement = self._agreements.get(run)
        is_known = agreement and (agreement.measured >= iteration or agreement.digits(agreement.measured) == 0)
        if not is_known and run.reached >= iteration:
            self._worker.measure_rounding(run, iteration)
        return agreement

    def _other_run(self, branch: Branch) -> OtherRun:
        run = self.run_of(branch)
        return OtherRun(branch.name, self._costs(run, branch.plan.document.iterations), run)

    def _comparison(self, state: State, iteration: int) -> RunComparison | None:
        compared = state.compared_run
        if compared is None:
            return None
        run = self.run_of(compared)
        is_reached = iteration <= min(run.last, compared.plan.document.iterations)
        computed = self._worker.pass_if_quick(run, iteration) if is_reached else None
        return RunComparison(compared.name, compared.fork, computed)
