"""Prints what lets a shell complete the commands and options of tui-nn when the user presses Tab."""

import argparse
from collections.abc import Mapping

from tui_nn.cli.arguments import completing_parser
from tui_nn.handouts.output import to_standard_output
from tui_nn.session.storage import bundled_lessons


def completion(request: argparse.Namespace) -> int:
    """Prints the script for the shell that ``request`` names."""
    # Imported here: no other command needs it.
    import shtab

    parser = completing_parser(_of_lessons(), shtab.FILE)
    to_standard_output(f"{shtab.complete(parser, request.shell, root_prefix='tui_nn')}\n", "utf-8")
    return 0


def _of_lessons() -> Mapping[str, object]:
    """How each shell completes a lesson, as shtab wants it: by the names of those that come with tui-nn, or a file."""
    names = " ".join(bundled_lessons.bundled())
    return {
        "bash": "_tui_nn_lessons_and_files",
        "zsh": "_tui_nn_lessons_and_files",
        "fish": f"(string split ' ' '{names}'; __fish_complete_path (commandline -ct))",
        "powershell": "_tui_nn_lessons_and_files",
        "preamble": {
            "bash": f'''
_tui_nn_lessons_and_files() {{
  compgen -W "{names}" -- "$1"
  compgen -f -- "$1"
}}
''',
            "zsh": f"""
_tui_nn_lessons_and_files() {{
  _alternative 'lessons:lesson:({names})' 'files:file:_files'
}}
""",
            "powershell": f"""
function _tui_nn_lessons_and_files {{
  param([string]$WordToComplete)
  '{names}' -split ' ' | Where-Object {{ $_ -like "$WordToComplete*" }}
  Get-ChildItem -Path "$WordToComplete*" -ErrorAction SilentlyContinue | ForEach-Object {{ $_.Name }}
}}
""",
        },
    }
