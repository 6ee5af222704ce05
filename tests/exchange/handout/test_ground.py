import numpy as np
import pytest
import shapely

from exchange.handout.ground import streets_around
from exchange.handout.map import MOST_ACROSS_M
from exchange.handout.pages import write_handout
from geo.crs import WGS_84, project
from geo.walking import Network
from tests.exchange.handout.sheets import at, entry, handout, texts

FAR_M = 5_000


@pytest.fixture
def network() -> Network:
    """Rue Haute in two pieces, its stairs, an alley without a name, and a street 5 km away."""
    degrees = [at(-200, 0), at(0, 0), at(200, 0), at(0, 50), at(0, -50)]
    degrees += [at(FAR_M, 0), at(FAR_M + 50, 0)]
    points = project(np.array(degrees), source=WGS_84, target=31370)
    haute = ("Rue Haute", "Hoogstraat")
    return Network.of(
        points,
        [(0, 1), (1, 2), (1, 3), (1, 4), (5, 6)],
        names=[haute, haute, haute, ("", ""), ("Rue Loin", "Verstraat")],
        steps=[False, False, True, False, False],
    )


def test_pieces_of_a_street_are_joined_and_stairs_are_paths(network: Network) -> None:
    streets = streets_around(network, [entry()])
    rows = sorted(zip(streets["kind"], streets["name_fr"], streets["name_nl"], strict=True))
    assert rows == [("minor", "Rue Haute", "Hoogstraat"), ("path", "", "")]
    ends = shapely.get_coordinates(streets.geometry[streets["kind"] == "minor"].to_numpy())
    reached = np.array(sorted(ends[[0, -1]].tolist()))
    assert reached == pytest.approx(np.array([at(-200, 0), at(200, 0)]))


def test_one_map_holds_what_lies_between(network: Network) -> None:
    far = entry(2, lon=at(FAR_M, 0)[0], lat=at(FAR_M, 0)[1], line=())
    for one_map in (False, True):
        names = set(streets_around(network, [entry(), far], one_map=one_map)["name_fr"])
        assert names == {"", "Rue Haute", "Rue Loin"}


def test_where_no_street_is_the_map_is_empty(network: Network) -> None:
    lon, lat = at(0, 3 * MOST_ACROSS_M)
    away = entry(lon=lon, lat=lat, line=(), way=(), address="")
    streets = streets_around(network, [away])
    assert streets.empty
    assert "Rue" not in texts(write_handout(handout(away, streets=streets)))[0]


def test_a_network_of_any_ground_makes_the_same_map(network: Network) -> None:
    sheet = handout(entry(way=(), address=""), streets=streets_around(network, [entry()]))
    assert "Rue Haute" in texts(write_handout(sheet))[0]
