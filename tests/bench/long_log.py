"""Makes a lesson with so many events, as a lecture may collect in a year: steps, playing, questions, edits and notes.

Run it from the root of the checkout to write one::

    python -m tests.bench.long_log OUT.toml [--events 100000]
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

from tui_nn.network import ValidationError
from tui_nn.session import events, limits
from tui_nn.session.display_choices import PANES
from tui_nn.session.document import Document
from tui_nn.session.events import Event
from tui_nn.session.reducer import apply_event
from tui_nn.session.runs.run_cache import RunCache
from tui_nn.session.state import State
from tui_nn.session.storage import document_toml
from tui_nn.session.storage.event_log import LogEntry

_ROUND = 250
_LAST_WALKED = 400


def long_log(count: int, seed: int = 1) -> tuple[Document, tuple[LogEntry, ...]]:
    """The lecture, and ``count`` events of it: rounds of a walk, a time of playing, a note, a question and edits."""
    random, document = Random(seed), Document(title="A long lesson")  # noqa: S311 - no secret
    state, runs = State.opened(document), RunCache()
    entries: list[LogEntry] = []
    at = 0.0
    while len(entries) < count:
        for event in _round(random, state):
            try:
                state = apply_event(state, event)
            except ValidationError:
                continue
            at = round(at + random.uniform(0.1, 2.0), 3)
            entries.append(LogEntry(len(entries) + 1, at, event))
            if isinstance(event, events.Moved) and event.step == "J":
                run = runs.run_of(state.plan)
                run.extend(event.iteration)
                entries.append(
                    LogEntry(len(entries) + 1, at, events.CostReached(event.iteration, run.cost(event.iteration)))
                )
    return document, tuple(entries[:count])


def _round(random: Random, state: State) -> Iterator[Event]:
    iteration = random.randint(1, _LAST_WALKED)
    for _ in range(8):
        for step in state.steps:
            yield events.Moved(iteration, step.name)
        yield events.PaneChosen(random.choice(PANES))
        yield events.Selected("delta2", random.randint(1, 3), random.randint(1, 3))
        iteration += 1
    yield events.Played(5)
    for _ in range(_ROUND - 120):
        iteration += 1
        yield events.Moved(iteration, "J" if iteration % 4 == 0 else "update")
    yield events.Paused()
    if len(state.notes) < limits.NOTES:
        yield events.Noted(f"δ⁽³⁾ has become small: note {len(state.notes) + 1}")
    if len(state.questions) < limits.QUESTIONS:
        yield events.QuestionAsked("sign", "delta2", random.randint(1, 3), random.randint(1, 3))
        yield events.QuestionOpened(state.last_question + 1)
        yield events.Answered(state.last_question + 1, random.choice("+-"))
    yield events.CellSet("x", random.randint(1, 3), random.randint(1, 2), random.randint(1, 99) / 10)
    yield events.HyperparameterSet("learning_rate", random.randint(1, 80) / 10)
    yield events.Undone()
    yield events.WeightSet("W1", random.randint(1, 2), random.randint(1, 3), random.uniform(-1, 1), iteration)
    yield events.Undone()
    yield events.EffectChosen("restart")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--events", type=int, default=100_000)
    request = parser.parse_args()
    document, entries = long_log(request.events)
    request.out.write_text(document_toml.dump(document, entries), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
