"""The manual: what it leads to is there, and what there is stands in it."""

import argparse
import re
from pathlib import Path

import pytest

from tui_nn.cli import entry
from tui_nn.cli.arguments import described_parser
from tui_nn.dashboard.screens.commands import COMMANDS, LOOKING_AROUND, PLACES, REPLAYING
from tui_nn.session.display_choices import CHARTS
from tui_nn.session.events import EVENT_CLASSES
from tui_nn.session.quiz.questions import ASKS, Question
from tui_nn.session.storage import bundled_lessons

_ROOT = Path(__file__).resolve().parents[2]
_PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    "docs/architecture.md",
    "docs/for-teachers.md",
    "docs/for-students.md",
    "docs/homework.md",
    "docs/session-file.md",
    "docs/data.md",
    "docs/verdicts.md",
    "docs/json.md",
    "docs/using.md",
    "docs/recording.md",
    "docs/windows-and-macos.md",
    "docs/commands.md",
    "docs/browser.md",
)
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
_SECTION_LINK = re.compile(r"\]\(([^)#\s]*)#([^)]+)\)")
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


@pytest.mark.parametrize("page", _PAGES)
def test_every_page_and_picture_that_a_page_leads_to_is_there(page: str) -> None:
    path = _ROOT / page
    links = [link for link in _LINK.findall(path.read_text(encoding="utf-8")) if "://" not in link]
    missing = [link for link in links if not (path.parent / link).is_file()]
    assert not missing


def _anchors(page: Path) -> set[str]:
    """The anchors that GitHub gives the headings of ``page``."""
    headings = _HEADING.findall(page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", _PAGES)
def test_every_section_that_a_page_leads_to_is_there(page: str) -> None:
    path = _ROOT / page
    links = _SECTION_LINK.findall(path.read_text(encoding="utf-8"))
    missing = [
        f"{name}#{anchor}"
        for name, anchor in links
        if "://" not in name and anchor not in _anchors(path.parent / name if name else path)
    ]
    assert not missing


def test_every_file_of_the_architecture_is_there() -> None:
    page = (_ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:[\w.]+/)+[\w.]*|\w+\.py)`", page))
    # These stand for the file that a recipe is about to add.
    named = {name for name in named if "NAME" not in name and not name.endswith(("softsign.py", "huber.py"))}
    everywhere = [path.relative_to(_ROOT).as_posix() for path in _ROOT.rglob("*") if ".venv" not in path.parts]
    missing = {name for name in named if not any(f"/{path}".endswith(f"/{name.rstrip('/')}") for path in everywhere)}
    assert not missing


def test_the_manual_names_every_command_and_every_lesson() -> None:
    readme = (_ROOT / "README.md").read_text(encoding="utf-8")
    for command in entry._COMMANDS:
        assert f"tui-nn {command}" in readme, command
    for name in bundled_lessons.bundled():
        assert f"`{name}`" in readme, name


def test_the_man_page_has_every_command_and_every_option() -> None:
    page = (_ROOT / "docs" / "tui-nn.1").read_text(encoding="utf-8").replace("\\-", "-")
    parser = described_parser()
    (commands,) = (action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    assert set(commands.choices) == set(entry._COMMANDS)
    for name, of_command in (("", parser), *commands.choices.items()):
        assert f".SS \\fBtui-nn {name}\\fR" in page or not name
        for action in of_command._actions:
            assert all(f"\\fB{option}\\fR" in page for option in action.option_strings if "-h" not in option), action


def test_the_page_of_the_session_file_has_every_event_and_every_field_of_a_question() -> None:
    page = (_ROOT / "docs" / "session-file.md").read_text(encoding="utf-8")
    for kind in EVENT_CLASSES:
        assert f"`{kind}`" in page, kind
    for chart in CHARTS:
        assert f'"{chart}"' in page, chart
    for ask in ASKS:
        assert f'"{ask}"' in page, ask
    for field in Question.__dataclass_fields__:
        assert re.search(rf"\b{field}\b", page), field


def test_the_table_of_all_keys_has_every_key_of_a_lesson() -> None:
    page = (_ROOT / "docs" / "using.md").read_text(encoding="utf-8")
    table = page.partition("## All keys")[2].partition("\n## ")[0]
    for command in COMMANDS:
        # The digits that choose a chart stand there as a range; a replay has a table of its own.
        is_of_lesson = command.where in PLACES and command.where not in (REPLAYING, LOOKING_AROUND)
        if command.keys and is_of_lesson and not command.shown[0].isdigit():
            shown = f"`{command.shown}`" if len(command.shown) == 1 else command.shown
            assert shown in table, command


def test_every_test_that_the_workflow_leaves_out_exists() -> None:
    workflow = (_ROOT / ".github" / "workflows" / "tests.yml").read_text(encoding="utf-8")
    left_out = re.findall(r"--(?:ignore|deselect) \"?(tests/[\w/]+\.py)(?:::(\w+))?", workflow)
    left_out += [(f"tests/unit/{name}.py", "") for name in re.findall(r" -e (test_\w+)", workflow)]
    assert len(left_out) > 3
    for path, name in left_out:
        assert f"def {name or 'test_'}" in (_ROOT / path).read_text(encoding="utf-8"), (path, name)
