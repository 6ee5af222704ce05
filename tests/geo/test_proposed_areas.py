import numpy as np

from geo.neighbourhood_edits import Area, Draft
from geo.planning import Ground, Proposal, measure, propose
from geo.proposed_areas import draft_of, names_of
from geo.territory import Territory
from tests.drawn import code, grid_territory

LEFT = [code(0, row) for row in range(3)]
MIDDLE = [code(1, row) for row in range(3)]
RIGHT = [code(2, row) for row in range(3)]


def proposed(territory: Territory, groups: dict[str | None, list[str]]) -> Proposal:
    ground = Ground.of(territory, [one for some in groups.values() for one in some])
    place = {one: n for n, some in enumerate(groups.values()) for one in some}
    group = np.array([place[one] for one in ground.codes])
    return Proposal(
        codes=ground.codes,
        group=group,
        continues=tuple(groups),
        figures=measure(ground, group, np.ones(len(ground)), least=1, most=9),
        seed=0,
    )


def draft(**sets: list[str]) -> Draft:
    areas = {key: Area(names={"fr": key}, sectors=frozenset(some)) for key, some in sets.items()}
    return Draft(ground=frozenset(grid_territory().neighbours), areas=areas)


def test_what_continues_keeps_its_name_and_what_is_left_of_none_ends() -> None:
    territory = grid_territory()
    before = draft(x=LEFT[:2], y=MIDDLE[:1], z=RIGHT[:1], empty=[])
    found = draft_of(proposed(territory, {"x": LEFT, None: MIDDLE}), before, territory)
    assert {key: sorted(one.sectors) for key, one in found.areas.items()} == {
        "empty": [],
        "vak-1-2": sorted(MIDDLE),
        "x": sorted(LEFT),
        "z": sorted(RIGHT[:1]),
    }
    assert found.areas["x"].names == {"fr": "x"}


def test_names_come_from_the_district_else_from_the_largest_sector() -> None:
    territory = grid_territory()
    assert names_of([LEFT], territory) == [{"fr": "Gauche", "nl": "Links"}]
    assert names_of([[*LEFT, MIDDLE[0]], MIDDLE[1:]], territory)[0] == {
        "fr": "Gauche",
        "nl": "Links",
    }
    twice = names_of([LEFT[:1], LEFT[1:]], territory)
    assert [one["fr"].startswith("Gauche \N{EN DASH} ") for one in twice] == [True, True]
    assert len({one["nl"] for one in twice}) == 2
    assert names_of([LEFT], territory, taken={"Links"})[0]["fr"].startswith("Gauche \N{EN DASH}")
    assert names_of([[]], territory) == [{}]


def test_ids_of_others_are_not_taken_again() -> None:
    territory = grid_territory()
    found = draft_of(proposed(territory, {None: LEFT}), draft(), territory, taken={"links"})
    assert list(found.areas) == ["links-2"]


def test_a_real_proposal_leaves_no_sector_out_and_none_twice() -> None:
    territory = grid_territory()
    ground = Ground.of(territory)
    before = draft(x=LEFT)
    made = propose(ground, np.ones(9), number=2, present=dict.fromkeys(LEFT, "x"))
    found = draft_of(made, before, territory)
    listed = [one for area in found.areas.values() for one in area.sectors]
    assert sorted(listed) == sorted(ground.codes)
    assert "x" in found.areas
