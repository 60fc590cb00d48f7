"""As many decimals as somebody wants to read, in every matrix and in the explanation."""

from tests.dashboard.stage import opened
from tui_nn.session.events import Selected


async def test_a_key_shows_a_decimal_more_or_less_from_2_to_17() -> None:
    async with opened(size=(200, 60)) as stage:
        await stage.go_to("37 delta2")
        run = stage.document.trajectory()
        run.extend(37)
        weight = float(run.pass_at(37)["W2"][0, 0])
        assert f"{weight:.4f}⎤" in stage.pane("forward")
        for decimals in (*range(5, 18), 17):
            await stage.press("]")
            assert f"{weight:.{decimals}f}⎤" in stage.pane("forward")
        for decimals in (*range(16, 1, -1), 2):
            await stage.press("[")
            assert f"{weight:.{decimals}f}⎤" in stage.pane("forward")


async def test_numbers_are_powers_of_ten_where_that_is_wanted() -> None:
    async with opened() as stage:
        await stage.go_to("37 delta2")
        before = stage.text
        await stage.press("x")
        assert "1.134e+00" in stage.pane("forward")
        assert "3.215e−03" in stage.pane("backward")
        await stage.press("x")
        assert stage.text == before


async def test_an_explanation_has_the_decimals_of_the_matrices() -> None:
    async with opened() as stage:
        await stage.go_to("37 delta2")
        stage.app.dispatch(Selected("delta2", 1, 1))
        await stage.press("e", *"]]]]")
        assert "= 0.00321542" in stage.words("explain")
        assert "· 1.1342931" in stage.words("explain")
