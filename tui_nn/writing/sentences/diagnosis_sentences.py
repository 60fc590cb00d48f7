"""What a program with a mistake does, in a sentence or two, and its wrong line as a student writes it."""

from collections.abc import Mapping

from tui_nn.language import _
from tui_nn.network.formulas.steps import StepKind
from tui_nn.writing.sentences.mistake_text import COUNT, DATA, PACE, RATE, START, MistakeText

_Z, _A, _Y_HAT, _COST = StepKind.Z, StepKind.A, StepKind.Y_HAT, StepKind.COST
_DELTA, _DJDW, _DJDB, _UPDATE = StepKind.DELTA, StepKind.DJDW, StepKind.DJDB, StepKind.UPDATE
_SLOPES = (_DELTA, _DJDW, _DJDB, _COST)
_VELOCITY, _SQUARES, _MOMENTS, _CORRECTED = StepKind.VELOCITY, StepKind.SQUARES, StepKind.MOMENTS, StepKind.CORRECTED
_KEPT = (_VELOCITY, _MOMENTS, _SQUARES)


TEXTS: Mapping[str, MistakeText] = {
    "bias recycled down the columns": MistakeText(
        _("bias recycled down the columns"),
        _(
            "R adds a vector down the columns of a matrix, not along its rows. So a unit gets the biases of other "
            "units, a different one from row to row."
        ),
        (_Z,),
        r="{Z} <- {before} %*% {W} + {b}",
        is_exact=True,
    ),
    "bias summed over the wrong axis": MistakeText(
        _("bias summed over the wrong axis"),
        _(
            "The slope of a bias is the sum of its column of δ, over all rows of data. The program adds up each row, "
            "over the units."
        ),
        (_DJDB, _UPDATE, _Z),
        r="dJd{b} <- rowSums({delta})",
        numpy="dJd{b} = {delta}.sum(axis=1)",
    ),
    "vector against column": MistakeText(
        _("vector against column"),
        _(
            "y is a plain list of N numbers, ŷ a column of N. numpy subtracts every ŷ from every y: that gives N² "
            "differences in place of N."
        ),
        (_DELTA, _COST),
        numpy="y - {A}   # shapes (N,) and (N, 1) give (N, N)",
    ),
    "derivative at a instead of z": MistakeText(
        _("derivative at a instead of z"),
        _("f′ belongs to z. The program puts in a, which is f(z) already."),
        (_DELTA,),
    ),
    "sum for mean": MistakeText(
        _("sum for mean"), _("J is a mean over the rows here. The program leaves out the 1/N."), _SLOPES
    ),
    "mean for sum": MistakeText(
        _("mean for sum"), _("J is a sum over the rows here. The program divides by their number, N."), _SLOPES
    ),
    "wrong sign": MistakeText(
        _("wrong sign"),
        _("A minus is missing, or there is one too many. The parameters that depend on it then go uphill."),
        (*_SLOPES, _UPDATE),
    ),
    "updated too early": MistakeText(
        _("updated too early"),
        _(
            "The program updates the weights of a layer as soon as it has their slope, and sends the error back "
            "through the new weights. All slopes belong to the old weights: the updates come last."
        ),
        (_DELTA, _UPDATE),
    ),
    "derivative mistyped": MistakeText(
        _("derivative mistyped"),
        _(
            "A bracket, a sign or a power in f′ is mistyped, such as `exp(-z) / (1 + exp(-z)^2)` for `exp(-z) / (1 + "
            "exp(-z))^2`."
        ),
        (_DELTA,),
    ),
    "cost over all pairs": MistakeText(
        _("cost over all pairs"),
        _("A product of matrices multiplies each error by every error. Added up, that is (Σ e)² in place of Σ e²."),
        (_COST,),
        r="J <- 0.5 * sum((Y - {A}) %*% t(Y - {A}))",
        numpy="J = 0.5 * np.sum((Y - {A}) @ (Y - {A}).T)",
    ),
    "forgotten derivative, output": MistakeText(
        _("forgotten derivative, output"),
        _("The error passes through f, so δ of the output has the factor f′. The program leaves it out."),
        (_DELTA,),
    ),
    "forgotten derivative, hidden": MistakeText(
        _("forgotten derivative, hidden"),
        _(
            "The error passes through f of every layer, so each δ has the factor f′. The program leaves it out in a "
            "hidden layer."
        ),
        (_DELTA,),
    ),
    "factor two": MistakeText(
        _("factor two"),
        _(
            "`½ Σ (y − ŷ)²` has the slope `−(y − ŷ)`; without the ½ it has `−2 (y − ŷ)`. The program has a 2 or a ½ "
            "that does not belong to this lesson's J."
        ),
        _SLOPES,
    ),
    "biases not updated": MistakeText(
        _("biases not updated"), _("The program leaves a bias as it was at the start."), (_UPDATE,)
    ),
    "bias gradient averaged": MistakeText(
        _("bias gradient averaged"),
        _("The slope of a bias is the sum of its column of δ. The program takes the mean."),
        (_DJDB,),
        r="dJd{b} <- colMeans({delta})",
        numpy="dJd{b} = {delta}.mean(axis=0)",
    ),
    "bias gradient summed over everything": MistakeText(
        _("bias gradient summed over everything"),
        _("Each bias has the sum of its own column of δ. The program gives every bias the sum of the whole matrix."),
        (_DJDB,),
        r="dJd{b} <- sum({delta})",
        numpy="dJd{b} = np.sum({delta})",
    ),
    "other activation": MistakeText(
        _("other activation"), _("The program has {detail} in place of the lesson's activation."), (_A, _Y_HAT)
    ),
    "activation left out": MistakeText(
        _("activation left out"),
        _("The program goes on with z where a = f(z) belongs."),
        (_A, _Y_HAT, _Z, _DJDW, _DELTA),
    ),
    "activated twice": MistakeText(
        _("activated twice"),
        _("The program applies f to what f gave already."),
        (_A, _Y_HAT, _Z),
    ),
    "activation mistyped": MistakeText(
        _("activation mistyped"),
        _("A bracket, a sign or a power in f is mistyped, such as `1 / 1 + exp(-z)` for `1 / (1 + exp(-z))`."),
        (_A, _Y_HAT),
    ),
    "penalty on the biases": MistakeText(
        _("penalty on the biases"),
        _("The penalty counts only the weights. The program counts the biases as well."),
        (_DJDB, _COST),
    ),
    "penalty left out": MistakeText(
        _("penalty left out"),
        _("J has a penalty, and each ∂J/∂W has a term for it. The program leaves it out."),
        (_DJDW, _DJDB, _COST),
    ),
    "penalty divided by the number of rows": MistakeText(
        _("penalty divided by the number of rows"),
        _("The penalty is not divided by the number of rows here. The program divides it by N."),
        (_DJDW, _DJDB, _COST),
    ),
    "softmax over everything": MistakeText(
        _("softmax over everything"),
        _(
            "Softmax divides by the sum of the row. The program divides by the sum of the whole matrix: its rows do "
            "not add up to 1."
        ),
        (_Y_HAT,),
        r="{A} <- exp({Z}) / sum(exp({Z}))",
        numpy="{A} = np.exp({Z}) / np.exp({Z}).sum()",
    ),
    "softmax over the rows": MistakeText(
        _("softmax over the rows"),
        _(
            "Softmax divides each row by its own sum. The program divides by the sums of the columns, or by the sum "
            "of another row."
        ),
        (_Y_HAT,),
        r="{A} <- exp({Z}) / colSums(exp({Z}))",
        numpy="{A} = np.exp({Z}) / np.exp({Z}).sum(axis=0)",
    ),
    "elementwise for matrix product": MistakeText(
        _("elementwise for matrix product"),
        _(
            "The program multiplies cell by cell where the product of two matrices belongs: * in R is not %*%, and * "
            "in numpy is not @."
        ),
        (_Z, _DELTA, _DJDW),
    ),
    "matrix product for elementwise": MistakeText(
        _("matrix product for elementwise"),
        _("The program takes the product of two matrices where each cell is multiplied by its own f′."),
        (_DELTA,),
    ),
    "cost mistyped": MistakeText(
        _("cost mistyped"),
        _("A minus, a bracket or a power in J is mistyped. The rest of the program does not need J."),
        (_COST,),
    ),
    "scaling recycled down the columns": MistakeText(
        _("scaling recycled down the columns"),
        _(
            "R repeats a vector down the columns of the matrix that it divides. So some cells are divided by the "
            "number of another column."
        ),
        (DATA,),
    ),
    "data not scaled": MistakeText(
        _("data not scaled"),
        _("The program takes the data as they are, in their own units."),
        (DATA,),
        beginning="{data} <- {table}",
    ),
    "scaled by another number": MistakeText(
        _("scaled by another number"),
        _(
            "The program scales the data in another way than the lesson: by another number, by one number for all "
            "columns, to mean 0 and deviation 1, or twice."
        ),
        (DATA,),
    ),
    "filled by rows": MistakeText(
        _("filled by rows"),
        _(
            "R fills a matrix column by column, unless you write `byrow = TRUE`; numpy fills it row by row. The "
            "program fills a matrix in the other order."
        ),
        (START, DATA),
    ),
    "other learning rate": MistakeText(
        _("other learning rate"), _("The learning rate of the program is {detail}."), (_UPDATE, _DJDW, RATE)
    ),
    "gradient not reset": MistakeText(
        _("gradient not reset"),
        _("The program adds each gradient to those of all iterations before. A gradient is computed afresh each time."),
        (_DJDW, _DJDB),
    ),
    "divided by the number of rows twice": MistakeText(
        _("divided by the number of rows twice"),
        _("The program divides by N in two places, such as in δ and again in ∂J/∂W."),
        _SLOPES,
    ),
    "by another number of rows": MistakeText(
        _("by another number of rows"), _("The program divides by {detail}, which is not the number of rows."), _SLOPES
    ),
    "bias with the wrong sign": MistakeText(
        _("bias with the wrong sign"),
        _("The program subtracts the bias. In `1 / (1 + exp(-(X W + b)))`, the minus is for both."),
        (_Z,),
        r="{Z} <- {before} %*% {W} - {b}",
        numpy="{Z} = {before} @ {W} - {b}",
    ),
    "bias not in the forward pass": MistakeText(
        _("bias not in the forward pass"), _("The program has biases, but does not add them."), (_Z,)
    ),
    "a bias per row of data": MistakeText(
        _("a bias per row of data"),
        _("A unit has one bias for all rows of data. In the program, each row has its own."),
        (_DJDB, _Z),
        r="dJd{b} <- rowSums({delta})   # b has one number for each row of data",
        numpy="dJd{b} = {delta}.sum(axis=1, keepdims=True)",
    ),
    "weights not updated": MistakeText(
        _("weights not updated"),
        _(
            "The program leaves weights as they were at the start. In R, `W <- W - step` inside a function changes "
            "only the function's own copy; so does `W = W - step` in Python."
        ),
        (_UPDATE,),
    ),
    "weights replaced by the step": MistakeText(
        _("weights replaced by the step"),
        _(
            "The program puts the step in place of the weights. It has to subtract the step from them: `W - "
            "learning_rate * dJdW`."
        ),
        (_UPDATE,),
    ),
    "missing transpose": MistakeText(
        _("missing transpose"),
        _("A transpose is left out. The shapes fit because a matrix is square, but rows stand where columns belong."),
        (_DELTA, _DJDW),
    ),
    "slope left in": MistakeText(
        _("slope left in"), _("With this cost, f′ cancels in δ of the output. The program multiplies by it."), (_DELTA,)
    ),
    "forgotten complement": MistakeText(
        _("forgotten complement"),
        _("Cross-entropy has two terms. The program leaves out `(1 − y) ln(1 − ŷ)`."),
        (_DELTA, _COST),
    ),
    "sigmoid slope for softmax": MistakeText(
        _("sigmoid slope for softmax"),
        _("In softmax, each z changes every ŷ of its row. The program has `ŷ (1 − ŷ)` alone, as for a sigmoid."),
        (_DELTA,),
    ),
    "error in place of delta": MistakeText(
        _("error in place of delta"),
        _(
            "A hidden δ comes from the δ of the next layer. The program takes the error ŷ − y for that δ: the f′ of "
            "the output is missing."
        ),
        (_DELTA,),
    ),
    "error squared in delta": MistakeText(
        _("error squared in delta"),
        _(
            "J has the squared error; its slope has the error itself: `½ (y − ŷ)²` has the slope `−(y − ŷ)`. The "
            "program squares the error in δ as well."
        ),
        (_DELTA,),
    ),
    "derivative for the activation": MistakeText(
        _("derivative for the activation"), _("The program has f′(z) where a = f(z) belongs."), (_A, _Z, _DJDW)
    ),
    "reshaped for transposed": MistakeText(
        _("reshaped for transposed"),
        _(
            "The program gives a matrix the shape of its transpose, but keeps the order of its numbers. A transpose "
            "turns rows into columns; `reshape` in numpy and `matrix()` in R only break the same numbers into other "
            "rows."
        ),
        (_DELTA, _DJDW),
    ),
    "z(1-z) for the derivative": MistakeText(
        _("z(1-z) for the derivative"),
        _("The slope of the sigmoid is `a (1 − a)`, that of tanh `1 − a²`, where a = f(z). The program puts in z."),
        (_DELTA,),
    ),
    "derivative of another activation": MistakeText(
        _("derivative of another activation"),
        _(
            "f and f′ do not belong together: the program has the slope of another activation, such as `1 − a²` of "
            "tanh for `a (1 − a)` of the sigmoid."
        ),
        (_DELTA,),
    ),
    "off by one layer": MistakeText(
        _("off by one layer"),
        _(
            "The program uses a matrix of the layer before or after in place of this layer's, such as Z of the next "
            "layer."
        ),
        (_DELTA, _DJDW, _Z),
    ),
    "integer division": MistakeText(
        _("integer division"),
        _(
            "`//` in Python and `%/%` in R round down to a whole number: `1 // 2` is 0. A numpy array of whole "
            "numbers cuts off the decimals of what `W[:] = step` puts into it."
        ),
        (_DELTA, _COST, _DJDW, _UPDATE, DATA),
    ),
    "forward pass again between the updates": MistakeText(
        _("forward pass again between the updates"),
        _(
            "After the update of one layer, the program makes a new forward pass, and takes the slopes of the layer "
            "before it from there. One pass belongs to all slopes of an iteration."
        ),
        (_Z, _DELTA, _DJDW, _DJDB, _UPDATE),
    ),
    "other number of iterations": MistakeText(
        _("other number of iterations"), _("The loop of the program runs for another number of iterations."), (COUNT,)
    ),
    "one iteration off": MistakeText(
        _("one iteration off"),
        _("The program counts one iteration more or less, or prints its weights on the other side of the update."),
        (COUNT,),
    ),
    "cost after the update": MistakeText(
        _("cost after the update"),
        _("The program computes J after the update. J of an iteration belongs to the weights before it."),
        (_COST, _Z),
    ),
    "a column taken twice": MistakeText(
        _("a column taken twice"),
        _("The program takes column {detail} of x twice, and leaves another one out."),
        (DATA,),
    ),
    "rounded on the way": MistakeText(
        _("rounded on the way"),
        _(
            "The program goes on with rounded numbers ({detail} decimals or significant digits), or with numbers that "
            "somebody typed in from the screen."
        ),
        (_UPDATE, _Z, _A, _Y_HAT, _DELTA, _DJDW, _DJDB, _COST, START, DATA),
        r="{name} <- round({right}, {detail})",
    ),
    "weights transposed": MistakeText(
        _("weights transposed"),
        _(
            "The program stores W transposed, a row for each unit and a column for each input, but does not allow for "
            "that where it draws W or multiplies by it."
        ),
        (_Z, _DELTA, _DJDW, START),
        beginning="{transposed}",
    ),
    "rows in another order": MistakeText(
        _("rows in another order"),
        _("The rows of the data stand in another order, perhaps those of x in another than those of y."),
        (DATA,),
    ),
    "columns in another order": MistakeText(
        _("columns in another order"),
        _("The columns of x stand in another order: an input has the weights of another one."),
        (DATA,),
    ),
    "drawn in another order": MistakeText(
        _("drawn in another order"),
        _(
            "The program draws its matrices in the order `{detail}`. With the same seed, each gets numbers that "
            "belong to another one."
        ),
        (START,),
    ),
    "seed set again": MistakeText(
        _("seed set again"),
        _("The program sets the seed again between two draws, so the same numbers are drawn a second time."),
        (START,),
    ),
    "other generator": MistakeText(
        _("other generator"),
        _(
            "The weights to start from are drawn by another generator, or from another distribution ({detail}): with "
            "the same seed, other numbers come out."
        ),
        (START,),
    ),
    "other cost": MistakeText(
        _("other cost"), _("The program has another cost than the lesson: its J, its slope, or both."), (_DELTA, _COST)
    ),
    "other seed": MistakeText(
        _("other seed"), _("The seed of the program is {detail}."), (START,), beginning="set.seed({detail})"
    ),
    "ones for the start": MistakeText(
        _("ones for the start"), _("The program begins with weights that are all 1."), (START,)
    ),
    "no bias correction": MistakeText(
        _("no bias correction"),
        _(
            "Adam's averages M and S begin with 0, so the first ones are too small. Adam divides them by `1 - "
            "beta^t`; the program takes them as they are."
        ),
        (_CORRECTED,),
    ),
    "bias correction mistyped": MistakeText(
        _("bias correction mistyped"),
        _(
            "Adam divides M by `1 - beta1^t` and S by `1 - beta2^t`, where t = 1, 2, 3, … counts the updates. The "
            "program does this differently: with another t, without the power, with the other beta, times in place of "
            "divided by, or it keeps the corrected average for the next iteration."
        ),
        (_CORRECTED, PACE),
    ),
    "state cleared each epoch": MistakeText(
        _("state cleared each epoch"),
        _(
            "What the optimizer keeps goes on through the whole run. The program sets it to 0 again, in each "
            "iteration or at the beginning of each epoch."
        ),
        (*_KEPT, PACE),
    ),
    "other share of the new slope": MistakeText(
        _("other share of the new slope"),
        _(
            "The program adds the new slope to V, M or S with another factor: `1 - momentum` in place of 1, 1 in "
            "place of `1 - beta`, the two factors exchanged, or with a minus."
        ),
        _KEPT,
    ),
    "slopes not squared": MistakeText(
        _("slopes not squared"), _("S is made of the squares of the slopes. The program does not square them."), _KEPT
    ),
    "root mistyped": MistakeText(
        _("root mistyped"),
        _("The update divides by `√S + ε`. The program leaves the root out, or has the ε inside the root."),
        (_UPDATE,),
    ),
    "schedule left out": MistakeText(
        _("schedule left out"),
        _("The learning rate follows a schedule here. In the program, it stays the same."),
        (PACE,),
    ),
    "schedule counted otherwise": MistakeText(
        _("schedule counted otherwise"), _("The learning rate falls as in the lesson, but {detail}."), (PACE,)
    ),
    "other schedule": MistakeText(
        _("other schedule"), _("The learning rate changes in another way than in the lesson ({detail})."), (PACE,)
    ),
    "rows dealt otherwise": MistakeText(
        _("rows dealt otherwise"),
        _("The batches of the program have other rows than those of the lesson: {detail}."),
        (PACE,),
    ),
    "other batch size": MistakeText(_("other batch size"), _("A batch of the program has {detail}."), (PACE,)),
    "test rows used in training": MistakeText(
        _("test rows used in training"), _("Some rows are kept back for a test. The program trains on them."), (PACE,)
    ),
    "test rows used in the scaling": MistakeText(
        _("test rows used in the scaling"),
        _(
            "The lesson scales by numbers of the training rows alone, such as their maximum. The program computes "
            "them from all rows, test rows included."
        ),
        (DATA,),
    ),
    "other optimizer": MistakeText(_("other optimizer"), _("The program has another optimizer: {detail}."), (PACE,)),
    "other number in the optimizer": MistakeText(
        _("other number in the optimizer"), _("The program has another number in the optimizer ({detail})."), (PACE,)
    ),
    "zeros for the start": MistakeText(
        _("zeros for the start"), _("The program begins with weights that are all 0."), (START,)
    ),
}
"""The words of each mistake, by its name."""


def shown_mistake(name: str) -> str:
    """The name of a mistake in the user's language; that of a mistake which this version does not know as it is."""
    return TEXTS[name].name if name in TEXTS else name
