import random

import numpy as np
import pytest

from geo.errors import BadInputError
from geo.walking import Network, Walker
from tests.geo.walking.conftest import CORNER, ENDS, SPOTS


def test_lengths_follow_the_line() -> None:
    made = Network.of([(0, 0), (30, 0)], [(0, 1)], lines=[[(0, 0), (0, 40), (30, 40), (30, 0)]])
    assert made.length_m.tolist() == [110.0]


def test_two_crossings_at_one_spot_are_a_millimetre_apart() -> None:
    assert Network.of([(0, 0), (0, 0)], [(0, 1)]).length_m.tolist() == [0.001]


@pytest.mark.parametrize(
    ("ends", "options"),
    [
        ([(0, 2)], {}),
        ([(-1, 0)], {}),
        ([(0, 1)], {"names": []}),
        ([(0, 1)], {"lines": [[(0, 0)]]}),
        ([(0, 1)], {"lines": [[(0, 0), (np.nan, 1)]]}),
        ([(0, 1)], {"lines": [[(0, 0), (1e9, 1)]]}),
        ([(0, 1)], {"steps": [True, False]}),
    ],
)
def test_what_does_not_fit_together_is_refused(ends: list, options: dict) -> None:
    with pytest.raises(BadInputError, match="streets between known crossings"):
        Network.of([(0, 0), (1, 0)], ends, **options)


def test_no_street_at_all_is_a_network_too() -> None:
    made = Network.of([], []).with_mesh()
    again = Network.load(made.dump())
    reach = Walker(again).reach(4.35, 50.84)
    assert reach.areas([400])[0].is_empty
    assert reach.off
    assert np.isinf(reach.to(again.snap([4.35], [50.84]))).all()


def test_kept_and_read_again_it_is_the_same(drawn: Network) -> None:
    before, after = drawn.dump(), Network.load(drawn.dump()).dump()
    assert before.keys() == after.keys()
    for name, values in before.items():
        np.testing.assert_array_equal(values, after[name])


def test_in_the_order_of_space_it_is_the_same_network(drawn: Network) -> None:
    ordered = drawn.in_order()
    assert sorted(zip(ordered.x, ordered.y, strict=True)) == sorted(
        zip(drawn.x, drawn.y, strict=True)
    )
    for end in ("u", "v"):
        at, was = getattr(ordered, end), getattr(drawn, end)
        np.testing.assert_array_equal(ordered.x[at], drawn.x[was])
        np.testing.assert_array_equal(ordered.y[at], drawn.y[was])


def test_no_damage_is_more_than_a_sentence() -> None:
    whole = Network.of(np.array(SPOTS, float) + CORNER, ENDS).with_mesh().dump()
    draw = random.Random(5)  # noqa: S311 - damage
    refused = 0
    for _ in range(400):
        kept = {name: values.copy() for name, values in whole.items()}
        name = draw.choice(sorted(kept))
        if draw.random() < 0.2:
            del kept[name]
        elif draw.random() < 0.3:
            kept[name] = kept[name][: draw.randrange(len(kept[name]) + 1)]
        elif kept[name].size:
            flat = kept[name].view(np.uint8).reshape(-1)
            flat[draw.randrange(flat.size)] ^= 1 << draw.randrange(8)
        try:
            reach = Walker(Network.load(kept)).reach(4.357, 50.839)
            reach.way(reach.origin)
            reach.areas([60.0])
        except BadInputError:
            refused += 1
    assert refused > 100
