"""Runs this program's modules in other processes, and never modules from the current directory."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_ROOT = str(Path(__file__).parents[2])
_VARIABLE = "PYTHONSAFEPATH"


def command_of(module: str) -> list[str]:
    """The command that runs ``main()`` of ``module`` with this Python, from the files of this program.

    ``python -m`` would look in the current directory first. In a folder where others can write, that may be their code.
    """
    here = f"{_ROOT!r} in sys.path or sys.path.insert(0, {_ROOT!r})"
    return [sys.executable, "-P", "-c", f"import sys; {here}; from {module} import main; sys.exit(main())"]


@contextmanager
def only_own_modules() -> Iterator[None]:
    """In this block, processes that Python itself starts, such as those of a pool, ignore the current directory."""
    before = os.environ.get(_VARIABLE)
    os.environ[_VARIABLE] = "1"
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(_VARIABLE, None)
        else:
            os.environ[_VARIABLE] = before
