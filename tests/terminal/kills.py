"""``kill -9`` at random moments, and whether the log has all that was drawn."""

import random
import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.emulator import Emulator
from tests.terminal.fork_server import ForkedDashboard, ForkServer
from tests.terminal.program import KEYS, PATIENCE_SECONDS, click, focused, step_shown
from tui_nn.session.reducer import apply_event
from tui_nn.session.runs.run_cache import RunCache
from tui_nn.session.state import State
from tui_nn.session.storage import library
from tui_nn.session.storage.session_file import Lesson, read
from tui_nn.session.verify import verify
from tui_nn.writing.notation.number_format import rounded_text
from tui_nn.writing.notation.signs import UNICODE

KILLS = 12
"""How often each test kills its lesson; `tests.bench.kills` kills for much longer."""
EDITS = (
    *(f"{number}{KEYS['enter']}" for number in (3, 7, 12, 40, 95)),
    *("up", "down", "left", "right", "n", "n", "n", "p", "a", "c", "u", "u", "U", "5", "enter"),
)
_ON = ("right", "down", "n", ".", "pagedown")
_BACK = ("left", "up", "p", ",", "pageup")
STEPS = (*_ON, *_ON, *_BACK, "home", "end", "c")
PANES = ("tab", "tab", "shift+tab", "up", "down", "n", "n", "p", "c", "u", "U")

_LESSON = 'title = "K"\n[training]\niterations = 30\n'
_SIZE = (80, 24)
# The line with the names of the panes.
_TABS = 2
_LEAST_SEEN = 1
_MOST_KEYS = 8
_MOST_FRAMES = 10
_MOST_SECONDS = 0.03
# When keys have changed nothing, no frame says that they were taken.
_TAKEN_SECONDS = 0.05
_HEADER = re.compile(r"iteration (\d+) of \d+  J (?:= (\S+)|not yet)")


class Shown(NamedTuple):
    """What the two lines at the top say: iteration, step, and J, which is "" where it is not shown."""

    iteration: int
    step: str
    J: str


def kill_again_and_again(
    dashboards: ForkServer, folder: Path, seed: int, keys: Sequence[str], pane: str = "", kills: int = KILLS
) -> None:
    """Presses ``keys`` at random, in ``pane`` if one is named; kills; goes on with the lesson; and so forth.

    Fails if the log lacks anything that was drawn.
    """
    chance = random.Random(seed)  # noqa: S311 - nothing is kept secret with it
    path = folder / "k.toml"
    path.write_text(_LESSON, encoding="utf-8")
    drawn: list[Shown] = []
    recorded = read(path)
    for _ in range(kills):
        with dashboards.start([str(path)], _SIZE) as dashboard:
            _go_on(dashboard, recorded)
            if pane:
                _focus(dashboard, pane)
            _press_until_killed(dashboard, chance, keys)
            drawn += _drawn(dashboard)
        recorded = _recorded(recorded)
        missing = _missing(drawn, _passed_through(recorded))
        assert not missing, f"drawn, but not recorded: {missing[0]}, as number {len(drawn) - len(missing) + 1}"
    assert verify(recorded).passed
    # Keys were taken, and what they did was seen.
    assert len(set(drawn)) > _LEAST_SEEN


def _go_on(dashboard: ForkedDashboard, recorded: Lesson) -> None:
    """Goes on with the lesson that broke off, at the very step; with the file where nothing had happened yet."""
    dashboard.until(lambda screen: _shown(screen) is not None and "] " in screen.lines[_TABS])
    if not recorded.entries:
        return
    last = _at(recorded.state, RunCache())
    offer = ("go on with it", f": K, iteration {last.iteration},", f" {last.step}.")
    dashboard.until(lambda screen: all(text in screen.text for text in offer))
    dashboard.press("c")
    dashboard.until(lambda screen: "go on with it" not in screen.text and _shown(screen) == last)


def _focus(dashboard: ForkedDashboard, pane: str) -> None:
    """A click on the pane's tab gives it the keys, as its title tells; dots lead to the tabs beside them.

    Clicked again where it was not taken: a lesson that is just being opened may take the keys for itself.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    while focused(dashboard.screen) != [pane]:
        assert time.monotonic() < deadline, f"{pane} does not get the keys; {dashboard.report}"
        tabs = dashboard.screen.lines[_TABS]
        dashboard.press(click(tabs.index(pane if pane in tabs else "…"), _TABS))
        assert dashboard.read(1.0), f"the dashboard has ended; {dashboard.report}"
        list(dashboard.look())


def _press_until_killed(dashboard: ForkedDashboard, chance: random.Random, keys: Sequence[str]) -> None:
    """Presses keys as fast as they are taken, and kills: after some frames, and then some milliseconds later."""
    frames = dashboard.frames + chance.randint(0, _MOST_FRAMES)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while dashboard.frames < frames:
        assert time.monotonic() < deadline, f"nothing is drawn; {dashboard.report}"
        dashboard.press("".join(KEYS.get(key, key) for key in chance.choices(keys, k=chance.randint(1, _MOST_KEYS))))
        assert dashboard.read(_TAKEN_SECONDS), f"the dashboard has ended; {dashboard.report}"
    moment = time.monotonic() + chance.uniform(0.0, _MOST_SECONDS)
    while (left := moment - time.monotonic()) > 0:
        dashboard.read(left)
    dashboard.kill()


def _drawn(dashboard: ForkedDashboard) -> list[Shown]:
    """What the top said in each frame since the last look."""
    return [shown for screen in dashboard.look() if (shown := _shown(screen))]


def _shown(screen: Emulator) -> Shown | None:
    found = _HEADER.search(screen.lines[0])
    return Shown(int(found[1]), step_shown(screen), found[2] or "") if found else None


def _recorded(before: Lesson) -> Lesson:
    """The lesson that broke off; as before it, where not even one event has happened since."""
    unfinished = library.unfinished_recordings()
    if not unfinished:
        assert not before.entries
        return before
    (one,) = unfinished
    return read(one.path)


def _passed_through(lesson: Lesson) -> list[Shown]:
    """What the top says at each place of the log."""
    runs = RunCache()
    state = State.opened(lesson.document)
    shown = [_at(state, runs)]
    for entry in lesson.entries:
        state = apply_event(state, entry.event)
        shown.append(_at(state, runs))
    return shown


def _at(state: State, runs: RunCache) -> Shown:
    run = runs.run_of(state.plan)
    run.extend(state.iteration)
    names = [step.name for step in state.steps]
    is_known = state.step_number > names.index("J")
    cost = rounded_text(run.cost(state.iteration), 4) if is_known else ""
    return Shown(state.iteration, UNICODE.for_network(state.document.network).name(state.step.name), cost)


def _looks(passed: list[Shown], here: int) -> set[Shown]:
    """What the top may say at a place of the log.

    The line of the header and that of the steps are two widgets. On a busy machine, the frame between them has one of
    the new place and one of the place before.
    """
    at, before = passed[here], passed[max(0, here - 1)]
    looks = {at, at._replace(step=before.step), before._replace(step=at.step)}
    # While the run is being computed, its J is not there yet.
    return looks | {one._replace(J="") for one in looks}


def _missing(drawn: list[Shown], passed: list[Shown]) -> list[Shown]:
    """What is left of ``drawn`` where no place of ``passed``, at the one of the frame before or later, shows it."""
    here = 0
    for i, shown in enumerate(drawn):
        while here < len(passed) and shown not in _looks(passed, here):
            here += 1
        if here == len(passed):
            return drawn[i:]
    return []
