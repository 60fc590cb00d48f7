"""What is typed belongs to the value under the cursor: letters choose, rows are typed as in a spreadsheet."""

import numpy as np

from tests.dashboard.stage import opened, recorded
from tui_nn.session.events import HyperparameterSet, Noted


async def test_letters_typed_on_a_setting_choose_or_are_refused_and_never_run_a_command() -> None:
    async with opened(trained=False) as stage:
        await stage.choose_setting("activation")
        for word, activation in (("relu", "relu"), ("tanh", "tanh"), ("Identity", "identity"), ("si", "sigmoid")):
            await stage.type(word)
            assert stage.document.network.activation == activation
            # Enter ends the word.
            await stage.press("enter")
            assert stage.document.network.activation == activation
        await stage.press("enter", "left")
        await stage.type("xyz")
        assert 'The activation has no choice that begins with "z"' in stage.latest_notice
        assert stage.document.network.activation == "sigmoid"
        await stage.choose_setting("bias")
        await stage.type("yes")
        assert stage.document.network.bias
        await stage.choose_setting("learning_rate")
        await stage.type("abc")
        await stage.press("enter")
        assert 'The learning rate must be a number, such as 0.5, 1e-3 or 1/3; you typed "abc".' in stage.words(
            "settings"
        )
        await stage.press("escape")
        kinds = {type(entry.event) for entry in recorded().entries}
        assert HyperparameterSet in kinds
        assert Noted not in kinds
        assert stage.app.state.branches.names == ("A",)


async def test_rows_are_typed_with_tab_and_enter() -> None:
    async with opened(trained=False) as stage:
        await stage.focus("data")
        begun = stage.document.dataset
        # Enter after Tabs goes below where they began; below the last row is another one.
        await stage.press("8", "tab", "9", "tab", "6", "1", "enter")
        await stage.press("1", "tab", "2", "tab", "3", "tab", "enter")
        await stage.press("4", "tab", "5", "tab", "6", "enter", "7", "tab", "8", "tab", "9", "enter")
        data = stage.document.dataset
        assert np.hstack([data.x, data.y]).tolist() == [[8, 9, 61], [1, 2, 3], [4, 5, 6], [7, 8, 9]]
        await stage.press(*["u"] * 12)
        assert stage.document.dataset is begun
        # What is refused on the way, what Esc leaves as it was and shift+Tab do not forget where the Tabs began.
        await stage.press("up", "up", "up", "up", "down", "right")
        await stage.press(
            "8", "tab", "1", "x", "tab", "backspace", "backspace", "7", "shift+tab", "5", "escape", "6", "tab", "enter"
        )
        assert stage.document.dataset.x[0, 1] == 6
        assert stage.document.dataset.y[0, 0] == 7
        assert stage.app.lesson_screen.query_one("#data").cursor == (2, 1)  # type: ignore[attr-defined]
        # Arrows do: Enter then goes down.
        await stage.press("8", "tab", "left", "left", "5", "enter")
        assert stage.app.lesson_screen.query_one("#data").cursor == (3, 0)  # type: ignore[attr-defined]


async def test_the_palette_leads_to_settings_and_does_nothing_that_was_not_meant() -> None:
    async with opened(trained=False) as stage:
        before = stage.document
        # As fast as keys can come.
        await stage.pilot.press("ctrl+p", *"relu", "enter")
        await stage.settle()
        assert "The activation is sigmoid. Make it relu?" in stage.dialog
        await stage.press("enter")
        assert stage.document is before
        for words, row in (("learning rate", "learning rate"), ("seed", "seed"), ("hidden units", "hidden units")):
            await stage.press("ctrl+p")
            await stage.type(words)
            await stage.press("enter")
            assert stage.app.screen.focused is not None
            assert stage.app.screen.focused.id == "settings"
            selected = stage.app.state.selected("settings")
            assert selected is not None
            assert selected.matrix.replace("_", " ") == row.replace(" units", "")
        await stage.press("ctrl+p")
        await stage.type("zebra")
        assert 'Nothing matches "zebra".' in stage.dialog
        await stage.press("enter")
        assert "zebra" in stage.dialog
        await stage.press("escape")
        assert stage.document is before


async def test_a_block_is_pasted_into_the_weights_and_tab_goes_from_one_to_the_next() -> None:
    async with opened(trained=False) as stage:
        await stage.ask_for("W1[1,2]")
        await stage.focus("forward")
        await stage.paste("[1,] 0.1 0.2\n[2,] 0.3 -0\n")
        W1 = stage.document.start_parameters.named["W1"]
        assert W1[:, 1:].tolist() == [[0.1, 0.2], [0.3, 0.0]]
        assert "u takes them back. A row has the weights out of one input" in stage.latest_notice
        assert "−0.0" not in stage.pane("forward")
        await stage.paste("1\t2\n3\t4\n5\t6\n")
        assert "Other programs print units by inputs" in stage.latest_notice
        await stage.press("7", "tab", "8", "tab", "tab", "9", "enter")
        W1 = stage.document.start_parameters.named["W1"]
        assert W1.tolist()[0][1:] == [7, 8]
        assert W1.tolist()[1][1] == 9
        assert not stage.dialog


async def test_notes_and_marks_are_undone_changed_and_taken_out() -> None:
    async with opened(trained=False) as stage:
        for key, text in (("r", "wrong"), ("m", "here")):
            await stage.press(key)
            await stage.type(text)
            await stage.press("enter")
        await stage.press("u")
        assert stage.notices == ['Undone: mark "here" set.']
        # What there is can be added to.
        await stage.press("C")
        await stage.type(" so far")
        await stage.press("enter")
        assert "Note: wrong so far" in stage.words("step")
        await stage.press("u")
        await stage.press("C", "ctrl+u")
        await stage.type("right")
        await stage.press("enter")
        assert "Note: right" in stage.words("step")
        await stage.press("u")
        assert "Note: wrong" in stage.words("step")
        await stage.press("C", "ctrl+u", "enter")
        assert "Note:" not in stage.words("step")
        await stage.press("u")
        assert "Note: wrong" in stage.words("step")
        assert recorded().state.notes == stage.app.state.notes


async def test_a_new_row_says_when_its_prediction_is_known_and_compare_is_opened() -> None:
    async with opened(trained=False) as stage:
        await stage.press("N")
        assert "2 numbers (hours slept, hours studied)" in stage.dialog
        await stage.type("8, 5")
        await stage.press("enter")
        assert stage.latest_notice == "Its prediction will be known from step 4, Ŷ, on: 3 steps from here."
        await stage.press("b", "enter", "V")
        assert stage.app.screen.focused is not None
        assert stage.app.screen.focused.id == "compare"
