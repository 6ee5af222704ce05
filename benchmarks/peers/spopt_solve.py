"""Runs inside spopt's own environment: one question as .npz in, what was found as .npz out.

Started by benchmarks/peers/spopt.py. Seconds of solving go to standard output as JSON; for the
two siting questions they include the model's building, which PuLP does in Python.
"""

import json
import sys
import time
import warnings
from typing import Any

import numpy as np


def solve_maxp(given: Any) -> tuple[float, dict[str, Any]]:
    """Group by MaxP at each threshold; keep the grouping nearest to the number wanted."""
    import geopandas as gpd  # noqa: PLC0415 - not there where this file is checked
    from libpysal.weights import W  # type: ignore[import-not-found]  # noqa: PLC0415
    from spopt.region import MaxPHeuristic  # type: ignore[import-not-found]  # noqa: PLC0415

    frame = gpd.GeoDataFrame(
        {"x": given["x"], "y": given["y"], "weight": given["weight"]},
        geometry=gpd.points_from_xy(given["x"], given["y"]),
    )
    near: dict[int, list[int]] = {n: [] for n in range(len(frame))}
    for one, other in given["pairs"].tolist():
        near[one].append(other)
        near[other].append(one)
    best: tuple[float, float, Any] = (np.inf, 0.0, None)
    for threshold in given["thresholds"].tolist():
        np.random.seed(1)  # noqa: NPY002 - what spopt draws from
        start = time.perf_counter()
        model = MaxPHeuristic(
            frame, W(near, silence_warnings=True), ["x", "y"], "weight", threshold
        )
        model.solve()
        seconds = time.perf_counter() - start
        labels = np.asarray(model.labels_)
        off = abs(len(np.unique(labels)) - int(given["number"]))
        if off < best[0]:
            best = off, seconds, labels
    return best[1], {"group": best[2]}


def solve_siting(question: str, given: Any) -> tuple[float, dict[str, Any]]:
    """Choose candidates with CBC."""
    import pulp  # type: ignore[import-not-found]  # noqa: PLC0415
    from spopt.locate import MCLP, PMedian  # type: ignore[import-not-found]  # noqa: PLC0415

    start = time.perf_counter()
    count = int(given["count"])
    if question == "mclp":
        model = MCLP.from_cost_matrix(
            given["metres"], given["weight"], float(given["limit_m"]), p_facilities=count
        )
    else:
        model = PMedian.from_cost_matrix(given["metres"], given["weight"], p_facilities=count)
    model = model.solve(pulp.PULP_CBC_CMD(msg=False))
    seconds = time.perf_counter() - start
    chosen = [n for n, one in enumerate(model.fac_vars) if one.value() > 0.5]  # noqa: PLR2004
    return seconds, {"chosen": np.array(chosen)}


def main() -> None:
    """Solve the question named first."""
    warnings.simplefilter("ignore")
    question, source, target = sys.argv[1:]
    with np.load(source) as given:
        seconds, found = solve_maxp(given) if question == "maxp" else solve_siting(question, given)
    np.savez(target, allow_pickle=False, **found)
    sys.stdout.write("\n" + json.dumps({"seconds": seconds}) + "\n")


if __name__ == "__main__":
    main()
