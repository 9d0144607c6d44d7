"""Panels made worth more by swaps: always right, never worth less, never more than the integer programme's best."""

from __future__ import annotations

import numpy as np
import pytest

from shangliang.panel import Person, Problem, Quota
from shangliang.panel.climbing import climb
from shangliang.panel.lp import panels_of
from shangliang.panel.shape import shape_of


@pytest.mark.parametrize("seed", range(12))
def test_a_climbed_panel_is_right_and_worth_no_less(seed: int) -> None:
    rng = np.random.default_rng(seed)
    people = tuple(
        Person(str(n), (str(rng.integers(2)), str(rng.integers(3)), str(rng.integers(3)))) for n in range(60)
    )
    quotas = tuple(
        Quota(c, str(v), 2, 6) for c, values in (("a", 2), ("b", 3), ("c", 3)) for v in range(values)
    )
    shape = shape_of(Problem(10, ("a", "b", "c"), quotas, people))
    price = rng.random(shape.types)
    lp = panels_of(shape, whole=True)
    lp.costs(-price)  # the worst panel to begin with
    assert lp.run()
    begin = np.rint(lp.point).astype(np.int64)
    panel = begin.copy()
    climb(shape.row, shape.low, shape.high, shape.cap, price, panel)
    lp.costs(price)
    assert lp.run()
    assert shape.right(panel[None, :])
    assert price @ begin < price @ panel <= lp.value + 1e-9
