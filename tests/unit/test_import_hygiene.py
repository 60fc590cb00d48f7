"""What is imported, looked at in fresh processes."""

import json
import subprocess
import sys
from collections.abc import Sequence

import pytest

from tui_nn.handouts import FORMATS_WITHOUT_SCREEN


def _loaded(code: str) -> set[str]:
    """The packages and modules that ``code`` brings into a new process."""
    program = f"import json, sys\n{code}\nprint(json.dumps(list(sys.modules)), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", program], stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=True
    )
    return set(json.loads(done.stderr.splitlines()[-1]))


_COMMANDS = (
    ("train", "lecture", "--iterations", "10"),
    ("show", "lecture", "--iteration", "2", "--format", "json"),
    ("check", "lecture"),
    ("sessions",),
    ("lecture",),
)


def _done(commands: Sequence[Sequence[str]]) -> str:
    """A program that does the commands one after the other."""
    return f"from tui_nn.cli import main\nfor command in {commands!r}: main(command)"


def test_commands_without_a_screen_load_nothing_of_the_screen() -> None:
    loaded = _loaded(_done([*_COMMANDS, *(("export", "lecture", "--to", kind) for kind in FORMATS_WITHOUT_SCREEN)]))
    assert {"tui_nn.cli.printing_commands", "tui_nn.handouts.exports"} <= loaded
    assert not loaded & {"textual", "rich", "plotext", "tui_nn.dashboard"}


def test_no_other_command_loads_what_writes_handouts() -> None:
    loaded = _loaded(_done(_COMMANDS))
    assert {name for name in loaded if name.startswith("tui_nn.handouts.")} <= {
        "tui_nn.handouts.export_formats",
        "tui_nn.handouts.output",
    }


def test_the_mathematics_load_neither_files_nor_sessions() -> None:
    loaded = _loaded("import tui_nn.network")
    assert not loaded & {"rtoml", "tomli_w", "platformdirs", "tui_nn.session", "tui_nn.writing", "tui_nn.cli"}


def test_the_session_knows_nothing_of_how_it_is_written_on_a_screen() -> None:
    loaded = _loaded(
        "import tui_nn.session.storage.session_file, tui_nn.session.lesson_log, tui_nn.session.storage.bundled_lessons"
    )
    ours = {f"tui_nn.{name}" for name in ("writing", "handouts", "dashboard", "cli")}
    assert not loaded & {*ours, "textual", "rich", "plotext"}


def test_what_is_opened_from_the_first_screen_is_not_waited_for_before_it() -> None:
    loaded = _loaded(
        "import tui_nn.cli, tui_nn.dashboard.apps.teach\n"
        "from tui_nn.session.storage import bundled_lessons as lessons\n"
        "tui_nn.dashboard.apps.teach.TeachingSession.opened(lessons.bundled()[lessons.LECTURE]).fresh_document.start_parameters"
    )
    later = (
        "dialogs.ask",
        "dialogs.file_questions",
        "dialogs.questions",
        "dialogs.numbers_dialog",
        "panes.parts.diagnosis_lines",
        "view_model.their_numbers",
        "screens.help_dialog",
        "screens.many_starts",
        "features.watching.replaying",
        "features.watching.viewing",
        "apps.follow",
        "apps.replay",
    )
    assert not loaded & {f"tui_nn.dashboard.{name}" for name in later}
    assert not loaded & {
        "tui_nn.cli.printing_commands",
        "tui_nn.handouts.exports",
        "tui_nn.network.diagnosis",
        "tui_nn.session.homework",
        "tui_nn.session.storage.sharing",
        "plotext",
        "numpy.random",
        "numpy.ma",
    }


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_who_asks_for_help_does_not_wait_for_numpy(option: str) -> None:
    loaded = _loaded(f"from tui_nn.cli import main\ntry: main(['{option}'])\nexcept SystemExit: pass")
    assert "tui_nn.cli.opening_parser" in loaded
    assert not loaded & {"numpy", "tui_nn.network", "tui_nn.cli.entry"}
