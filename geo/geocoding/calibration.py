"""From costs to probabilities, fitted on our benchmark: `python -m benchmarks.calibrating SEED`.

Fitted on one seed, checked on others: `make bench NAME=geocoding` prints how often answers given
a probability are right. The mix is the benchmark's: eleven kinds of noise and invented streets.
"""

from math import exp, log
from typing import Final

from geo.geocoding.costs import OTHER_TYPE
from geo.geocoding.names import CLIPPED, FULL
from geo.geocoding.search import Hit

CLOSE: Final = 0.3
"""Difference of cost below which two streets fit equally well."""
LEAST: Final = 0.55
"""Probability below which a street is a question, not an answer."""
WORTH_NAMING: Final = 0.05
"""Probability below which a street is not even worth a question."""
RIVALRY: Final = 6.4
"""How fast a rival's share falls with its cost."""
WEIGHTS: Final = (9.5, 0.1, 0.34, -2.18, -8.0, -4.4, -2.85, -5.5, -3.95, 0.2, -1.78, -2.95)
"""Of a constant and the features, in their order."""
LETTER_NATS: Final = 2.2
"""What a letter of a name tells (entropy of letters in the 5,195 names given the one before)."""
EDIT_NATS: Final = 4.0
"""What an edit forgives beside its place: which of 26 letters, and which kind."""
POOL_NATS: Final = (6.0, 9.2)
"""Logarithm of how many names are looked at: in a postcode, in the Region."""
ELSEWHERE: Final = 0.7
"""An area's cost above which the street was looked for in the whole Region."""
MOST_NATS: Final = 12.0
"""More than this says no more."""


def features(hit: Hit) -> tuple[float, ...]:
    """Describe how a street was found, for the logistic model.

    The first is how surprising it would be to find it by chance: what its letters tell, less what
    its edits forgive, less how many names were looked at; the second is what of that is below 0.
    """
    elsewhere = hit.area > ELSEWHERE
    surprise = (
        LETTER_NATS * hit.letters
        - hit.edits * (EDIT_NATS + log(max(hit.letters, 1)))
        - POOL_NATS[elsewhere]
    )
    loose = hit.name - hit.edits
    return (
        max(min(surprise, MOST_NATS), -MOST_NATS),
        max(min(surprise, 0.0), -MOST_NATS),
        float(hit.edits),
        min(loose, 1.0),
        float(loose >= OTHER_TYPE),
        float(hit.form == CLIPPED),
        float(elsewhere),
        float(elsewhere) * hit.edits,
        float(hit.form != FULL) * hit.edits,
        float(hit.wordy),
        float(hit.replaced > 1),
    )


def fit(hit: Hit) -> float:
    """Tell how likely it is that one of the streets found is the one meant."""
    score = WEIGHTS[0]
    for weight, feature in zip(WEIGHTS[1:], features(hit), strict=True):
        score += weight * feature
    return 1.0 / (1.0 + exp(-score))


def shares(hits: list[Hit]) -> list[float]:
    """Split certainty among streets found: the share each has of being the one meant."""
    if not hits:
        return []
    whole = fit(hits[0])
    if len(hits) == 1:
        return [whole]
    least = hits[0].cost
    weights = [exp(-RIVALRY * (hit.cost - least)) for hit in hits]
    total = sum(weights)
    return [whole * weight / total for weight in weights]
