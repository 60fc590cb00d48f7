"""The command that runs a module of this program in another process."""

import sys
from pathlib import Path

_ROOT = str(Path(__file__).parents[2])


def command_of(module: str) -> list[str]:
    """The command that runs ``main()`` of ``module`` with this Python, from the files of this program.

    ``python -m`` would look in the current directory first. In a folder where others can write, that may be their code.
    """
    here = f"{_ROOT!r} in sys.path or sys.path.insert(0, {_ROOT!r})"
    return [sys.executable, "-P", "-c", f"import sys; {here}; from {module} import main; sys.exit(main())"]
