"""What keys cost while a long run is computed, against when it is stopped; in turns, in one process.

Run it from the root of the checkout, with the package installed::

    python -m tests.bench.busy [--rounds N] [--keys N]

A lesson of ten million iterations is opened, for the lecture's network and for a larger one. In each round so many keys
are pressed while it is being computed, and as many after `k` has stopped it. A key's time is that to the last byte that
it sets off. Exits with 1 where the median while computing is more than 1.5 times that when stopped.
"""

import argparse
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from tests.bench.screen import Terminal
from tui_nn.session.document import Document
from tui_nn.session.storage import document_toml

_MOST_TIMES = 1.5
_FIRST_SECONDS = 2.0
_BETWEEN_SECONDS, _PATIENCE_SECONDS = 0.15, 5.0
# So many iterations that none of the two comes to its end meanwhile.
_LESSONS = {"lecture": ((3,), 10_000_000), "larger": ((48, 24), 10_000_000)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--keys", type=int, default=40)
    request = parser.parse_args()
    worst = 0.0
    for name, (hidden, iterations) in _LESSONS.items():
        with tempfile.TemporaryDirectory() as directory:
            path = Path(directory) / "lesson.toml"
            document = replace(Document(), hidden=hidden, iterations=iterations, learning_rate=0.1)
            path.write_text(document_toml.dump(document), encoding="utf-8")
            ratio = _ratio(name, path, request.rounds, request.keys // request.rounds)
        worst = max(worst, ratio)
    return 1 if worst > _MOST_TIMES else 0


def _ratio(name: str, path: Path, rounds: int, keys: int) -> float:
    terminal = Terminal((sys.executable, "-m", "tui_nn", str(path)), path.parent)
    terminal.until(b"help")
    time.sleep(_FIRST_SECONDS)
    taken: dict[str, list[float]] = {"computing": [], "stopped": []}
    for _ in range(rounds):
        for state in taken:
            for key in ["n", "."] * (keys // 2):
                # Nothing is under way: neither what the key before set off, nor the progress that is shown.
                time.sleep(_BETWEEN_SECONDS)
                while terminal.press("")[0]:
                    pass
                taken[state].append(terminal.press(key, _PATIENCE_SECONDS)[1])
            # It stops, and goes on.
            terminal.press("k", _PATIENCE_SECONDS)
    terminal.close()
    medians = {state: statistics.median(seconds) for state, seconds in taken.items()}
    ratio = medians["computing"] / medians["stopped"]
    said = ", ".join(f"{state} {1000 * seconds:.0f} ms" for state, seconds in medians.items())
    print(f"{name}: {said}: {ratio:.2f} times; worst while computing {1000 * max(taken['computing']):.0f} ms")
    return ratio


if __name__ == "__main__":
    sys.exit(main())
