"""The command line."""

import gc

# The garbage collector would take a tenth of the time of the imports, and find nothing.
_was_enabled = gc.isenabled()
gc.disable()

from tui_nn.cli.entry import main  # noqa: E402

# The modules stay: it need not look through them.
gc.freeze()
if _was_enabled:
    gc.enable()

__all__ = ["main"]
