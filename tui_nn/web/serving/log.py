"""The server's log: a line on standard error for what its user may want to know, never a traceback."""

import logging
from datetime import datetime

from tui_nn.handouts.output import to_standard_error

LOGGER = logging.getLogger("tui_nn.web")
_LONGEST = 300


def log(sentence: str) -> None:
    """Writes a sentence with the time before it."""
    to_standard_error(f"{datetime.now():%H:%M:%S}  {sentence[:_LONGEST]}")


class _Sentences(logging.Handler):
    """Writes what the libraries log: their message and the error's, in one line."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, ConnectionError):
            # A browser that leaves in the middle of an answer is no news.
            return
        why = f": {type(error).__name__} {error}" if error else ""
        log(" ".join(f"{record.getMessage()}{why}".split()))


def log_libraries() -> None:
    """Lets the libraries write their warnings into this log."""
    handler = _Sentences(logging.WARNING)
    for logger in (LOGGER, logging.getLogger("aiohttp"), logging.getLogger("asyncio")):
        logger.addHandler(handler)
        logger.propagate = False
