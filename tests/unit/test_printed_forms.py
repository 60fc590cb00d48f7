"""What R, numpy, pandas, torch, Octave, Julia and others print is read as these matrices; R's figures say the numbers.

The files were printed by people who had not seen the reader. The manifest says which matrices of iteration 1 each has.
"""

import json

import numpy as np
import pytest

from tests.unit.helpers import DATA, figures_of_R, lesson
from tests.unit.printed_by_programs import plan_of
from tui_nn.network import Network
from tui_nn.network.model.array import Array
from tui_nn.session.homework.diagnosing import diagnose_numbers
from tui_nn.session.homework.printed_numbers import PrintedMatrix
from tui_nn.session.homework.reading import read_printed, read_printed_file
from tui_nn.session.homework.student_names import matrix_names

_FORMS = DATA / "printed"
_EXPECTED: dict[str, list[str]] = json.loads((_FORMS / "manifest.json").read_text(encoding="utf-8"))
_NETWORK = Network((2, 3, 1))


def _right(name: str) -> Array:
    figures = figures_of_R("r_lecture")
    of_r = {"dJdW1": "djdw1", "dJdW2": "djdw2", "Y_hat": "Y_hat", "cost": "cost"}.get(name, f"{name[:-1]}_{name[-1]}")
    value = figures[name] if name in ("X", "Y") else figures["traces"]["1"][of_r]
    return np.atleast_2d(np.array(value, dtype=np.float64))


def _agrees(printed: PrintedMatrix, name: str) -> bool:
    right = _right(name)
    if name == "cost" and printed.numbers.size > 1:
        right = np.array([figures_of_R("r_lecture")["cost_hist"]])
    for turned in (right, right.T, right.reshape(1, -1), right.T.reshape(1, -1)):
        shown = turned[:, : printed.numbers.size] if printed.is_list else turned
        if printed.numbers.shape == shown.shape:
            is_given = ~np.isnan(printed.numbers)
            near = np.abs(printed.numbers - shown) <= 1.0001 * printed.tolerance + 1e-15
            if is_given.any() and near[is_given].all():
                return True
    return False


@pytest.mark.parametrize("file", _EXPECTED)
def test_each_form_is_read_with_its_names_and_digits(file: str) -> None:
    found = read_printed_file(_FORMS / file).matrices
    for name in _EXPECTED[file]:
        agreeing = [printed for printed in found if _agrees(printed, name)]
        assert agreeing, name
        meant = [matrix_names(printed.label, _NETWORK) for printed in agreeing]
        # Those without a name have to be placed by their shape.
        assert any(name in names or not names for names in meant), (name, [one.label for one in agreeing])


@pytest.mark.parametrize("file", _EXPECTED)
def test_no_number_with_the_name_of_a_right_matrix_differs_from_it(file: str) -> None:
    """The reader takes no index, no code and no row name for a number of the program's."""
    known = {"X", "Y", "W1", "W2", "Z2", "A2", "Z3", "Y_hat", "cost", "delta3", "dJdW2", "delta2", "dJdW1"}
    for printed in read_printed_file(_FORMS / file).matrices:
        names = [name for name in matrix_names(printed.label, _NETWORK) if name in known]
        if names and (printed.iteration or 1) == 1 and printed.iterations is None:
            assert any(_agrees(printed, name) for name in names), printed


# What right programs print of the lecture, in forms that name their iteration or matrix in other ways.
_RIGHT = """\
iteration 1: cost = 0.01052273, max err = 0.1209212, norm(W1) 1.48, |W2| 1.38, mean(W1) 0.5
---
iteration 1 cost 0.01052273 error 0.1209
---
1 cost: 0.01052273
2000 cost: 0.001034088
---
[    1/10000] cost 1.052e-02
[ 2000/10000] cost 1.034e-03
---
Ep1 J 0.01052273
Ep2000 J 0.001034088
---
1\t \t0.01052273\t
2000\t \t0.001034088\t
4000\t \t3.446137e-05\t
---
sample 1 output 0.8213222
sample 2 output 0.7834396
sample 3 output 0.8090788
---
1 output 0.8213222
2 output 0.7834396
3 output 0.8090788
---
  iter       cost      W2.1      W2.2      W2.3
1    1 0.01052273 0.9860397 0.7078888 0.6684135
---
iteration 1
      W21       W22       W23
0.9860397 0.7078888 0.6684135
---
Itération n° 1
 coût : 0.01052273
Poids W2 après la mise à jour : 0.9860397 0.7078888 0.6684135
---
paso 1
 coste: 0.01052273
 salida: 0.8213222 0.7834396 0.8090788
---
Etape 2000
 cout 0.001034088
"""


@pytest.mark.parametrize("text", _RIGHT.split("---\n"))
def test_no_right_program_is_accused_for_how_it_prints(text: str) -> None:
    found = diagnose_numbers(plan_of(lesson("lecture")), read_printed(text), effort=0)
    assert found.diagnosis.first is None
    assert found.diagnosis.agrees
