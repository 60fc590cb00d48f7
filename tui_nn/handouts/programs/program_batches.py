"""Writes what deals the rows into batches, in R and in Python."""

from collections.abc import Iterator

from tui_nn.handouts.programs.program_parts import ProgramPlan
from tui_nn.network.model.batches import SHUFFLED, Batches

# The first rows of an epoch's order, in R and in Python, from the number of its batch.
_OF_BATCH_IN_R = "(batch * batch_size + 1):min((batch + 1) * batch_size, n)"
_OF_BATCH_IN_PYTHON = "batch * batch_size : (batch + 1) * batch_size"
# `r_sample` says where this comes from.
_SAMPLE_IN_PYTHON = """

# R's set.seed(seed) and sample(n), which draw other rows than numpy does. Python has R's generator, the Mersenne
# twister, but begins it in another way; and the rows of sample(n) are counted from 0 here.
def set_seed(seed):
    words = []
    for _ in range(51 + 624):
        seed = (69069 * seed + 1) % 2**32
        words.append(seed)
    twister = random.Random()
    twister.setstate((3, (*words[51:], 624), None))  # R uses the last 624 words
    return twister


def sample(twister, n):
    left, drawn = list(range(n)), []
    while left:
        bits = (len(left) - 1).bit_length()
        place = len(left)
        while place >= len(left):  # a number that is too large is drawn again
            place = 0
            for _ in range(bits // 16 + 1):
                place = place << 16 | twister.getrandbits(32) >> 16
            place %= 2**bits
        drawn.append(left[place])
        left[place] = left[-1]  # the last of the rows that are left takes its place
        left.pop()
    return drawn

"""


def _is_shuffled(batches: Batches) -> bool:
    return batches.order == SHUFFLED


def modules_in_python(plan: ProgramPlan) -> str:
    """The line that imports what the program needs beside numpy; "" where it needs nothing."""
    return "\nimport random\n" if plan.batches and _is_shuffled(plan.batches) else ""


def sampling_in_python(plan: ProgramPlan) -> str:
    """The functions that shuffle the rows; "" where nothing is shuffled."""
    return _SAMPLE_IN_PYTHON if plan.batches and _is_shuffled(plan.batches) else ""


def dealing_in_r(plan: ProgramPlan) -> Iterator[str]:
    """The lines before the loop: all rows, and how many are in a batch."""
    if not plan.batches:
        return
    yield f"# Batches: an epoch uses each row once, {_order_in_words(plan.batches)}."
    yield "X_all <- X\nY_all <- Y"
    yield from _counted_in_r(plan.batches)
    if plan.batches.size:
        yield f"batch_size <- {plan.batches.size}"
    yield "per_epoch <- ceiling(n / batch_size)  # iterations in an epoch"
    if _is_shuffled(plan.batches):
        yield f"order_seed <- {plan.batches.seed}"
        yield "set.seed(order_seed)  # from here on, only sample draws; R before 3.6 draws other rows"
    yield ""


def dealing_in_python(plan: ProgramPlan) -> Iterator[str]:
    """The lines before the loop: all rows, and how many are in a batch."""
    if not plan.batches:
        return
    yield f"# Batches: an epoch uses each row once, {_order_in_words(plan.batches)}."
    yield "X_all, Y_all = X, Y"
    yield from _counted_in_python(plan.batches)
    if plan.batches.size:
        yield f"batch_size = {plan.batches.size}"
    yield "per_epoch = -(-n // batch_size)  # iterations in an epoch"
    if _is_shuffled(plan.batches):
        yield f"order_seed = {plan.batches.seed}"
        yield "twister = set_seed(order_seed)"
    yield ""


def _order_in_words(batches: Batches) -> str:
    return "shuffled anew in each epoch" if _is_shuffled(batches) else "as they are listed"


def _counted_in_r(batches: Batches) -> Iterator[str]:
    yield "n <- nrow(X_all)"
    if not batches.size:
        yield "batch_size <- n"


def _counted_in_python(batches: Batches) -> Iterator[str]:
    yield "n = len(X_all)"
    if not batches.size:
        yield "batch_size = n"


def dealing_anew_in_r(batches: Batches) -> Iterator[str]:
    """The lines at an iteration that has more or fewer rows than the one before, after which X_all has these rows."""
    yield from _counted_in_r(batches)
    yield "per_epoch <- ceiling(n / batch_size)"
    if _is_shuffled(batches):
        yield "# The epochs as they would be with these rows from iteration 1 on."
        yield "set.seed(order_seed)"
        yield "for (epoch in 1:((i - 2) %/% per_epoch + 1)) epoch_rows <- sample(n)"


def dealing_anew_in_python(batches: Batches) -> Iterator[str]:
    """The lines at an iteration that has more or fewer rows than the one before, after which X_all has these rows."""
    yield from _counted_in_python(batches)
    yield "per_epoch = -(-n // batch_size)"
    if _is_shuffled(batches):
        yield "# The epochs as they would be with these rows from iteration 1 on."
        yield "twister = set_seed(order_seed)"
        yield "for epoch in range((i - 2) // per_epoch + 1):"
        yield "    epoch_rows = sample(twister, n)"


def batch_in_r(batches: Batches) -> Iterator[str]:
    """The lines in the loop that give X and Y the rows of the batch of iteration i."""
    yield "batch <- (i - 1) %% per_epoch  # the number of the batch in its epoch, from 0"
    if _is_shuffled(batches):
        yield "if (batch == 0) epoch_rows <- sample(n)"
        yield f"rows <- epoch_rows[{_OF_BATCH_IN_R}]"
    else:
        yield f"rows <- {_OF_BATCH_IN_R}"
    yield "X <- X_all[rows, , drop = FALSE]\nY <- Y_all[rows, , drop = FALSE]"


def batch_in_python(batches: Batches) -> Iterator[str]:
    """The lines in the loop that give X and Y the rows of the batch of iteration i."""
    yield "batch = (i - 1) % per_epoch  # the number of the batch in its epoch, from 0"
    if _is_shuffled(batches):
        yield "if batch == 0:\n    epoch_rows = sample(twister, n)"
        yield f"rows = epoch_rows[{_OF_BATCH_IN_PYTHON}]"
    else:
        yield f"rows = np.arange(n)[{_OF_BATCH_IN_PYTHON}]"
    yield "X, Y = X_all[rows], Y_all[rows]"
