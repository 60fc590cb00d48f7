"""Draws one unit of a network: a box with its numbers, or its name with a number or without one."""

from tui_nn.dashboard.widgets.dot_grid import DotGrid
from tui_nn.dashboard.widgets.network.network_layout import UnitForm, UnitPlace
from tui_nn.dashboard.widgets.network.network_parts import DrawnUnit
from tui_nn.dashboard.widgets.network.number_places import NumberPlaces


def draw_unit(place: UnitPlace, grid: DotGrid, numbers: NumberPlaces) -> None:
    """Draws a unit at its place."""
    drawn, main = place.drawn, place.drawn.main
    x, y = place.region.offset
    name_style = "cursor" if drawn.is_selected else "label"
    if place.form is UnitForm.BOX:
        _draw_box(place, grid)
        _write_numbers_of_box(place, grid, numbers)
        grid.write(x + 2, y, _title(drawn), name_style)
        return
    grid.write(x, y, main.name.rstrip() if main and place.form is UnitForm.NUMBER else drawn.name, name_style)
    if main is None:
        return
    match place.form:
        case UnitForm.NUMBER:
            numbers.write(place.region.right - len(main.number.marked_text), y, main.number)
        case UnitForm.PAIR:
            numbers.write(x, y + 1, main.number)
        case _:
            grid.write(place.region.right, y, main.number.mark, main.number.style)
            numbers.add(place.region, main.number.cell)


def _draw_box(place: UnitPlace, grid: DotGrid) -> None:
    x, y, width, height = place.region
    drawn = place.drawn
    style = "row" if drawn.is_selected else "rule"
    # What is computed now has heavy sides; what is selected has a colour, and its name is marked. From step to
    # step, the lines above and below stay as they are: to send them again would cost half of the step's bytes.
    top, side, bottom = ("┎─┒", "┃ ┃", "┖─┚") if drawn.is_current else ("╭─╮", "│ │", "╰─╯")
    for row, signs in enumerate((top, *[side] * (height - 2), bottom)):
        grid.write(x + 1, y + row, signs[1] * (width - 2), style)
        for x_of_side, sign in ((x, signs[0]), (x + width - 1, signs[2])):
            grid.write(x_of_side, y + row, sign, "now" if drawn.is_current else style)
    grid.write(x + 1, y, f" {_title(drawn)} ", "")


def _title(drawn: DrawnUnit) -> str:
    return f"{drawn.name} {drawn.class_sign}".rstrip()


def _write_numbers_of_box(place: UnitPlace, grid: DotGrid, numbers: NumberPlaces) -> None:
    x, y, width, height = place.region
    for row, number in enumerate(place.drawn.numbers, start=1):
        grid.write(x + 1, y + row, number.symbol, "now" if number.style == "now" else "faint")
        numbers.write(x + width - 1 - len(number.marked_text), y + row, number)
    if delta := place.drawn.delta:
        text = f"{delta.symbol}{delta.mark or ' '}{delta.text}"
        text = f" {text} " if len(text) + 2 <= width - 2 else text
        numbers.write(x + 1, y + height - 1, delta, text)
