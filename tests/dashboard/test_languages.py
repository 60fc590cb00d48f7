"""What the dashboard says goes through the catalog of the user's language."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from tui_nn.session.settings import HYPERPARAMETERS
from tui_nn.session.storage import bundled_lessons

_LESSONS = ("lecture", "lecture-quiz", "iris", "homework-biases")
# Keys, and words that the user types.
_IN_ANY_LANGUAGE = "Enter Tab Esc log update yes drawn"


def test_each_sentence_on_the_screen_is_translated_but_for_what_the_lesson_says(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.dashboard.on_masked_language"],
        env=os.environ | {"XDG_STATE_HOME": str(tmp_path), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    left: dict[str, str] = json.loads(done.stdout)
    lessons = " ".join(bundled_lessons.bundled()[name].read_text(encoding="utf-8") for name in _LESSONS)
    values = " ".join(word for setting in HYPERPARAMETERS.values() for word in map(str, setting.choices))
    known = f"{lessons} {values} {_IN_ANY_LANGUAGE}"
    # A word may be cut off at the edge of a pane.
    assert {word: where for word, where in left.items() if not re.search(word, known)} == {}
