"""Whether the log ever lacks what was drawn, however often the dashboard is killed with ``kill -9``.

Run it from the root of the checkout, with the package installed::

    python -m tests.bench.kills [--lessons N] [--kills N] [--seed N]

Each lesson is killed and gone on with so many times: while its steps are walked through, while Tab leads from pane to
pane, and while its data are edited. Exits with 1 where something that was drawn is missing.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from tests.terminal.fork_server import fork_server
from tests.terminal.kills import EDITS, PANES, STEPS, kill_again_and_again

_KEYS = (("steps", STEPS, ""), ("panes", PANES, ""), ("edits", EDITS, "Data"))


def main() -> int:
    """Kills them; gives the exit code."""
    parser = argparse.ArgumentParser(description="Kills lessons at random moments, and looks at what was recorded.")
    parser.add_argument("--lessons", type=int, default=8, help="how many lessons (default: 8)")
    parser.add_argument("--kills", type=int, default=25, help="how often each is killed (default: 25)")
    parser.add_argument(
        "--seed", type=int, default=0, help="of the first lesson; those after it have the seeds after it"
    )
    given = parser.parse_args()
    failed = 0
    with fork_server() as dashboards:
        for seed in range(given.seed, given.seed + given.lessons):
            name, keys, pane = _KEYS[seed % len(_KEYS)]
            with tempfile.TemporaryDirectory() as folder:
                os.environ["XDG_STATE_HOME"] = folder
                try:
                    kill_again_and_again(dashboards, Path(folder), seed, keys, pane, given.kills)
                except AssertionError as error:
                    failed += 1
                    print(f"seed {seed}: {name} FAILED {error}", flush=True)
                else:
                    print(f"seed {seed}: {name}, {given.kills} kills", flush=True)
    print(f"{given.lessons - failed} of {given.lessons} lessons with all that was drawn")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
