"""A lesson with five questions."""

from pathlib import Path

from tests.dashboard.stage import Stage, lesson_in

QUESTIONS = """
[[question]]
ask = "shape"
matrix = "W1"

[[question]]
ask = "cell"
matrix = "delta3"
row = 2
iteration = 37

[[question]]
ask = "sign"
matrix = "dJdW2"
iteration = 37

[[question]]
ask = "row"
matrix = "A2"
row = 2
iteration = 40

[[question]]
ask = "matrix"
matrix = "Y_hat"
iteration = 41
"""


def asking(directory: Path) -> Path:
    """The lesson's file."""
    return lesson_in(directory, QUESTIONS)


async def answer(stage: Stage, text: str) -> None:
    """Goes to the next question and answers it."""
    await stage.press("P")
    await stage.type(text)
    await stage.press("enter")
