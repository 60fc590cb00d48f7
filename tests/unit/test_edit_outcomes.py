"""What an edit did to the end of the run, in a sentence."""

import pytest

from tui_nn.writing.sentences.edit_outcomes import RunEnd, outcome_sentence

_LAST = RunEnd(10_000, 0.00154)
_SUM = RunEnd(6_000, 0.9, ("squared error", "sum"), has_batches=False, cost_of_all=0.3)
_BATCHES = RunEnd(240, 0.44, ("squared error", "mean"), has_batches=True, cost_of_all=0.2)
_OF_ALL = "Cost per row of all training rows in iteration 240: 0.2"


@pytest.mark.parametrize(
    ("now", "before", "says"),
    [
        (_LAST, RunEnd(10_000, 7.123e-9), "J in iteration 10 000: 0.0015; it was 7.1e-09."),
        (_LAST, RunEnd(200, 0.5), "J in iteration 10 000: 0.0015; in iteration 200 it was 0.5."),
        (_LAST, RunEnd(12, None), "J in iteration 10 000: 0.0015; it overflowed in iteration 12."),
        (RunEnd(12, None), _LAST, "The run overflows in iteration 12; J in iteration 10 000 was 0.0015."),
        (_LAST, None, "J in iteration 10 000: 0.0015."),
        (_LAST, _LAST, ""),
        (_BATCHES, _SUM, f"{_OF_ALL}; in iteration 6 000 it was 0.3."),
        (_BATCHES, None, f"{_OF_ALL}."),
        (
            RunEnd(240, None, _SUM.kind, has_batches=True),
            _SUM,
            "The run overflows in iteration 240; the cost per row of all training rows in iteration 6 000 was 0.3.",
        ),
        (_BATCHES, RunEnd(240, 0.4, _SUM.kind), ""),
    ],
)
def test_the_end_of_the_run_stands_beside_what_it_was(now: RunEnd, before: RunEnd | None, says: str) -> None:
    assert outcome_sentence(now, before) == says
