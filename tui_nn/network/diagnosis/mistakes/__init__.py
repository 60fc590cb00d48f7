"""The mistakes that a program is compared with, a file for each, or for two that are one idea.

To add one, write a `ProgramMistake` in a file here, put it into `CATALOGUE`, and word it in
`writing/sentences/diagnosis_sentences.py`.
"""

from tui_nn.network.diagnosis.mistakes.activated_twice import ACTIVATED_TWICE
from tui_nn.network.diagnosis.mistakes.activation_left_out import ACTIVATION_LEFT_OUT
from tui_nn.network.diagnosis.mistakes.activation_mistyped import ACTIVATION_MISTYPED
from tui_nn.network.diagnosis.mistakes.bias_correction import BIAS_CORRECTION_MISTYPED, NO_BIAS_CORRECTION
from tui_nn.network.diagnosis.mistakes.bias_gradient_averaged import BIAS_GRADIENT_AVERAGED
from tui_nn.network.diagnosis.mistakes.bias_gradient_over_everything import BIAS_GRADIENT_OVER_EVERYTHING
from tui_nn.network.diagnosis.mistakes.bias_not_in_forward_pass import BIAS_NOT_IN_FORWARD_PASS
from tui_nn.network.diagnosis.mistakes.bias_per_row import BIAS_PER_ROW
from tui_nn.network.diagnosis.mistakes.bias_recycled import BIAS_RECYCLED
from tui_nn.network.diagnosis.mistakes.bias_summed_over_wrong_axis import BIAS_SUMMED_OVER_WRONG_AXIS
from tui_nn.network.diagnosis.mistakes.bias_with_wrong_sign import BIAS_WITH_WRONG_SIGN
from tui_nn.network.diagnosis.mistakes.biases_not_updated import BIASES_NOT_UPDATED
from tui_nn.network.diagnosis.mistakes.column_taken_twice import COLUMN_TAKEN_TWICE
from tui_nn.network.diagnosis.mistakes.columns_in_another_order import COLUMNS_IN_ANOTHER_ORDER
from tui_nn.network.diagnosis.mistakes.cost_after_update import COST_AFTER_UPDATE
from tui_nn.network.diagnosis.mistakes.cost_mistyped import COST_MISTYPED
from tui_nn.network.diagnosis.mistakes.cost_over_all_pairs import COST_OVER_ALL_PAIRS
from tui_nn.network.diagnosis.mistakes.counting import ONE_ITERATION_OFF, OTHER_NUMBER_OF_ITERATIONS
from tui_nn.network.diagnosis.mistakes.data_not_scaled import DATA_NOT_SCALED
from tui_nn.network.diagnosis.mistakes.derivative_at_a import DERIVATIVE_AT_A
from tui_nn.network.diagnosis.mistakes.derivative_for_activation import DERIVATIVE_FOR_ACTIVATION
from tui_nn.network.diagnosis.mistakes.derivative_mistyped import DERIVATIVE_MISTYPED
from tui_nn.network.diagnosis.mistakes.derivative_of_another import DERIVATIVE_OF_ANOTHER
from tui_nn.network.diagnosis.mistakes.divided_by_another_number import BY_ANOTHER_NUMBER
from tui_nn.network.diagnosis.mistakes.divided_twice import DIVIDED_TWICE
from tui_nn.network.diagnosis.mistakes.drawn_in_another_order import DRAWN_IN_ANOTHER_ORDER
from tui_nn.network.diagnosis.mistakes.elementwise_for_product import ELEMENTWISE_FOR_PRODUCT
from tui_nn.network.diagnosis.mistakes.error_for_delta import ERROR_FOR_DELTA
from tui_nn.network.diagnosis.mistakes.error_squared_in_delta import ERROR_SQUARED_IN_DELTA
from tui_nn.network.diagnosis.mistakes.factor_two import FACTOR_TWO
from tui_nn.network.diagnosis.mistakes.filled_by_rows import FILLED_BY_ROWS
from tui_nn.network.diagnosis.mistakes.forgotten_derivative import FORGOTTEN_IN_HIDDEN, FORGOTTEN_IN_OUTPUT
from tui_nn.network.diagnosis.mistakes.forward_pass_again import FORWARD_PASS_AGAIN
from tui_nn.network.diagnosis.mistakes.gradient_not_reset import GRADIENT_NOT_RESET
from tui_nn.network.diagnosis.mistakes.integer_division import INTEGER_DIVISION
from tui_nn.network.diagnosis.mistakes.mean_or_sum import MEAN_FOR_SUM, SUM_FOR_MEAN
from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake, Rank
from tui_nn.network.diagnosis.mistakes.off_by_one_layer import OFF_BY_ONE_LAYER
from tui_nn.network.diagnosis.mistakes.ones_for_the_start import ONES_FOR_THE_START, ZEROS_FOR_THE_START
from tui_nn.network.diagnosis.mistakes.optimizer_state_cleared import STATE_CLEARED
from tui_nn.network.diagnosis.mistakes.other_activation import OTHER_ACTIVATION
from tui_nn.network.diagnosis.mistakes.other_cost import OTHER_COST
from tui_nn.network.diagnosis.mistakes.other_generator import OTHER_GENERATOR
from tui_nn.network.diagnosis.mistakes.other_learning_rate import OTHER_LEARNING_RATE
from tui_nn.network.diagnosis.mistakes.other_optimizer import OTHER_NUMBER_IN_OPTIMIZER, OTHER_OPTIMIZER
from tui_nn.network.diagnosis.mistakes.other_schedule import (
    OTHER_SCHEDULE,
    SCHEDULE_COUNTED_OTHERWISE,
    SCHEDULE_LEFT_OUT,
)
from tui_nn.network.diagnosis.mistakes.other_seed import OTHER_SEED
from tui_nn.network.diagnosis.mistakes.penalty import PENALTY_DIVIDED, PENALTY_LEFT_OUT, PENALTY_ON_BIASES
from tui_nn.network.diagnosis.mistakes.planted import (
    FORGOTTEN_COMPLEMENT,
    MISSING_TRANSPOSE,
    SIGMOID_SLOPE,
    SLOPE_LEFT_IN,
)
from tui_nn.network.diagnosis.mistakes.product_for_elementwise import PRODUCT_FOR_ELEMENTWISE
from tui_nn.network.diagnosis.mistakes.reshaped_for_transposed import RESHAPED_FOR_TRANSPOSED
from tui_nn.network.diagnosis.mistakes.rounded_on_the_way import ROUNDED_ON_THE_WAY
from tui_nn.network.diagnosis.mistakes.rows_dealt_otherwise import OTHER_BATCH_SIZE, ROWS_DEALT_OTHERWISE
from tui_nn.network.diagnosis.mistakes.rows_in_another_order import ROWS_IN_ANOTHER_ORDER
from tui_nn.network.diagnosis.mistakes.scaled_by_another_number import SCALED_BY_ANOTHER_NUMBER
from tui_nn.network.diagnosis.mistakes.scaling_recycled import SCALING_RECYCLED
from tui_nn.network.diagnosis.mistakes.seed_set_again import SEED_SET_AGAIN
from tui_nn.network.diagnosis.mistakes.share_of_new_slope import SHARE_OF_NEW_SLOPE
from tui_nn.network.diagnosis.mistakes.softmax import SOFTMAX_OVER_EVERYTHING, SOFTMAX_OVER_THE_ROWS
from tui_nn.network.diagnosis.mistakes.squares_mistyped import ROOT_MISTYPED, SLOPES_NOT_SQUARED
from tui_nn.network.diagnosis.mistakes.trained_on_test_rows import TEST_ROWS_IN_SCALING, TEST_ROWS_IN_TRAINING
from tui_nn.network.diagnosis.mistakes.updated_too_early import UPDATED_TOO_EARLY
from tui_nn.network.diagnosis.mistakes.vector_against_column import VECTOR_AGAINST_COLUMN
from tui_nn.network.diagnosis.mistakes.weights_not_updated import WEIGHTS_NOT_UPDATED
from tui_nn.network.diagnosis.mistakes.weights_replaced_by_step import WEIGHTS_REPLACED
from tui_nn.network.diagnosis.mistakes.weights_transposed import WEIGHTS_TRANSPOSED
from tui_nn.network.diagnosis.mistakes.wrong_sign import WRONG_SIGN
from tui_nn.network.diagnosis.mistakes.z_times_one_minus_z import Z_TIMES_ONE_MINUS_Z

CATALOGUE = (
    BIAS_RECYCLED,
    BIAS_SUMMED_OVER_WRONG_AXIS,
    VECTOR_AGAINST_COLUMN,
    DERIVATIVE_AT_A,
    SUM_FOR_MEAN,
    MEAN_FOR_SUM,
    WRONG_SIGN,
    UPDATED_TOO_EARLY,
    WEIGHTS_NOT_UPDATED,
    BIASES_NOT_UPDATED,
    DERIVATIVE_MISTYPED,
    COST_OVER_ALL_PAIRS,
    FORGOTTEN_IN_OUTPUT,
    FORGOTTEN_IN_HIDDEN,
    FACTOR_TWO,
    BIAS_GRADIENT_AVERAGED,
    BIAS_GRADIENT_OVER_EVERYTHING,
    ACTIVATION_LEFT_OUT,
    OTHER_ACTIVATION,
    ACTIVATED_TWICE,
    ACTIVATION_MISTYPED,
    PENALTY_ON_BIASES,
    PENALTY_LEFT_OUT,
    PENALTY_DIVIDED,
    SOFTMAX_OVER_EVERYTHING,
    SOFTMAX_OVER_THE_ROWS,
    ELEMENTWISE_FOR_PRODUCT,
    PRODUCT_FOR_ELEMENTWISE,
    COST_MISTYPED,
    SCALING_RECYCLED,
    DATA_NOT_SCALED,
    SCALED_BY_ANOTHER_NUMBER,
    FILLED_BY_ROWS,
    OTHER_LEARNING_RATE,
    GRADIENT_NOT_RESET,
    DIVIDED_TWICE,
    BY_ANOTHER_NUMBER,
    BIAS_WITH_WRONG_SIGN,
    BIAS_NOT_IN_FORWARD_PASS,
    BIAS_PER_ROW,
    WEIGHTS_REPLACED,
    MISSING_TRANSPOSE,
    SLOPE_LEFT_IN,
    FORGOTTEN_COMPLEMENT,
    SIGMOID_SLOPE,
    ERROR_FOR_DELTA,
    ERROR_SQUARED_IN_DELTA,
    Z_TIMES_ONE_MINUS_Z,
    DERIVATIVE_OF_ANOTHER,
    DERIVATIVE_FOR_ACTIVATION,
    OFF_BY_ONE_LAYER,
    RESHAPED_FOR_TRANSPOSED,
    INTEGER_DIVISION,
    FORWARD_PASS_AGAIN,
    OTHER_NUMBER_OF_ITERATIONS,
    NO_BIAS_CORRECTION,
    BIAS_CORRECTION_MISTYPED,
    STATE_CLEARED,
    SHARE_OF_NEW_SLOPE,
    SLOPES_NOT_SQUARED,
    ROOT_MISTYPED,
    SCHEDULE_LEFT_OUT,
    SCHEDULE_COUNTED_OTHERWISE,
    ROWS_DEALT_OTHERWISE,
    OTHER_BATCH_SIZE,
    TEST_ROWS_IN_TRAINING,
    TEST_ROWS_IN_SCALING,
    OTHER_OPTIMIZER,
    OTHER_NUMBER_IN_OPTIMIZER,
    OTHER_SCHEDULE,
    ONE_ITERATION_OFF,
    COST_AFTER_UPDATE,
    COLUMN_TAKEN_TWICE,
    ROUNDED_ON_THE_WAY,
    WEIGHTS_TRANSPOSED,
    ROWS_IN_ANOTHER_ORDER,
    COLUMNS_IN_ANOTHER_ORDER,
    DRAWN_IN_ANOTHER_ORDER,
    SEED_SET_AGAIN,
    OTHER_GENERATOR,
    OTHER_COST,
    OTHER_SEED,
    ONES_FOR_THE_START,
    ZEROS_FOR_THE_START,
)
"""In the order in which they are named where several explain the same numbers and have the same rank."""

__all__ = ["CATALOGUE", "ProgramMistake", "Rank"]
