"""Linear and integer programmes over types, by HiGHS (MIT licence). One thread, fixed seed: the same every time."""

from __future__ import annotations

from typing import Any

import highspy
import numpy as np
from numpy.typing import ArrayLike, NDArray

from shangliang.panel.shape import Floats, Shape

INF = float("inf")
EPS = 1e-9
PRIMAL = 4  # HiGHS' number of that simplex


class Programme:
    """min or max cost·x; rows low ≤ A x ≤ high; bounds on x. A thin handle on one HiGHS model that stays warm."""

    def __init__(self, maximise: bool, grows: bool = False) -> None:
        """``grows``: columns come one by one; what was best stays allowed, so the primal simplex goes on from there."""
        self.highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        for name, value in (
            ("output_flag", False), ("threads", 1), ("random_seed", 1), ("primal_feasibility_tolerance", EPS),
            ("dual_feasibility_tolerance", EPS), ("mip_rel_gap", 0.0), ("mip_abs_gap", 1e-9),
            ("mip_feasibility_tolerance", 1e-7),
        ):  # fmt: skip
            self.highs.setOptionValue(name, value)
        if grows:
            self.highs.setOptionValue("simplex_strategy", PRIMAL)
        sense = highspy.ObjSense.kMaximize if maximise else highspy.ObjSense.kMinimize
        self.highs.changeObjectiveSense(sense)

    def columns(self, cost: ArrayLike, low: ArrayLike, high: ArrayLike) -> None:
        """Append columns that stand in no row yet."""
        cost = np.asarray(cost, np.float64)
        none = np.zeros(0, np.int32)
        self.highs.addCols(
            len(cost), cost, np.broadcast_to(np.asarray(low, np.float64), cost.shape).copy(),
            np.broadcast_to(np.asarray(high, np.float64), cost.shape).copy(),
            0, np.zeros(len(cost), np.int32), none, np.zeros(0),
        )  # fmt: skip

    def column(self, cost: float, low: float, high: float, places: ArrayLike, values: ArrayLike) -> None:
        """Append one column with its entries in existing rows."""
        places = np.asarray(places, np.int32)
        self.highs.addCol(cost, low, high, len(places), places, np.asarray(values, np.float64))

    def rows(self, low: ArrayLike, high: ArrayLike, matrix: NDArray[Any]) -> None:
        """Append rows with their coefficients (dense, rows × columns)."""
        at, where = np.nonzero(matrix)
        starts = np.searchsorted(at, np.arange(len(matrix))).astype(np.int32)
        self.highs.addRows(
            len(matrix), np.asarray(low, np.float64), np.asarray(high, np.float64), len(where), starts,
            where.astype(np.int32), matrix[at, where].astype(np.float64),
        )  # fmt: skip

    def costs(self, cost: Floats) -> None:
        self.highs.changeColsCost(
            len(cost), np.arange(len(cost), dtype=np.int32), np.asarray(cost, np.float64)
        )

    def whole(self, count: int) -> None:
        """The first `count` columns are whole numbers from now on."""
        kinds = np.full(count, highspy.HighsVarType.kInteger.value, np.uint8)
        self.highs.changeColsIntegrality(count, np.arange(count, dtype=np.int32), kinds)

    def run(self, seconds: float = INF) -> bool:
        """Solve; whether an optimum was found (within `seconds`, when given)."""
        self.highs.setOptionValue("time_limit", self.highs.getRunTime() + seconds if seconds < INF else INF)
        self.highs.run()
        return bool(self.highs.getModelStatus() == highspy.HighsModelStatus.kOptimal)

    @property
    def infeasible(self) -> bool:
        status = self.highs.getModelStatus()
        return status in (
            highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible,
        )  # fmt: skip

    @property
    def value(self) -> float:
        return float(self.highs.getInfo().objective_function_value)

    @property
    def bound(self) -> float:
        """The proven bound of an integer programme."""
        return float(self.highs.getInfo().mip_dual_bound)

    @property
    def has_point(self) -> bool:
        return bool(self.highs.getInfo().primal_solution_status == 2)

    @property
    def point(self) -> Floats:
        return np.asarray(self.highs.getSolution().col_value)

    @property
    def reduced(self) -> Floats:
        return np.asarray(self.highs.getSolution().col_dual)

    @property
    def prices(self) -> Floats:
        return np.asarray(self.highs.getSolution().row_dual)


def panels_of(
    shape: Shape, maximise: bool = True, whole: bool = False, least: ArrayLike | None = None
) -> Programme:
    """The panels of a shape as a programme in T columns: quotas, bounds, the number of seats; all costs 0."""
    made = Programme(maximise)
    made.columns(np.zeros(shape.types), 0.0 if least is None else np.asarray(least, float), shape.cap)
    made.rows(shape.low, shape.high, shape.matrix)
    made.rows([shape.seats], [shape.seats], np.ones((1, shape.types)))
    if whole:
        made.whole(shape.types)
    return made
