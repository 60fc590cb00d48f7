"""Prints what lets a shell complete the commands and options of tui-nn when the user presses Tab."""

import argparse
from collections.abc import Mapping

from tui_nn.cli.arguments import completing_parser
from tui_nn.cli.command_table import COMMANDS
from tui_nn.handouts.output import to_standard_output
from tui_nn.session.storage import bundled_lessons

_PREFIX = "tui_nn"
_LESSONS_AND_FILES = "_tui_nn_lessons_and_files"


def completion(request: argparse.Namespace) -> int:
    """Prints the script for the shell that ``request`` names."""
    # Imported here: no other command needs it.
    import shtab

    parser = completing_parser(_of_lessons(), shtab.FILE)
    script = shtab.complete(parser, request.shell, root_prefix=_PREFIX)
    to_standard_output(f"{script}\n{_FIRST_WORD.get(request.shell, '')}", "utf-8")
    return 0


# Where a command may stand, a lesson or a file may stand as well. shtab completes commands alone there: a parser
# has one argument in each place.
_FIRST_WORD = {
    "bash": f"_shtab_{_PREFIX}_pos_0_COMPGEN={_LESSONS_AND_FILES}\n",
    "fish": f"complete -c tui-nn -n '_shtab_{_PREFIX}_using; and test $_shtab_{_PREFIX}_npos -eq 0' "
    f"-ka '({_LESSONS_AND_FILES})' -d 'a lesson or a file'\n",
    "powershell": f"$_shtab_{_PREFIX}_compgens['_shtab_{_PREFIX}_pos_0'] = '{_LESSONS_AND_FILES}'\n",
}
# The last line of the script for zsh already calls a function. So these stand before it, and replace two of shtab's.
_FIRST_WORD_IN_ZSH = f"""
_tui_nn_dashboard_options=("${{_shtab_{_PREFIX}_options[@]}}")
functions[_tui_nn_commands_alone]=$functions[_shtab_{_PREFIX}_commands]
functions[_tui_nn_of_commands]=$functions[_shtab_{_PREFIX}]

_shtab_{_PREFIX}_commands() {{
  _alternative 'commands:command:_tui_nn_commands_alone' 'lessons:lesson or file:{_LESSONS_AND_FILES}'
}}

_shtab_{_PREFIX}() {{
  local word
  for word in "${{(@)words[2,CURRENT-1]}}"; do
    if (( ${{_tui_nn_command_names[(Ie)$word]}} )); then
      _tui_nn_of_commands
      return
    fi
  done
  _arguments -s "${{_tui_nn_dashboard_options[@]}}" '1: :_shtab_{_PREFIX}_commands'
}}
"""


def _of_lessons() -> Mapping[str, object]:
    """How each shell completes a lesson, as shtab wants it: by the names of those that come with tui-nn, or a file."""
    names = " ".join(bundled_lessons.bundled())
    return {
        "bash": _LESSONS_AND_FILES,
        "zsh": _LESSONS_AND_FILES,
        "fish": f"({_LESSONS_AND_FILES})",
        "powershell": _LESSONS_AND_FILES,
        "preamble": {
            "bash": f'''
{_LESSONS_AND_FILES}() {{
  compgen -W "{names}" -- "$1"
  compgen -f -- "$1"
}}
''',
            "fish": f"""
function {_LESSONS_AND_FILES}
  string split ' ' '{names}'
  __fish_complete_path (commandline -ct)
end
""",
            "zsh": f"""
_tui_nn_command_names=({" ".join(COMMANDS)})
{_LESSONS_AND_FILES}() {{
  _alternative 'lessons:lesson:({names})' 'files:file:_files'
}}
{_FIRST_WORD_IN_ZSH}""",
            "powershell": f"""
function {_LESSONS_AND_FILES} {{
  param([string]$WordToComplete)
  '{names}' -split ' ' | Where-Object {{ $_ -like "$WordToComplete*" }}
  Get-ChildItem -Path "$WordToComplete*" -ErrorAction SilentlyContinue | ForEach-Object {{ $_.Name }}
}}
""",
        },
    }
