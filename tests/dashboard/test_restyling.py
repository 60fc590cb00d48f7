"""Going from pane to pane styles few widgets, with the same result as styling all."""

from collections import Counter
from pathlib import Path

import pytest
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.widget import Widget

from tests.dashboard.stage import Stage, opened

_KEYS = [*["tab"] * 14, "escape", "e", "escape", "y", "escape", "G", "escape", "5", "0", "shift+tab", "right", "z", "z"]
_FEW = 20
"""The screen has more than thirty widgets and scrollbars."""


def _rules(stage: Stage) -> dict[str, object]:
    widgets = [one for one in stage.app.screen.walk_children(with_self=True) if isinstance(one, Widget)]
    return {f"{number} {one.id}": dict(one.styles.base.get_rules()) for number, one in enumerate(widgets)}


@pytest.mark.parametrize("size", [(120, 40), (200, 60), (120, 30), (80, 24), (80, 40)])
async def test_wherever_the_keys_lead_all_widgets_have_the_style_of_their_classes(size: tuple[int, int]) -> None:
    async with opened(size=size) as stage:
        # The first screen as well, before any key.
        for key in ("", *_KEYS):
            if key:
                await stage.press(key)
            _check_rules(stage, key)
        for other in ((80, 24), (120, 40), size):
            await stage.pilot.resize_terminal(*other)
            await stage.pilot.pause()
            _check_rules(stage, str(other))


def _check_rules(stage: Stage, when: str) -> None:
    shown = _rules(stage)
    stage.app.stylesheet.update(stage.app.screen)
    assert _rules(stage) == shown, when


async def test_the_first_screen_reads_no_style_sheet_that_it_does_not_need() -> None:
    async with opened(size=(120, 40)) as stage:
        assert _sheets(stage) == {"app", "all_panes"}
        await stage.press("question_mark")
        assert "dialogs" in _sheets(stage)


def _sheets(stage: Stage) -> set[str]:
    return {Path(path).stem for path, _ in stage.app.stylesheet.source if path.endswith(".tcss")}


async def test_the_next_pane_styles_only_what_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    styled: Counter[str | None] = Counter()
    apply = Stylesheet.apply

    def counted(sheet: Stylesheet, node: DOMNode, *, animate: bool = False, cache: object = None) -> None:
        styled[node.id] += 1
        apply(sheet, node, animate=animate, cache=cache)  # type: ignore[arg-type]

    monkeypatch.setattr(Stylesheet, "apply", counted)
    async with opened(size=(120, 40)) as stage:
        for _ in range(4):
            styled.clear()
            await stage.press("tab")
            assert styled.total() < _FEW
