"""The commands that print instead of opening the dashboard: text for people, JSON and CSV for programs."""

from tui_nn.headless.checking import check
from tui_nn.headless.computing import export, predict, show, starts, train
from tui_nn.headless.recorded import answers, sessions, share, verify

__all__ = ["COMMANDS", "export"]

COMMANDS = {
    "train": train,
    "show": show,
    "predict": predict,
    "check": check,
    "starts": starts,
    "verify": verify,
    "answers": answers,
    "share": share,
    "sessions": sessions,
}
"""What each command does, by its name."""
