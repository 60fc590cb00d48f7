"""What ``tui-nn serve`` says where it can't serve."""

import sys
import tomllib
from pathlib import Path

import pytest

from tests.unit.command_line import command
from tui_nn.cli.serve_command import PACKAGES


@pytest.mark.posix
def test_where_packages_are_missing_it_names_them_and_the_python_that_needs_them(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui_nn.web.serving.routes.find_spec", lambda _name: None)
    answer = command(capsys, "serve", "lecture")
    assert answer.code == 2
    assert f"{sys.executable}: 'aiohttp>=3.9.5' 'textual-serve>=1.1.3,<1.2'" in answer.err


def test_the_packages_that_it_names_are_those_of_the_extra() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    assert list(PACKAGES) == project["project"]["optional-dependencies"]["web"]
