"""Names that the last row can read: layers as plain numbers."""

from tests.dashboard.stage import opened


async def test_a_key_writes_layers_as_plain_numbers_and_back() -> None:
    async with opened() as stage:
        await stage.go_to("37 delta2")
        before = stage.text
        await stage.press("W")
        assert "δ2 = δ3 · W2ᵀ ⊙ f′(Z2)" in stage.pane("backward")
        assert "⁽" not in stage.text
        await stage.press("W")
        assert stage.text == before


async def test_units_of_deep_networks_keep_their_layer_apart_from_their_number() -> None:
    async with opened("two-hidden-layers") as stage:
        await stage.press("W")
        assert "z1(2)" in stage.pane("network")


async def test_the_strip_marks_the_step_shown_also_where_not_all_fit() -> None:
    async with opened(size=(60, 20)) as stage:
        for name in ("Z2", "J", "delta2", "update"):
            await stage.go_to(f"37 {name}")
            line = stage.terminal.cells[1]
            filled = "".join(cell.char for cell in line if cell.background not in ("default", line[0].background))
            assert filled.strip().startswith("▶"), name
