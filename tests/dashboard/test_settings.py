"""The hyperparameters: typed or turned, refused in words, and weights that go on from where they stand."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.dashboard.stage import Stage, opened
from tui_nn.network import COSTS, GENERATORS, HIDDEN_ACTIVATIONS, NAMED_SCALINGS, START_METHODS, Penalty
from tui_nn.session.document import Document
from tui_nn.session.storage import document_toml
from tui_nn.session.storage.session_file import read
from tui_nn.writing.notation.setting_names import SETTING_NAMES

_ACTIVATIONS = list(HIDDEN_ACTIVATIONS)


async def _choose(stage: Stage, label: str) -> None:
    """Puts the cursor on the row called ``label``."""
    await stage.choose_setting(next(key for key, name in SETTING_NAMES.items() if name == label))


def _chosen(stage: Stage) -> str:
    """What the file calls the setting under the cursor."""
    chosen = stage.app.state.selected("settings")
    return chosen.matrix if chosen else ""


async def _retype(stage: Stage, label: str, text: str, key: str = "enter") -> None:
    """Types ``text`` in place of what stands in the row called ``label``."""
    await stage.press("enter")
    await stage.erase(len(_value(stage, label)))
    await stage.type(text)
    await stage.press(key)


def _value(stage: Stage, label: str) -> str:
    """What stands right of a label: it is the first of its line, or blanks part it from the column before."""
    found = re.search(rf"(?m)(?:^|  ){label}(?: +(.*?))?(?:  |$)", stage.pane("settings"))
    assert found, label
    return (found[1] or "").strip("‹› ")


async def _follows(stage: Stage, document: Document) -> None:
    """Whether the screen shows the last iteration of ``document``."""
    run = document.trajectory()
    run.extend(document.iterations)
    predictions = document.dataset.in_units(run.pass_at(document.iterations)["Y_hat"])
    await stage.press("escape", "end")
    await stage.still()
    assert stage.place.iteration == document.iterations
    for prediction in predictions[:, 0].tolist():
        assert f"{prediction:.5f}" in stage.pane("results")


@pytest.mark.parametrize(
    ("label", "settings"),
    [
        ("hidden units", {"5": (5,), "4 2": (4, 2), "2,3": (2, 3), "": ()}),
        ("learning rate", {"0.25": 0.25, "1/8": 0.125, "2,5": 2.5, "1e-2": 0.01}),
        ("iterations", {"500": 500, "2 000": 2000, "3,000": 3000, "4'000": 4000, "1": 1}),
        ("seed", {"0": 0, "42": 42, "-7": -7, "2147483647": 2147483647}),
        ("scaling of x", {"none": "none", "10 5": (10.0, 5.0), "0,5 4": (0.5, 4.0)}),
        ("scaling of y", {"50": (50.0,), "column max": "column max", "column abs max": "column abs max"}),
    ],
)
async def test_a_number_is_typed(label: str, settings: dict[str, object]) -> None:
    async with opened() as stage:
        begun = stage.document
        for text, value in settings.items():
            await _choose(stage, label)
            await _retype(stage, label, text)
            await stage.still()
            edited = _with_setting(begun, label, value)
            assert stage.dump == document_toml.dump(edited), text
            await _follows(stage, edited)


def _with_setting(document: Document, label: str, value: object) -> Document:
    key = next(key for key, name in SETTING_NAMES.items() if name == label)
    changes: dict[str, object] = {key: value}
    if key == "seed":
        return replace(document, start=replace(document.start, **changes))  # type: ignore[arg-type]
    if key.endswith("scaling"):
        return replace(document, dataset=replace(document.dataset, **changes))  # type: ignore[arg-type]
    return replace(document, **changes)  # type: ignore[arg-type]


async def test_a_choice_is_turned_both_ways_and_by_enter() -> None:
    async with opened() as stage:
        begun = stage.document
        for label, key, value in (
            ("activation", "right", "tanh"),
            ("activation", "enter", "tanh"),
            ("activation", "left", _ACTIVATIONS[-1]),
            ("bias", "right", True),
            ("bias", "enter", True),
        ):
            await _choose(stage, label)
            await stage.press(key)
            assert stage.dump == document_toml.dump(_with_setting(begun, label, value)), (label, key)
            await stage.press("escape", "u")
            assert stage.document is begun


async def test_the_arrows_lead_from_setting_to_setting() -> None:
    async with opened() as stage:
        await stage.choose_setting("hidden")
        seen = []
        for key in ("down", "up"):
            way = [_chosen(stage)]
            await stage.press(key)
            while _chosen(stage) != way[-1]:
                way.append(_chosen(stage))
                await stage.press(key)
            seen.append(way)
        assert seen[1] == seen[0][::-1]
        assert {"hidden", "activation", "bias", "seed", "learning_rate", "y_scaling"} < {*seen[0]}


async def test_turning_a_choice_goes_through_all_and_round() -> None:
    async with opened() as stage:
        begun = stage.dump
        for label, values in (
            ("activation", _ACTIVATIONS),
            ("bias", ["no", "yes"]),
            ("start", [*START_METHODS]),
            ("generator", [*GENERATORS]),
            ("fill order", ["columns", "rows"]),
            ("cost", [*COSTS]),
            ("cost over the rows", ["sum", "mean"]),
        ):
            await _choose(stage, label)
            for key in ("right", "left"):
                seen = []
                for _ in values:
                    seen.append(_value(stage, label))
                    await stage.press(key)
                assert sorted(seen) == sorted(values)
                assert stage.dump == begun, (label, key)


async def test_a_choice_that_is_refused_is_passed_by_the_same_key_once_more() -> None:
    async with opened() as stage:
        begun = stage.dump
        await _choose(stage, "output activation")
        for key, others in (("right", _ACTIVATIONS), ("left", [_ACTIVATIONS[0], *_ACTIVATIONS[:0:-1]])):
            seen = []
            for _ in range(len(_ACTIVATIONS) + 1):
                if "A single output can't be softmax" not in stage.text:
                    seen.append(_value(stage, "output activation"))
                await stage.press(key)
            assert seen == others
            assert stage.dump == begun


_REFUSED: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("learning rate", ("0", "-1"), "The learning rate must be above 0; you typed"),
    ("learning rate", ("1e999",), "a number no larger than 1.8e308"),
    ("learning rate", ("fast", "nan", ""), "a number, such as"),
    ("hidden units", ("-1", "0", "1000000000", "3 0"), "must be from 1 to 1024; you typed"),
    ("hidden units", ("a", "3.5"), "a whole number"),
    ("hidden units", ("1024 1024",), "at most 1 000 000"),
    ("iterations", ("0", "-5", "99999999999"), "The number of iterations must be from 1 to 10 000 000; you typed"),
    ("iterations", ("ten", "1.5", ""), "a whole number"),
    ("seed", ("9223372036854775808", "2147483648", "-2147483648"), "from −2 147 483 647 to"),
    ("seed", ("1.5", "x"), "a whole number"),
    ("L2 penalty", ("-1", "x"), "number"),
    ("scaling of x", ("1 2 3", "1"), "must be 2 divisors, one for each column"),
    ("scaling of x", ("1 0",), "0 in column 2"),
    ("scaling of y", ("max", "1 x"), '"column abs max", "min-max", "standardise" or a list'),
    ("lowest weight", ("1", "2.5"), "The lowest weight must be below the highest"),
    ("highest weight", ("0", "-3"), "The lowest weight must be below the highest"),
    ("fixed parameters", ("b1", "W1 b2"), "Turn the biases on"),
    ("fixed parameters", ("Z2",), "can't be fixed: this network has W1, W2."),
)


async def test_what_can_t_be_is_refused_below_its_field_and_nothing_changes() -> None:
    async with opened() as stage:
        before, numbers = stage.document, stage.pane("network")
        for label, texts, expected in _REFUSED:
            await _choose(stage, label)
            for text in texts:
                await _retype(stage, label, text)
                if text:
                    # The longest has its end in sight, where the caret is.
                    shown = _value(stage, label)
                    assert text.endswith(shown)
                    assert len(shown) >= min(len(text), 18)
                assert expected in stage.words("settings").split(label, 1)[1], text
                assert stage.document is before
                assert stage.pane("network") == numbers
                await stage.press("escape")
                assert "must be" not in stage.words("settings")


@pytest.mark.parametrize(("size", "text"), [((120, 40), "fast"), ((80, 24), "-1")])
async def test_tab_does_not_lose_a_setting_typed_wrongly(text: str, size: tuple[int, int]) -> None:
    async with opened(size=size) as stage:
        before = stage.document
        await _choose(stage, "learning rate")
        await _retype(stage, "learning rate", text, "tab")
        assert _value(stage, "learning rate") == text
        assert "must be" in stage.pane("settings")
        assert stage.document is before
        await stage.erase(4)
        await stage.press("2", "enter")
        assert stage.document.learning_rate == 2.0


async def test_start_given_keeps_the_weights_that_stand_and_a_file_keeps_them_too(tmp_path: Path) -> None:
    async with opened() as stage:
        weights, numbers = stage.document.start_parameters, stage.pane("forward")
        await _choose(stage, "start")
        await stage.press("left")
        while _value(stage, "start") != "given":
            weights, numbers = stage.document.start_parameters, stage.pane("forward")
            await stage.press("left")
        assert stage.pane("forward") == numbers
        assert stage.document.start_parameters.flat.tobytes() == weights.flat.tobytes()
        await stage.press("escape", "s", "ctrl+u")
        await stage.type("given")
        await stage.press("enter")
        kept = read(tmp_path / "given.toml").state.document
        assert kept.start_parameters.flat.tobytes() == weights.flat.tobytes()


async def test_weights_that_are_given_are_those_of_one_shape() -> None:
    async with opened("lecture-ones") as stage:
        await _choose(stage, "start")
        while _value(stage, "start") != "given":
            await stage.press("left")
        before = stage.document
        await _choose(stage, "hidden units")
        await _retype(stage, "hidden units", "4")
        assert "For other units or biases, set the start to uniform first" in stage.words("settings")
        assert stage.document is before


async def test_enter_keeps_a_setting_and_stays_on_it() -> None:
    async with opened() as stage:
        await _choose(stage, "learning rate")
        await stage.press("2", "enter")
        await stage.still()
        assert stage.document.learning_rate == 2
        # What is typed next is seen in the same field, and Esc leaves it as it was.
        await stage.press("3")
        assert _value(stage, "learning rate") == "3"
        assert "leave as it was" in stage.key_line
        await stage.press("escape")
        assert _value(stage, "learning rate") == "2"
        await stage.press("4", "down", "up")
        assert stage.document.learning_rate == 4


async def test_the_scalings_with_a_name_are_turned_with_left_and_right() -> None:
    async with opened() as stage:
        await _choose(stage, "scaling of y")
        # From the lecture's divisor to the first name. The divisor comes back with Esc, then u.
        turned = [*(("right", name) for name in NAMED_SCALINGS), ("right", "none"), ("left", "standardise")]
        for key, name in turned:
            await stage.press(key)
            assert _value(stage, "scaling of y") == name
            assert stage.document.dataset.y_scaling == name
        await stage.press("escape", *["u"] * len(turned))
        assert stage.document.dataset.y_scaling == (100.0,)


async def test_cells_that_are_pasted_into_a_setting_stay_apart() -> None:
    async with opened() as stage:
        await _choose(stage, "hidden units")
        await stage.paste("4\t3")
        await stage.press("enter")
        assert stage.document.network.layers == (2, 4, 3, 1)


async def test_each_hidden_layer_s_activation_is_typed_with_commas() -> None:
    async with opened(trained=False) as stage:
        await _choose(stage, "hidden units")
        await _retype(stage, "hidden units", "4 3")
        await _choose(stage, "activation")
        await stage.type("leaky relu, tanh")
        await stage.press("enter")
        assert _value(stage, "activation") == "leaky relu, tanh"
        await stage.press("enter")
        await stage.type(", elu")
        await stage.press("enter")
        assert "The activations are 3 for 2 hidden layers: there is no hidden layer 3." in stage.words("settings")
        await stage.press("escape")
        await _choose(stage, "hidden units")
        await _retype(stage, "hidden units", "4 3 2")
        assert _value(stage, "activation") == "leaky relu, tanh, tanh"
        assert any("activation is now leaky relu, tanh, tanh" in notice for notice in stage.notices)
        await _choose(stage, "activation")
        await stage.type("r")
        assert _value(stage, "activation") == "relu"


def _labels(stage: Stage) -> set[str]:
    """Those of the settings that only have an effect with others that are shown."""
    every = ("lowest weight", "highest weight", "mean weight", "sd of weights", "start of biases", "fill order", "seed")
    labels = (*every, "penalty on biases")
    return {label for label in labels if f" {label} " in f" {stage.words('settings')} "}


async def test_a_setting_is_there_only_where_it_has_an_effect() -> None:
    async with opened(trained=False) as stage:
        await _choose(stage, "start")
        drawn = {"fill order", "seed"}
        for method, shown in (
            ("uniform", {"lowest weight", "highest weight", *drawn}),
            ("normal", {"mean weight", "sd of weights", *drawn}),
            ("xavier uniform", drawn),
            ("ones", set()),
        ):
            await stage.type(method[0])
            while _value(stage, "start") != method:
                await stage.press("right")
            assert _labels(stage) == shown, method
        await _choose(stage, "bias")
        await stage.press("y")
        assert _labels(stage) == {"start of biases"}
        await _choose(stage, "L2 penalty")
        await _retype(stage, "L2 penalty", "0.01")
        assert _labels(stage) == {"start of biases", "penalty on biases"}


async def test_the_cost_and_its_penalties_are_set_among_the_settings_of_the_training() -> None:
    async with opened("homework-biases", trained=False) as stage:
        await _choose(stage, "cost")
        await stage.press("right")
        await _choose(stage, "cost over the rows")
        await stage.type("m")
        for label, text in (("L1 penalty", "0.001"), ("L2 penalty", "1e-2")):
            await _choose(stage, label)
            assert "J also counts λ" in stage.pane("settings").splitlines()[0]
            await _retype(stage, label, text)
        await _choose(stage, "penalty on biases")
        await stage.press("y")
        network = stage.document.network
        assert (network.cost, network.reduction, network.penalty) == (
            "squared error",
            "mean",
            Penalty(0.001, 0.01, on_biases=True),
        )
        assert "cost squared error, mean L1 0.001 L2 0.01" in stage.words("settings-line")
        await _choose(stage, "L2 penalty")
        await _retype(stage, "L2 penalty", "-1")
        assert "must be 0 or a number above 0" in stage.words("settings")
        await stage.press("escape")


async def test_the_palette_brings_the_setting_into_sight() -> None:
    async with opened(size=(60, 20), trained=False) as stage:
        entries = {entry.title: entry for entry in stage.app.palette_entries()}
        for title, label in (
            ("Setting: scaling of y, 100", "scaling of y"),
            ("Setting: hidden units, 3", "hidden units"),
        ):
            entries[title].do()
            await stage.settle()
            assert label in stage.pane("settings")


async def test_the_palette_finds_a_setting_without_effect_and_says_why() -> None:
    async with opened(trained=False) as stage:
        entries = {entry.title: entry for entry in stage.app.palette_entries()}
        assert entries["Setting: sd of weights, 1"].help == "has no effect with start uniform; goes there"
        assert entries["Setting: start of biases, drawn"].help == "has no effect with bias no; goes there"
        assert entries["Setting: fill order, columns"].help.startswith("goes to it: random numbers fill")
        entries["Setting: sd of weights, 1"].do()
        await stage.settle()
        assert "weights from 0 to 1: mean 0.5, sd 0.289 = 1 / sqrt(12)" in stage.pane("settings").splitlines()[0]


async def test_biases_are_fixed_and_start_at_a_number() -> None:
    async with opened("homework-biases", trained=False) as stage:
        await stage.choose_setting("fixed")
        await stage.type("b1")
        await stage.press("enter")
        assert stage.document.fixed == ("b1",)
        await stage.choose_setting("biases")
        await stage.press("right")
        assert stage.document.start.biases == 0.0
        await stage.press("0", ".", "5", "enter")
        assert stage.document.start.biases == 0.5
        assert set(stage.document.start_parameters.biases[0][0].tolist()) == {0.5}


async def test_a_penalty_on_biases_is_there_only_with_a_penalty_and_biases() -> None:
    async with opened("homework-biases", trained=False) as stage:
        assert "penalty on biases" not in stage.words("settings")
        await stage.choose_setting("l2")
        await stage.press("0", ".", "1", "enter")
        assert "penalty on biases no" in stage.words("settings")


async def test_an_output_that_does_not_go_with_the_cost_is_refused_in_a_sentence() -> None:
    async with opened(trained=False) as stage:
        await _choose(stage, "cost")
        await stage.type("c")
        assert _value(stage, "cost") == "cross-entropy"
        await _choose(stage, "output activation")
        await stage.type("t")
        assert stage.document.output_activation == "sigmoid"
        refusal = "Cross-entropy goes with sigmoid outputs, not with tanh."
        assert refusal in stage.words("settings")
        await stage.press("down")
        assert refusal not in stage.words("settings")
        await stage.press("escape")
        await stage.go_to("1 J")
        assert "J can't fall below 1.287: some y are neither 0 nor 1." in stage.words("step")
        await stage.focus("data")
        await stage.press("right", "right", *"120", "enter")
        assert "needs every y from 0 to 1; test score in row 1, scaled, is 1.2." in stage.latest_notice
