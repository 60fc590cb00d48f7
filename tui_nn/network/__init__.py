"""The mathematics of the lecture, in immutable values. numpy only: no files, no clock, no screen."""

from tui_nn.network.checks.classification import Classification, classification, has_probabilities, log_likelihood
from tui_nn.network.checks.gradient_check import (
    EPSILON,
    EPSILONS,
    GradientCheck,
    Slope,
    WeightPlace,
    check_gradient,
    costs_along,
    epsilon_sweep,
    relative_error,
    slope,
)
from tui_nn.network.checks.kinks import Kink
from tui_nn.network.checks.loss_slice import STEPS, LossSlice, loss_slice
from tui_nn.network.checks.rounding_amplification import PROMISED, Agreement, agreement, cost_rounding, output_rounding
from tui_nn.network.checks.slope_verdict import GradientVerdict, MeasuredSlope, SlopeMeasurer, SlopeVerdict
from tui_nn.network.formulas.costs import COSTS, REDUCTIONS
from tui_nn.network.formulas.equations import Equation, equations, matrix_shapes, named_shapes
from tui_nn.network.formulas.mistakes import (
    GradientRatio,
    Mistake,
    MistakenEquation,
    gradient_ratio,
    mistaken_among,
    mistaken_equations,
    possible_mistakes,
)
from tui_nn.network.formulas.steps import Step, StepKind, steps, steps_by_name, weight_of
from tui_nn.network.model.activations import ACTIVATIONS, HIDDEN_ACTIVATIONS, Activation
from tui_nn.network.model.classes import UNKNOWN, Classes
from tui_nn.network.model.dataset import Dataset
from tui_nn.network.model.errors import ValidationError
from tui_nn.network.model.generators import GENERATORS, NORMAL, UNIFORM
from tui_nn.network.model.network import HiddenActivation, Network, fitted_activation
from tui_nn.network.model.parameters import Parameters
from tui_nn.network.model.penalty import Penalty
from tui_nn.network.model.scalings import (
    COLUMN_ABS_MAX,
    COLUMN_MAX,
    MIN_MAX,
    NAMED_SCALINGS,
    NO_SCALING,
    STANDARDISE,
    Scaling,
)
from tui_nn.network.model.starts import DRAWN, FILLS, START_METHODS, Spread, Start
from tui_nn.network.training.many_starts import ManyStarts, many_starts
from tui_nn.network.training.passes import (
    Pass,
    backward_by,
    compute_pass,
    forward,
    predict,
    prediction,
    prediction_equations,
)
from tui_nn.network.training.run import Run, Segment, WeightCell
from tui_nn.network.training.run_outcome import Evidence, Outcome
from tui_nn.network.training.trajectory import Overflow, Trajectory

__all__ = [
    "ACTIVATIONS",
    "COLUMN_ABS_MAX",
    "COLUMN_MAX",
    "COSTS",
    "DRAWN",
    "EPSILON",
    "EPSILONS",
    "FILLS",
    "GENERATORS",
    "HIDDEN_ACTIVATIONS",
    "MIN_MAX",
    "NAMED_SCALINGS",
    "NORMAL",
    "NO_SCALING",
    "PROMISED",
    "REDUCTIONS",
    "STANDARDISE",
    "START_METHODS",
    "STEPS",
    "UNIFORM",
    "UNKNOWN",
    "Activation",
    "Agreement",
    "Classes",
    "Classification",
    "Dataset",
    "Equation",
    "Evidence",
    "GradientCheck",
    "GradientRatio",
    "GradientVerdict",
    "HiddenActivation",
    "Kink",
    "LossSlice",
    "ManyStarts",
    "MeasuredSlope",
    "Mistake",
    "MistakenEquation",
    "Network",
    "Outcome",
    "Overflow",
    "Parameters",
    "Pass",
    "Penalty",
    "Run",
    "Scaling",
    "Segment",
    "Slope",
    "SlopeMeasurer",
    "SlopeVerdict",
    "Spread",
    "Start",
    "Step",
    "StepKind",
    "Trajectory",
    "ValidationError",
    "WeightCell",
    "WeightPlace",
    "agreement",
    "backward_by",
    "check_gradient",
    "classification",
    "compute_pass",
    "cost_rounding",
    "costs_along",
    "epsilon_sweep",
    "equations",
    "fitted_activation",
    "forward",
    "gradient_ratio",
    "has_probabilities",
    "log_likelihood",
    "loss_slice",
    "many_starts",
    "matrix_shapes",
    "mistaken_among",
    "mistaken_equations",
    "named_shapes",
    "output_rounding",
    "possible_mistakes",
    "predict",
    "prediction",
    "prediction_equations",
    "relative_error",
    "slope",
    "steps",
    "steps_by_name",
    "weight_of",
]
