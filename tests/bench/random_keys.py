"""Whether anything that is pressed, pasted or resized at random ends the dashboard.

Run it from the root of the checkout, with the package installed::

    python -m tests.bench.random_keys [--runs N] [--keys N] [--seed N]

A run teaches a lesson, or replays or follows the recording of a run before it. Exits with 1 where one ended with a
traceback or did not answer at its end.
"""

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.terminal.random_keys import press_at_random, teach


def main() -> int:
    """Runs it so often; gives the exit code."""
    parser = argparse.ArgumentParser(description="Presses keys at random, with pastes and sizes of the window.")
    parser.add_argument("--runs", type=int, default=20, help="how many runs (default: 20)")
    parser.add_argument("--keys", type=int, default=300, help="how many keys in each (default: 300)")
    parser.add_argument("--seed", type=int, default=1, help="of the first run; those after it have the seeds after it")
    given = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        recorded: Path | None = None
        for seed in range(given.seed, given.seed + given.runs):
            chance = random.Random(seed)  # noqa: S311 - nothing is kept secret with it
            how = ("teach", "teach", "replay", "follow")[seed % 4] if recorded else "teach"
            state = Path(folder) / str(seed)
            state.mkdir()
            began = time.monotonic()
            try:
                if recorded and how != "teach":
                    press_at_random(chance, given.keys, (how, str(recorded)), state)
                else:
                    recorded = teach(chance, given.keys, state) or recorded
            except AssertionError as error:
                failed += 1
                print(f"seed {seed}: {how} FAILED {error}", flush=True)
            else:
                print(f"seed {seed}: {how}, {time.monotonic() - began:.1f} s", flush=True)
    print(f"{given.runs - failed} of {given.runs} runs of {given.keys} without a traceback")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
