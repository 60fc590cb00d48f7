"""The processes among which a sweep shares out its combinations."""

import os
import signal
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import redirect_stderr
from dataclasses import replace
from functools import partial
from multiprocessing import get_context, parent_process
from multiprocessing.sharedctypes import RawArray
from threading import Thread
from typing import Any

from tui_nn.session.runs.sweep import CombinationRuns, ProcessEnded, train_all
from tui_nn.session.runs.swept_settings import Combination
from tui_nn.system import processes as system_processes
from tui_nn.system.own_program import only_own_modules

_POLL_SECONDS = 0.1

# In a process that computes for another: how much of each combination is done, from 0 to 1; the last number is 1 once
# it has to stop.
_shared: Any = None


def side_by_side(
    swept: Sequence[Combination],
    seeds: range,
    processes: int,
    stop: Callable[[], bool],
    progress: Callable[[float], None],
) -> list[CombinationRuns]:
    """Trains each combination in one of so many ``processes``, as `sweep` does."""
    # Not "fork": a copy of a process that has threads, such as the screen's, may hang.
    context = get_context("spawn")
    # The screen puts an object without a file in the place of standard error, which processes could not take over.
    with only_own_modules(), redirect_stderr(sys.__stderr__):
        shared = RawArray("d", len(swept) + 1)
        pool = ProcessPoolExecutor(processes, context, _begin_process, (shared,))
        # The process that looks after those of a pool has begun now, and has let Ctrl+C through again.
        with system_processes.interrupts_held_back():
            under_way = [pool.submit(_train_in_process, one, seeds, place) for place, one in enumerate(swept)]
    interrupt: KeyboardInterrupt | None = None
    try:
        left = set(under_way)
        while left and not stop():
            left = wait(left, _POLL_SECONDS, FIRST_COMPLETED).not_done
            progress(sum(shared[:-1]) / len(swept))
    except KeyboardInterrupt as pressed:
        interrupt = pressed
    finally:
        shared[-1] = 1
        pool.shutdown(cancel_futures=True)
    try:
        found = _complete(under_way, swept)
    except ProcessEnded:
        # On Windows, Ctrl+C also ends a process that has only begun.
        if interrupt:
            raise interrupt from None
        raise
    if interrupt and not found:
        raise interrupt
    return found


def _complete(
    under_way: Sequence[Future[CombinationRuns | None]], swept: Sequence[Combination]
) -> list[CombinationRuns]:
    """What is complete, each with the combination itself, not with the copy that its process had.

    Raises what went wrong in a process.
    """
    ended = [(one, own) for one, own in zip(under_way, swept, strict=True) if one.done() and not one.cancelled()]
    try:
        return [replace(found, combination=own) for one, own in ended if (found := one.result()) is not None]
    except BrokenProcessPool:
        raise ProcessEnded from None


def _begin_process(shared: Any) -> None:
    # A pool hands over what processes share in no other way.
    global _shared
    _shared = shared
    # Ctrl+C is for the process that shares out the work: it says when to stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Ends this process once the one that it computes for is gone."""
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _train_in_process(one: Combination, seeds: range, place: int) -> CombinationRuns | None:
    def told(done: float) -> None:
        _shared[place] = done

    return train_all(one, seeds, partial(_is_stopped, _shared), told)


def _is_stopped(shared: Any) -> bool:
    return bool(shared[-1])
