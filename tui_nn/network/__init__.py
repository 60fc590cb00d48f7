"""The mathematics of the lecture, in immutable values. numpy only: no files, no clock, no screen."""

from tui_nn.network.activations import ACTIVATIONS, Activation
from tui_nn.network.dataset import COLUMN_MAX, NO_SCALING, Dataset, Scaling
from tui_nn.network.equations import Equation, equations, matrix_shapes
from tui_nn.network.gradient_check import GradientCheck, Slope, gradient_check, relative_error, slope
from tui_nn.network.many_starts import ManyStarts, many_starts
from tui_nn.network.network import Network
from tui_nn.network.parameters import Parameters
from tui_nn.network.passes import Pass, backward, compute_pass, forward, predict, prediction, prediction_equations
from tui_nn.network.refusal import Refusal
from tui_nn.network.run import Leg, Run, WeightCell
from tui_nn.network.starts import GENERATORS, START_METHODS, Start
from tui_nn.network.steps import Step, StepKind, steps
from tui_nn.network.trajectory import Overflow, Trajectory

__all__ = [
    "ACTIVATIONS",
    "COLUMN_MAX",
    "GENERATORS",
    "NO_SCALING",
    "START_METHODS",
    "Activation",
    "Dataset",
    "Equation",
    "GradientCheck",
    "Leg",
    "ManyStarts",
    "Network",
    "Overflow",
    "Parameters",
    "Pass",
    "Refusal",
    "Run",
    "Scaling",
    "Slope",
    "Start",
    "Step",
    "StepKind",
    "Trajectory",
    "WeightCell",
    "backward",
    "compute_pass",
    "equations",
    "forward",
    "gradient_check",
    "many_starts",
    "matrix_shapes",
    "predict",
    "prediction",
    "prediction_equations",
    "relative_error",
    "slope",
    "steps",
]
