"""From costs to probabilities, fitted on our benchmark; see benchmarks/geocoding.py --fit."""

from math import exp
from typing import Final

from geo.geocoding.search import Hit

CLOSE: Final = 0.3
"""Difference of cost below which two streets fit equally well."""
LEAST: Final = 0.6
"""Probability below which a street is a question, not an answer."""
RIVALRY: Final = 8.0
"""How fast a rival's share falls with its cost."""
BASE: Final = 5.5
EDIT: Final = 0.6
DENSE_EDIT: Final = 9.0
"""Weight of edits a letter: one edit in four letters is far worse than two in sixteen."""
FORM: Final = 1.2
AREA: Final = 0.9


def fit(hit: Hit) -> float:
    """Tell how likely an address that found this street means one of the streets found."""
    dense = hit.edits / max(hit.letters, 1)
    loose = max(hit.name - hit.edits, 0.0)
    score = BASE - EDIT * hit.edits - DENSE_EDIT * dense - FORM * loose - AREA * hit.area
    return 1.0 / (1.0 + exp(-score))


def shares(hits: list[Hit]) -> list[float]:
    """Split certainty among streets found: the share each has of being the one meant."""
    least = hits[0].cost
    weights = [exp(-RIVALRY * (hit.cost - least)) for hit in hits]
    total = sum(weights)
    whole = fit(hits[0])
    return [whole * weight / total for weight in weights]
