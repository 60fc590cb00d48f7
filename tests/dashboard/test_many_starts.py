"""The key t: many starts, with one or two settings varied as well, and any of them as a run beside the one shown."""

from pathlib import Path

from tests.dashboard.stage import Stage, lesson_in, opened, recorded
from tests.unit.helpers import plain
from tui_nn.session.events import SettingsTried, StartTried, Undone
from tui_nn.session.storage import library

_SHORT = "[training]\niterations = 60\n"


async def _asked(stage: Stage, *fields: str) -> None:
    """Types into the fields of the dialog, one after the other, and waits for what is computed."""
    await stage.press("t")
    for number, text in enumerate(fields):
        if number:
            await stage.press("tab")
        await stage.type(text)
    await stage.press("enter")
    await stage.until(lambda: "Training" not in stage.text)
    await stage.settle()


async def test_many_starts_are_listed_and_one_of_them_is_opened(tmp_path: Path) -> None:
    async with opened(lesson_in(tmp_path, _SHORT)) as stage:
        await stage.press("t")
        assert "From how many starts (seeds)?" in stage.dialog
        assert " 1000 " in stage.dialog
        await stage.press("escape")
        await _asked(stage, "3")
        assert "3 starts, J of iteration 60: least" in stage.text
        await stage.press("enter")
        made = [entry.event for entry in recorded().entries if isinstance(entry.event, StartTried)]
        assert [one.name for one in made] == [f"B (seed {one.seed})" for one in made]
        assert len(made) == 1


async def test_two_settings_are_varied_and_the_best_is_opened_and_undone(tmp_path: Path) -> None:
    async with opened(lesson_in(tmp_path, _SHORT), size=(120, 40)) as stage:
        await _asked(stage, "3", "learning rate", "0.1,5", "hidden units", "2,4-3")
        assert "4 combinations, 60 iterations, by median J. Best: learning rate 5, hidden units" in stage.text
        assert "learning rate down, hidden units across" in stage.text
        assert "median J" in stage.text.partition("across")[2]
        rows = [line.split() for line in stage.text.splitlines()[3:7]]
        medians = [float(row[3]) for row in rows]
        assert medians == sorted(medians)
        await stage.press("down", "space")
        assert stage.text.splitlines()[4].startswith(" + ")
        await stage.press("enter")
        units = tuple(map(int, rows[1][1].split("-")))
        tried = SettingsTried(
            f"B ({rows[1][0]}, {rows[1][1]}, seed {rows[1][-1]})",
            ("learning_rate", "hidden"),
            (float(rows[1][0]), units),
            int(rows[1][-1]),
        )
        happened = [entry.event for entry in recorded().entries if isinstance(entry.event, SettingsTried)]
        assert happened == [tried]
        assert (stage.document.learning_rate, stage.document.hidden) == (float(rows[1][0]), units)
        assert plain(recorded().state) == plain(stage.app.state)
        await stage.press("u")
        assert Undone() in [entry.event for entry in recorded().entries]
        assert stage.document.hidden == (3,)


async def test_the_dialog_says_what_can_t_be(tmp_path: Path) -> None:
    async with opened(lesson_in(tmp_path, f'{_SHORT}[start]\nmethod = "ones"\n'), size=(80, 24)) as stage:
        await stage.press("t")
        assert 'Every start is the same where its method is "ones".' in " ".join(stage.dialog.split())
        await stage.press("enter")
        assert "Name a setting, and type its values beside it." in stage.dialog
        await stage.type("l")
        await stage.press("enter")
        assert 'Several settings begin with "l"' in stage.dialog
        await stage.press("backspace")
        await stage.type("rate")
        await stage.press("tab")
        assert "now 5" in stage.dialog
        await stage.type("1,0")
        await stage.press("enter")
        assert "The learning rate must be above 0; you typed 0." in stage.dialog
        await stage.press("backspace", "5", "enter")
        await stage.until(lambda: "2 combinations" in stage.text)
        await stage.press("escape")
        assert library.recordings() == []
