"""Fit the constants of geo/geocoding/calibration.py: `python -m benchmarks.calibrating SEED`."""

import math
import sys

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.installation import official_data
from benchmarks.noise import CLASSES, Noise, plain, read_streets
from geo.geocoding import Gazetteer, Geocoder
from geo.geocoding.calibration import features
from geo.geocoding.search import Hit

INVENTED = 12_000
"""Drawn so often that one address in five is of a street that does not exist."""
FOLDS = 10
"""Each tenth of the streets is taken out once, and asked for as if it did not exist."""


def collected(
    seed: int,
) -> tuple[NDArray[np.float64], NDArray[np.float64], list[tuple[list[float], int]]]:
    """Gather what was found for every noisy row: features, whether it was there, rivals' costs."""
    streets = read_streets(official_data())
    geocoder = Geocoder(Gazetteer.of(streets))
    noise = Noise(streets, seed)
    asked = [(geocoder, row) for name in CLASSES for row in noise.rows(name)]
    asked += [(geocoder, row) for row in noise.invented(INVENTED)]
    names = sorted({plain(street.name_fr) for street in streets})
    noise.random.shuffle(names)
    for start in range(0, len(names), len(names) // FOLDS + 1):
        gone = set(names[start : start + len(names) // FOLDS + 1])
        removed = [street for street in streets if plain(street.name_fr) in gone]
        kept = Geocoder(Gazetteer.of(s for s in streets if plain(s.name_fr) not in gone))
        asked += [(kept, row) for row in noise.held_out(removed)]
    described, right, rivals = [], [], []
    for finder, row in asked:
        hits = finder.hits(row.query)
        if not hits:
            continue
        keys = [_key(finder, hit) for hit in hits]
        place = keys.index(row.truth) if row.truth in keys else -1
        described.append(features(hits[0]))
        right.append(float(place >= 0))
        if place >= 0 and len(hits) > 1:
            rivals.append(([hit.cost for hit in hits], place))
    return np.array(described), np.array(right), rivals


def _key(geocoder: Geocoder, hit: Hit) -> tuple[int, str]:
    all_ = geocoder.gazetteer
    return int(all_.postcode[hit.street]), plain(all_.names_fr[hit.street])


def main(seed: int) -> None:
    """Fit and print."""
    described, right, rivals = collected(seed)

    def loss(weights: NDArray[np.float64]) -> float:
        score = weights[0] + described @ weights[1:]
        wrong = np.logaddexp(0, np.where(right > 0, -score, score))
        return float(wrong.sum() + 0.5 * (weights[1:] ** 2).sum())

    fitted = minimize(loss, np.zeros(described.shape[1] + 1), method="BFGS").x

    def apart(rivalry: NDArray[np.float64]) -> float:
        total = 0.0
        for costs, place in rivals:
            weights = [math.exp(-rivalry[0] * (cost - costs[0])) for cost in costs]
            total -= math.log(max(weights[place] / sum(weights), 1e-12))
        return total

    rivalry = minimize(apart, np.array([5.0]), method="Nelder-Mead").x
    print(f"{len(right):,} rows, {right.mean():.2%} there")
    print("WEIGHTS =", tuple(round(float(value), 2) for value in fitted))
    print("RIVALRY =", round(float(rivalry[0]), 1))


if __name__ == "__main__":
    main(int(sys.argv[1]))
