"""The command line."""

from tui_nn.cli.entry import main

__all__ = ["main"]
