"""Writes the derivation of a step, line by line: a sentence, a formula, and the shapes below its factors."""

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _, ngettext
from tui_nn.network import ACTIVATIONS, Network, Step, StepKind
from tui_nn.network.formulas.costs import summed_cost
from tui_nn.network.formulas.derivation import (
    Chain,
    DerivationLine,
    Differentiated,
    FunctionRule,
    Partial,
    ShapeFit,
    derivation,
)
from tui_nn.network.formulas.equations import layer_output
from tui_nn.network.formulas.expression import Complement, Expression, MatrixRow, Product, Shape, Symbol, symbols
from tui_nn.network.formulas.reasons import Reason
from tui_nn.network.model.cost_of_error import CostOfError
from tui_nn.writing.notation.activation_text import (
    error_cost_sentence,
    error_slope_rules,
    function_sentence,
    slope_rules,
)
from tui_nn.writing.notation.cost_text import cost_text, penalty_sentence, slope_of_penalty_sentence
from tui_nn.writing.notation.optimizer_text import optimizer_text
from tui_nn.writing.notation.shapes_below import PieceOverShape, columns, lines_over_shapes
from tui_nn.writing.notation.signs import ASCII, UNICODE, Glyph, Notation, Token

_CONTINUED = "    "
_OF_ROWS = (Reason.COST_OF_ROW, Reason.SOUGHT, Reason.SUM_RULE)
_BETWEEN_FACTORS = {sign for notation in (UNICODE, ASCII) for sign in (notation.product, notation.hadamard)}


@frozen_dataclass
class DerivedLine:
    """A sentence, and the formula that it leads to.

    ``pieces`` are the parts of the formula, each with the shape below it. ``is_right`` is False for an attempt that
    does not work.
    """

    sentence: str
    pieces: tuple[PieceOverShape, ...]
    is_right: bool = True

    @property
    def formula(self) -> str:
        """The formula on one line."""
        return lines_over_shapes(self.pieces)[0]

    @property
    def shapes(self) -> str:
        """The shapes, for the line below the formula."""
        return lines_over_shapes(self.pieces)[1]

    def lines(self, room: int) -> Iterator[tuple[str, str]]:
        """The formula and its shapes on lines of at most ``room`` characters, broken before a sign between factors."""
        line: list[PieceOverShape] = []
        for part in self._parts():
            if line and columns(lines_over_shapes([*line, *part])[0]) > room:
                yield lines_over_shapes(line)
                (first, under), *others = part
                line = [(_CONTINUED + first.lstrip(), under), *others]
            else:
                line += part
        yield lines_over_shapes(line)

    def _parts(self) -> Iterator[list[PieceOverShape]]:
        """The parts that stay on one line: each factor with the sign before it."""
        part: list[PieceOverShape] = []
        for text, shape in self.pieces:
            if part and text.strip() in _BETWEEN_FACTORS:
                yield part
                part = []
            part.append((text, shape))
        yield part


def derivation_lines(
    network: Network,
    step: Step,
    notation: Notation,
    shapes: Mapping[str, Shape],
    hidden: frozenset[str] = frozenset(),
) -> tuple[DerivedLine, ...]:
    """The derivation of ``step``. ``shapes`` has each matrix's shape, by name; those in ``hidden`` are not shown."""
    writer = _DerivationWriter(network, step, notation.for_network(network), shapes, hidden)
    return tuple(writer.line(line) for line in derivation(network, step))


@frozen_dataclass
class _DerivationWriter:
    network: Network
    step: Step
    notation: Notation
    shapes: Mapping[str, Shape]
    hidden: frozenset[str]

    def line(self, line: DerivationLine) -> DerivedLine:
        if isinstance(line.right, FunctionRule):
            return self._function_line(line.right)
        fit = line.fit(self.shapes)
        sentence = self._sentence(line)
        if not line.is_right and isinstance(line.right, Product) and line.wanted:
            sentence = f"{sentence} {self._shape_verdict(line.right, line.wanted, fit)}"
        is_right = fit in (ShapeFit.RIGHT, ShapeFit.SAME)
        mark: list[Token] = [] if is_right else [Glyph(self.notation.wrong_mark)]
        tokens = [*mark, *self._left_side(line), *self._right_side(line.right)]
        if self.network.layers[-1] > 1 and line.reason in _OF_ROWS:
            tokens = self._over_outputs(tokens)
        return DerivedLine(
            sentence, tuple(self.notation.tokens_over_shapes(tokens, self.shapes, self.hidden)), is_right
        )

    def _over_outputs(self, tokens: Iterable[Token]) -> list[Token]:
        """The cost of a row of several numbers: the square of its length, |…|² for (…)², or a sum, Σ h(…), −Σ (…)."""
        minus, squared = self.notation.minus, self.notation.squared
        signs = {"(": "|", f"){squared}": f"|{squared}"}
        if over_errors := summed_cost(self.network).over_errors:
            h = f"{over_errors.function.name}("
            signs = {h: f"{self.notation.sum} {h}"}
        elif "squared" not in self.network.cost:
            signs = {f"{minus}(": f"{minus}{self.notation.sum} ("}
        return [
            Glyph(reduce(lambda text, sign: text.replace(sign, signs[sign]), signs, token.text))
            if isinstance(token, Glyph)
            else token
            for token in tokens
        ]

    def _function_line(self, rule: FunctionRule) -> DerivedLine:
        name = rule.function.name
        if isinstance(rule.function, CostOfError):
            formula = error_cost_sentence(rule.function, derived=False, notation=self.notation)
            sentence = _("{name} is the cost of an error e.", name=name)
            if rule.number is not None:
                reasons = cost_text(self.network, self.notation).rules
                sentence, formula = error_slope_rules(rule.function, reasons, self.notation)[rule.number]
            return DerivedLine(sentence, ((formula, ""),))
        f = self.notation.functions[name]
        if rule.number is None:
            formula = function_sentence(name, derived=False, notation=self.notation)
            if ACTIVATIONS[name].mixes_units:
                return DerivedLine(self._softmax_sentence(), ((formula, ""),))
            if f == name:
                named = _("The units' function is {f}.", f=f)
            else:
                named = _("{f} is the {activation}.", f=f, activation=name)
            return DerivedLine(named, ((formula, ""),))
        sentence, formula = slope_rules(name, self.notation)[rule.number]
        return DerivedLine(sentence, ((formula, ""),))

    def _softmax_sentence(self) -> str:
        says = _("Softmax makes probabilities: each exponential is divided by the sum of all of its row.")
        if self.network.layers[-1] == 2:
            says += " " + _("Of two outputs, each is the sigmoid of its z minus the other z.")
        return says

    def _left_side(self, line: DerivationLine) -> list[Token]:
        equals = Glyph(self.notation.equals)
        match line.left:
            case None:
                # A chain continues the line before; a product is an attempt of its own.
                return [equals] if isinstance(line.right, Chain) else []
            case Partial():
                return [Glyph(self._partial_text(line.left)), equals]
            case expression:
                return [*self.notation.tokens(expression), equals]

    def _right_side(self, right: Expression | Chain | Differentiated | FunctionRule) -> list[Token]:
        match right:
            case Chain(()):
                return [Glyph("1")]
            case Chain(factors):
                tokens: list[Token] = [Glyph(self.notation.column_sums)]
                for number, factor in enumerate(factors):
                    tokens += [Glyph(self.notation.product)] if number else []
                    tokens += (
                        [Glyph(self._partial_text(factor))] if isinstance(factor, Partial) else self._right_side(factor)
                    )
                return tokens
            case Differentiated(by, of):
                return [Glyph(self.notation.partial("", self.notation.name(by.name))), *self.notation.tokens(of)]
            case FunctionRule():
                return []
            case Complement(of):
                # Alone on its side, 1 − a needs no brackets.
                return [Glyph(f"1 {self.notation.minus}"), *self.notation.tokens(of)]
        return self.notation.tokens(right)

    def _partial_text(self, partial: Partial) -> str:
        return self.notation.partial(self.notation.label(partial.of), self.notation.label(partial.by))

    def _shape_verdict(self, product: Product, wanted: Symbol | MatrixRow, fit: ShapeFit) -> str:
        if symbols(product) & self.hidden:
            return _("Does it fit?")
        left, right = product.left.shape(self.shapes), product.right.shape(self.shapes)
        if fit is ShapeFit.SAME:
            return _("Here both are one number, and their order does not matter.")
        if fit is ShapeFit.UNDEFINED:
            # For translators: {columns} is "2 columns", {rows} is "3 rows".
            return _(
                "It does not fit: {columns} on the left, {rows} on the right.",
                columns=ngettext("{columns} column", "{columns} columns", left[1], columns=left[1]),
                rows=ngettext("{rows} row", "{rows} rows", right[0], rows=right[0]),
            )
        made = self.notation.shape((left[0], right[1]))
        if fit is ShapeFit.OTHER_SHAPE:
            shape = self.notation.shape(wanted.shape(self.shapes))
            return _(
                "It fits by chance and makes {made}, but {matrix} is {shape}.",
                made=made,
                matrix=self.notation.label(wanted),
                shape=shape,
            )
        return _("It fits by chance, and even makes {made}; but it adds up what does not belong together.", made=made)

    @property
    def _is_cancelled(self) -> bool:
        """Whether the step is the δ of an output whose f′ cancels."""
        return self.step.number == len(self.network.layers) and summed_cost(self.network).delta is not None

    def _sentence(self, line: DerivationLine) -> str:
        name, label = self.notation.name, self.notation.label
        number, last = self.step.number, len(self.network.layers)
        layer = number or last
        row = self.notation.row_name
        match line.reason:
            case Reason.ONE_ROW:
                names = {"inputs": row(layer_output(layer - 1).name), "weights": name(f"W{layer - 1}")}
                if self.network.bias:
                    return _(
                        "One row n at a time: {inputs} times a column of {weights}, plus its bias, is the weighted "
                        "sum of one unit.",
                        **names,
                    )
                return _(
                    "One row n at a time: {inputs} times a column of {weights} is the weighted sum of one unit.",
                    **names,
                )
            case Reason.WRONG_ORDER:
                return _("The other way round?")
            case Reason.ALL_ROWS if self.step.kind is StepKind.DELTA and not self._is_cancelled:
                dot, product = self.notation.hadamard, self.notation.product
                return _(
                    "All rows, one below the other. {product} comes first; {dot} then multiplies cell by cell.",
                    product=product,
                    dot=dot,
                )
            case Reason.ALL_ROWS:
                return _("The same for all rows, one below the other.")
            case Reason.CELL_BY_CELL:
                return _("It is applied to each cell, so the shape stays the same.")
            case Reason.ROW_BY_ROW:
                return _("It is applied to each row, so the shape stays the same.")
            case Reason.COST_OF_ROW:
                return cost_text(self.network, self.notation).of_row
            case Reason.COST:
                return cost_text(self.network, self.notation).of_all
            case Reason.SLOPES_OF_UNITS:
                return self.notation.translated(
                    _(
                        "A square matrix has the slope of ŷₖ by zⱼ in row k and column j: on the diagonal, where k = "
                        "j, ŷⱼ − ŷⱼ · ŷⱼ; elsewhere −ŷₖ · ŷⱼ."
                    )
                )
            case Reason.SAME_UNIT:
                return self.notation.translated(
                    _(
                        "Cell j of this product is a sum over the units k. Where k = j, it adds −yⱼ/ŷⱼ · ŷⱼ · (1 − "
                        "ŷⱼ): ŷⱼ cancels."
                    )
                )
            case Reason.OTHER_UNITS:
                return self.notation.translated(
                    _(
                        "Where k ≠ j, it adds −yₖ/ŷₖ · (−ŷₖ · ŷⱼ), which is yₖ · ŷⱼ. Each row of y sums to 1, so these "
                        "yₖ sum to 1 − yⱼ."
                    )
                )
            case Reason.UNITS_ADDED:
                return _("Both cases together.")
            case Reason.CANCELLED if summed_cost(self.network).total_of_row:
                y, y_hat, dot = self.notation.row_name("Y"), self.notation.row_name("Y_hat"), self.notation.hadamard
                product = f"{y} {dot} {y_hat}"
                return _(
                    "{product} stands there with a plus and with a minus: it cancels, and the error alone is left, as "
                    "for the sigmoid with its cross-entropy.",
                    product=product,
                )
            case Reason.CANCELLED:
                y_hat, minus = self.notation.row_name("Y_hat"), self.notation.minus
                slope = f"{y_hat} (1 {minus} {y_hat})"
                return _(
                    "The slope of the sigmoid is {slope}: it cancels the denominator, and the error alone is left. "
                    "With a squared error the slope stays: where {y_hat} is close to 0 and {y} is 1, next to nothing "
                    "is learnt.",
                    slope=slope,
                    y_hat=y_hat,
                    y=self.notation.row_name("Y"),
                )
            case Reason.PENALTY:
                return penalty_sentence(self.network, self.notation)
            case Reason.WITH_PENALTY:
                return _("J is the sum of the cost of the errors and the penalty on the weights.")
            case Reason.SLOPE_OF_PENALTY:
                return slope_of_penalty_sentence(self.network, self.notation)
            case Reason.SOUGHT:
                return _(
                    "We look for how J changes with each weight of {weights} while all other weights stay the same.",
                    weights=name(f"W{layer - 1}"),
                )
            case Reason.SUM_RULE:
                return _("The slope of a sum is the sum of the slopes: one row n at a time, added up at the end.")
            case Reason.COST_SLOPE:
                return cost_text(self.network, self.notation).slope
            case Reason.CHAIN_RULE:
                return _(
                    "{y_hat} depends on the weights only by way of {z}: the chain rule.",
                    y_hat=row("Y_hat"),
                    z=row(f"Z{last}"),
                )
            case Reason.SLOPE:
                f = self.notation.functions[self.network.activation_of(layer).name]
                a = row("Y_hat" if layer == last else f"A{layer}")
                return _(
                    "{a} is {f} of {z}, so this factor is the slope of {f}, cell by cell.", a=a, f=f, z=row(f"Z{layer}")
                )
            case Reason.NAMED:
                delta, z = row(f"delta{layer}"), row(f"Z{layer}")
                return _(
                    "We know all of this, and give it a name: {delta} says how J changes with {z}.", delta=delta, z=z
                )
            case Reason.SO_FAR:
                left = self.notation.partial(row(f"Z{number + 1}"), name(f"W{number}"))
                return _(
                    "Written with {delta}, only {left} is left to find.", delta=row(f"delta{number + 1}"), left=left
                )
            case Reason.WEIGHTED_SUM:
                return _("{z} is the weighted sum of what comes in.", z=row(f"Z{number + 1}"))
            case Reason.INCOMING:
                before = row(layer_output(number).name)
                return _(
                    "The slope at a weight is the input that it multiplies: {inputs} for each unit, as a column.",
                    inputs=before,
                )
            case Reason.ROW_WRONG_ORDER:
                return _("In the order of the chain rule {delta} comes first.", delta=row(f"delta{number + 1}"))
            case Reason.ROW_ORDER:
                return _(
                    "The factors change places: a column times a row has a cell for each weight of {weights}.",
                    weights=name(f"W{number}"),
                )
            case Reason.SUMMED:
                return _("Now the rows are added up again.")
            case Reason.MATRICES_WRONG_ORDER:
                return _("All rows at once, as matrices, in the order of the chain rule?")
            case Reason.MATRICES:
                before = layer_output(number).name
                return _(
                    "A matrix product sums over the side that its factors share. {sum} is over the rows, so they must "
                    "share the rows: {matrix} is transposed, and comes first.",
                    sum=self.notation.column_sums,
                    matrix=name(before),
                )
            case Reason.SOUGHT_DEEPER:
                return _(
                    "Now {weights}. Up to {z} everything is as before, so {delta} stays.",
                    weights=name(f"W{layer - 1}"),
                    z=row(f"Z{layer + 1}"),
                    delta=row(f"delta{layer + 1}"),
                )
            case Reason.CHAIN_DEEPER:
                z, a, inner = row(f"Z{layer + 1}"), row(f"A{layer}"), row(f"Z{layer}")
                return _(
                    "{z} depends on it by way of {a}, and that by way of {inner}: the chain rule, twice.",
                    z=z,
                    a=a,
                    inner=inner,
                )
            case Reason.BACK_WRONG:
                return _(
                    "In the weighted sum {a} is multiplied by {weights}. As it stands?",
                    a=row(f"A{layer}"),
                    weights=name(f"W{layer}"),
                )
            case Reason.BACK:
                return _(
                    "Row j of {weights} has the weights that lead on from unit j. Transposed, {weights} leads back to "
                    "the units.",
                    weights=name(f"W{layer}"),
                )
            case Reason.EACH_BIAS:
                return _("A bias is added to the sum of its unit once in every row: its slope is 1.")
            case Reason.BIASES_SUMMED:
                return _("So {delta} is all that is left, added up over the rows.", delta=row(f"delta{number + 1}"))
            case Reason.COLUMN_SUMS:
                return _("As matrices: the sum of each column of {delta}.", delta=name(f"delta{number + 1}"))
            case Reason.ALL_AT_ONCE:
                return _("The same for all weights at once, as matrices, cell by cell.")
            case Reason.DOWNHILL:
                return optimizer_text(self.network, self.notation).downhill
            case Reason.DOWNHILL_TOO:
                assert isinstance(line.left, Symbol)  # noqa: S101 - an equation
                return _("{name} in the same way.", name=label(Symbol(line.left.name.removesuffix("_next"))))
            case Reason.FIXED:
                assert isinstance(line.right, Symbol)  # noqa: S101 - the next value of a fixed parameter is itself
                return _("{name} is fixed: it stays as it is, whatever its slope.", name=label(line.right))
            case Reason.FUNCTION:
                raise AssertionError
            case over_iterations:
                return optimizer_text(self.network, self.notation).reasons[over_iterations, line.letter]
