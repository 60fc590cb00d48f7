"""The penalty on large weights: the lasso's on |w|, the ridge's on w²."""

from tui_nn.frozen_dataclass import frozen_dataclass


@frozen_dataclass
class Penalty:
    """J also has l1 · Σ |w| + ½ l2 · Σ w², over all weights w, and over the biases too where ``on_biases`` is true.

    It is never divided by the number of rows. Source: ridge regression and the lasso, as weight decay.
    """

    l1: float = 0.0
    l2: float = 0.0
    on_biases: bool = False

    @property
    def is_there(self) -> bool:
        """Whether J has a penalty."""
        return bool(self.l1 or self.l2)


NO_PENALTY = Penalty()
