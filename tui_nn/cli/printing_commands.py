"""The commands that print instead of opening the dashboard, by their names."""

from tui_nn.cli.answers_command import answers
from tui_nn.cli.check_command import check
from tui_nn.cli.completion_command import completion
from tui_nn.cli.compute_commands import export, predict, show, starts, train
from tui_nn.cli.data_commands import new, split
from tui_nn.cli.diagnose_command import diagnose
from tui_nn.cli.lesson_commands import sessions, share, verify
from tui_nn.cli.reading_commands import derive, walk
from tui_nn.cli.sweep_command import sweep_command

__all__ = ["COMMANDS", "export"]

COMMANDS = {
    "train": train,
    "show": show,
    "derive": derive,
    "walk": walk,
    "predict": predict,
    "check": check,
    "diagnose": diagnose,
    "starts": starts,
    "sweep": sweep_command,
    "verify": verify,
    "answers": answers,
    "new": new,
    "split": split,
    "share": share,
    "sessions": sessions,
    "completion": completion,
}
"""What each command does, by its name."""
