from hypothesis import given
from hypothesis import strategies as st

from geo.colouring import colours

GRID = {
    f"{c}{r}": [f"{c + dc}{r + dr}" for dc, dr in ((0, 1), (1, 0), (0, -1), (-1, 0))]
    for c in range(6)
    for r in range(6)
}


@given(
    homes=st.lists(st.integers(0, 8), min_size=36, max_size=36),
    kept=st.dictionaries(st.sampled_from("012345678"), st.integers(-1, 12)),
)
def test_neighbours_differ_where_there_are_colours_enough(
    homes: list[int], kept: dict[str, int]
) -> None:
    home = {code: str(one) for code, one in zip(GRID, homes, strict=True)}
    sets = {key: [code for code in GRID if home[code] == key] for key in set(home.values())}
    found = colours(sets, GRID, number=9, kept=kept)
    assert set(found) == set(sets)
    for code, near in GRID.items():
        for other in near:
            if other in home and home[other] != home[code]:
                assert found[home[code]] != found[home[other]]
    assert colours(sets, GRID, number=9, kept=found) == found
    assert set(colours(sets, GRID, number=2).values()) <= {0, 1}
