"""Eigenvalues and eigenvectors of small matrices, against those of numpy."""

from __future__ import annotations

import numpy as np
import pytest

from shangliang.consensus.arrays import Floats
from shangliang.consensus.spectrum import spectrum


def symmetric(n: int, kind: str) -> Floats:
    rng = np.random.default_rng(n)
    if kind == "any":
        x = rng.standard_normal((n, n))
        return x + x.T
    if kind == "of low rank":
        x = rng.standard_normal((n, max(1, n // 3)))
        return x @ x.T
    if kind == "diagonal":
        return np.diag(rng.random(n))
    return np.ones((n, n)) if kind == "all alike" else np.zeros((n, n))


@pytest.mark.parametrize("kind", ["any", "of low rank", "diagonal", "all alike", "nothing"])
@pytest.mark.parametrize("n", [1, 2, 3, 8, 33, 90])
def test_values_and_vectors(n: int, kind: str) -> None:
    matrix = symmetric(n, kind)
    size = max(1.0, float(np.abs(matrix).max())) * n
    values, vectors = spectrum(matrix)
    assert np.abs(values - np.linalg.eigvalsh(matrix)[::-1]).max() < 1e-13 * size
    assert np.abs(vectors @ vectors.T - np.eye(n)).max() < 1e-12
    assert np.abs(vectors @ matrix @ vectors.T - np.diag(values)).max() < 1e-12 * size


def test_the_matrix_stays_as_it_was() -> None:
    matrix = symmetric(8, "any")
    before = matrix.copy()
    spectrum(matrix)
    assert (matrix == before).all()
