from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from exchange.walkable import incline_percent, is_stairs, names, unpack, walkable
from exchange.walking_files import read_network
from geo.crs import LAMBERT_72, WGS_84, project
from geo.errors import BadInputError
from geo.walking import Network, Walker
from tests.exchange.packed import pbf

HEAD = """<?xml version='1.0' encoding='utf-8'?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="c" for="graph" attr.name="crs"/><key id="x" for="node" attr.name="x"/>
<key id="y" for="node" attr.name="y"/><key id="geometry" for="edge" attr.name="geometry"/>
<key id="highway" for="edge" attr.name="highway"/><key id="name" for="edge" attr.name="name"/>
<key id="incline" for="edge" attr.name="incline"/><key id="foot" for="edge" attr.name="foot"/>
<key id="reversed" for="edge" attr.name="reversed"/>
<graph edgedefault="directed"><data key="c">epsg:4326</data>"""
TAIL = "</graph></graphml>"
AT = {"a": (4.35, 50.84), "b": (4.36, 50.84), "c": (4.36, 50.85)}
NODES = "".join(
    f'<node id="{key}"><data key="x">{x}</data><data key="y">{y}</data></node>'
    for key, (x, y) in AT.items()
)
BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


def edge(source: str, target: str, **told: str) -> str:
    inside = "".join(f'<data key="{key}">{value}</data>' for key, value in told.items())
    return f'<edge source="{source}" target="{target}" id="0">{inside}</edge>'


def graph(folder: Path, *edges: str) -> Network:
    path = folder / "walk.graphml"
    path.write_text(HEAD + NODES + "".join(edges) + TAIL, encoding="utf-8")
    return read_network(path)


def openstreetmap(
    folder: Path, ways: dict[str, tuple[str, dict[str, str]]], end: str = "</osm>"
) -> Path:
    """Write OpenStreetMap XML: nodes a to h on a row of 100 m or so, ways through their letters."""
    rows = [
        f'<node id="{n + 1}" version="1" lon="{4.35 + 0.0014 * (n % 4):.7f}" '
        f'lat="{50.84 + 0.0009 * (n // 4):.7f}"/>'
        for n in range(8)
    ]
    for number, (through, tags) in enumerate(ways.values()):
        refs = "".join(f'<nd ref="{"abcdefgh".index(letter) + 1}"/>' for letter in through)
        told = "".join(f'<tag k="{key}" v="{value}"/>' for key, value in tags.items())
        rows.append(f'<way id="{100 + number}" version="1">{refs}{told}</way>')
    path = folder / "walk.osm"
    path.write_text(
        "<?xml version='1.0' encoding='UTF-8'?>\n<osm version='0.6'>" + "".join(rows) + end, "utf-8"
    )
    return path


def test_both_directions_are_one_street(tmp_path: Path) -> None:
    bend = "LINESTRING (4.35 50.84, 4.355 50.845, 4.36 50.84)"
    back = "LINESTRING (4.36 50.84, 4.355 50.845, 4.35 50.84)"
    made = graph(
        tmp_path,
        edge("a", "b", highway="residential", name="Rue Haute - Hoogstraat", geometry=bend),
        edge("b", "a", highway="residential", name="Rue Haute - Hoogstraat", geometry=back),
        edge("b", "a", highway="footway"),
        edge("b", "c", highway="['footway', 'steps']", incline="-12%"),
        edge("c", "b", highway="['footway', 'steps']", incline="-12%", reversed="True"),
        edge("a", "a", highway="footway"),
    )
    assert len(made) == 3
    assert made.steps.tolist() == [False, False, True]
    assert made.length_m[0] > made.length_m[1] > 700
    assert (made.names_fr[made.name[0]], made.names_nl[made.name[0]]) == ("Rue Haute", "Hoogstraat")
    assert np.abs(made.incline_percent[2]) == 12
    assert made.crs == LAMBERT_72
    shapely_m = np.hypot(
        *np.diff(project(np.array([AT["b"], AT["c"]]), source=WGS_84, target=LAMBERT_72), axis=0)[0]
    )
    assert made.length_m[2] == pytest.approx(shapely_m, abs=1e-6)


def test_the_slope_goes_up_where_the_way_does(tmp_path: Path) -> None:
    made = graph(tmp_path, edge("c", "b", highway="path", incline="8%", reversed="True"))
    up = made.y[made.v[0]] > made.y[made.u[0]]
    assert made.incline_percent[0] == (8.0 if up else -8.0)


def test_where_nobody_may_walk_is_left_out(tmp_path: Path) -> None:
    made = graph(
        tmp_path,
        edge("a", "b", highway="motorway"),
        edge("a", "b", highway="residential", foot="no"),
        edge("b", "c", highway="cycleway", foot="designated"),
    )
    assert (len(made), len(made.u)) == (2, 1)


@pytest.mark.parametrize(
    ("tags", "open_to_feet"),
    [
        ({"highway": "footway"}, True),
        ({"highway": "motorway_link"}, False),
        ({"highway": "cycleway"}, False),
        ({"highway": "cycleway", "foot": "yes"}, True),
        ({"highway": "path", "access": "private"}, False),
        ({"highway": "primary", "sidewalk": "separate"}, False),
        ({"highway": "pedestrian", "area": "yes"}, False),
        ({"highway": "['motorway', 'residential']"}, True),
        ({"name": "Rue Haute"}, False),
    ],
)
def test_what_one_may_walk_on(tags: dict[str, str], open_to_feet: bool) -> None:  # noqa: FBT001
    assert walkable(tags) == open_to_feet


@pytest.mark.parametrize(
    ("told", "percent"),
    [
        ("12%", 12), ("-3,5 %", -3.5), ("45°", 100), ("['2%', '-9%']", -9),
        ("up", None), ("down", None), ("", None), ("400%", None), ("12", None), ("0%", 0),
    ],
)  # fmt: skip
def test_a_slope_is_read_where_it_is_a_number(told: str, percent: float | None) -> None:
    found = incline_percent({"incline": told})
    assert found == pytest.approx(np.nan if percent is None else percent, nan_ok=True)


def test_names_in_both_languages() -> None:
    assert names({"name": "Rue Haute - Hoogstraat"}) == ("Rue Haute", "Hoogstraat")
    assert names({"name": "Zavel", "name:fr": "Sablon", "name:nl": "Zavel"}) == ("Sablon", "Zavel")
    assert names({"name_nl": "Zavel"}) == ("Zavel", "Zavel")
    assert names({}) == ("", "")
    assert not is_stairs({"highway": "footway"})
    assert unpack('"a"=>"b \\"c\\" \\\\ d"') == {"a": 'b "c" \\ d'}


def test_ways_meet_where_they_share_a_node(tmp_path: Path) -> None:
    made = read_network(
        openstreetmap(
            tmp_path,
            {
                "street": (
                    "abc",
                    {"highway": "residential", "name:fr": "Haute", "name:nl": "Hoog"},
                ),
                "side": ("bf", {"highway": "steps", "incline": "up"}),
                "bars": ("cd", {"highway": "motorway"}),
                "rail": ("ef", {"railway": "rail"}),
            },
        )
    )
    assert (len(made), len(made.u)) == (4, 3)
    assert sorted(made.steps.tolist()) == [False, False, True]
    assert set(zip(made.names_fr, made.names_nl, strict=True)) == {("", ""), ("Haute", "Hoog")}


def test_only_streets_that_come_into_the_box_are_kept(tmp_path: Path) -> None:
    ways = {
        "in": ("ab", {"highway": "path"}),
        "half": ("bc", {"highway": "path"}),
        "out": ("cd", {"highway": "path"}),
    }
    box = (4.3499, 50.8399, 4.3515, 50.8401)
    made = read_network(openstreetmap(tmp_path, ways), box)
    assert (len(made), len(made.u)) == (3, 2)
    made.with_mesh()
    with pytest.raises(BadInputError, match="no street of this territory"):
        read_network(tmp_path / "walk.osm", (5.0, 50.8, 5.1, 50.9))
    drawn = HEAD + NODES + edge("a", "b") + edge("b", "c") + TAIL
    (tmp_path / "walk.graphml").write_text(drawn, encoding="utf-8")
    assert len(read_network(tmp_path / "walk.graphml", (4.34, 50.83, 4.355, 50.85)).u) == 1


def test_openstreetmap_packed_as_pbf(tmp_path: Path) -> None:
    path = tmp_path / "walk.osm.pbf"
    whole = pbf(
        [(4.35, 50.84), (4.3514, 50.84), (4.3528, 50.84), (4.3514, 50.841)],
        [
            ([1, 2, 3], {"highway": "residential", "name": "Rue Haute - Hoogstraat"}),
            ([2, 4], {"highway": "steps", "incline": "-20%"}),
            ([3, 4], {"highway": "motorway"}),
        ],
    )
    path.write_bytes(whole)
    made = read_network(path)
    assert (len(made), len(made.u)) == (4, 3)
    assert sorted(made.steps.tolist()) == [False, False, True]
    assert made.names_nl == ("", "Hoogstraat")
    assert np.nanmax(np.abs(made.incline_percent)) == 20
    for kept in range(0, len(whole), 7):
        path.write_bytes(whole[:kept])
        with pytest.raises(BadInputError, match=r"walk\.osm\.pbf"):
            read_network(path)


def test_a_bridge_without_a_shared_node_is_not_joined(tmp_path: Path) -> None:
    made = read_network(
        openstreetmap(
            tmp_path,
            {
                "below": ("af", {"highway": "footway"}),
                "bridge": ("be", {"highway": "footway", "bridge": "yes"}),
            },
        )
    )
    assert (len(made), len(made.u)) == (4, 2)
    reach = Walker(made).reach(*made.lonlat[0])
    assert np.isinf(reach.node_m).sum() == 2


def lines(**columns: list[str]) -> gpd.GeoDataFrame:
    drawn = [
        shapely.LineString([AT["a"], AT["b"]]),
        shapely.LineString([AT["b"], AT["a"]]),
        shapely.MultiLineString([[AT["b"], AT["c"]]]),
    ]
    return gpd.GeoDataFrame(columns, geometry=drawn, crs=WGS_84)


def test_a_geopackage_of_osmnx(tmp_path: Path) -> None:
    frame = lines(highway=["residential", "residential", "steps"], name=["Rue A - A-straat"] * 3)
    frame.to_crs(LAMBERT_72).to_file(tmp_path / "walk.gpkg", layer="edges")
    gpd.GeoDataFrame(geometry=[shapely.Point(4, 50)], crs=WGS_84).to_file(
        tmp_path / "walk.gpkg", layer="nodes"
    )
    made = read_network(tmp_path / "walk.gpkg")
    assert (len(made), len(made.u)) == (3, 2)
    assert made.steps.tolist() == [False, True]
    assert made.names_nl == ("", "A-straat")


def test_lines_without_streets_or_a_system_are_refused(tmp_path: Path) -> None:
    lines(kind=["rail"] * 3).to_file(tmp_path / "rail.gpkg", layer="rail")
    with pytest.raises(BadInputError, match="column “highway”"):
        read_network(tmp_path / "rail.gpkg")
    lines(highway=["motorway"] * 3).to_file(tmp_path / "cars.gpkg")
    with pytest.raises(BadInputError, match="no street of this territory"):
        read_network(tmp_path / "cars.gpkg")
    with pytest.warns(UserWarning, match="crs"):
        lines(highway=["path"] * 3).set_crs(None, allow_override=True).to_file(
            tmp_path / "lost.gpkg"
        )
    with pytest.raises(BadInputError, match=r"coordinate system|no street of this territory"):
        read_network(tmp_path / "lost.gpkg")
    away = lines(highway=["path"] * 3)
    away.geometry = away.geometry.translate(0, -5)
    away.to_file(tmp_path / "france.gpkg")
    with pytest.raises(BadInputError, match="no street of this territory"):
        read_network(tmp_path / "france.gpkg")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\n\0\0", "none of these"),
        (b"SQLite format 3\0" + b"\0" * 200, "Expected streets"),
        (b"\0\0\0\x0e\n\tOSMHeader\x18\x0c" + b"\x07" * 60, "Expected streets"),
        ((HEAD + NODES + "<edge source='a'").encode(), "whole XML"),
        ((HEAD + NODES + TAIL).encode(), "no street"),
        ((HEAD + NODES + edge("a", "zz") + TAIL).encode(), "broken"),
        ((HEAD + NODES + edge("a", "b", geometry="LINE") + TAIL).encode(), "broken"),
        ((HEAD.replace("epsg:4326", "") + NODES + edge("a", "b") + TAIL).encode(), "coordinate"),
        (
            (
                HEAD + NODES.replace("50.84", "nan").replace("50.85", "inf") + edge("a", "b") + TAIL
            ).encode(),
            "no street",
        ),
        (
            (HEAD + NODES.replace("50.8", "48.8") + edge("a", "b") + TAIL).encode(),
            "of this territory",
        ),
        ((HEAD[:39] + BOMB + HEAD[39:] + NODES + edge("a", "b") + TAIL).encode(), "document type"),
        (
            (HEAD[:39] + "<!-- graphml -->" + " " * 2_000_000 + BOMB + HEAD[39:] + TAIL).encode(),
            "document type",
        ),
        ((HEAD.replace("utf-8", "utf-16") + TAIL).encode("utf-16"), "Expected"),
        (f"<?xml version='1.0'?>{BOMB}<osm version='0.6'></osm>".encode(), "document type"),
        (b"<?xml version='1.0'?><osm version='0.6'></osm>", "Expected streets"),
    ],
)
def test_what_holds_no_streets_is_refused_with_the_reason(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    path = tmp_path / "given.graphml"
    path.write_bytes(content)
    with pytest.raises(BadInputError, match=reason):
        read_network(path)


def test_a_file_cut_off_is_refused(tmp_path: Path) -> None:
    ways = {"street": ("abc", {"highway": "residential"})}
    path = openstreetmap(tmp_path, ways, end="<way id='7'><nd ref=")
    with pytest.raises(BadInputError, match=r"walk\.osm"):
        read_network(path)
    lines(highway=["path"] * 3).to_file(tmp_path / "cut.gpkg")
    whole = (tmp_path / "cut.gpkg").read_bytes()
    (tmp_path / "cut.gpkg").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BadInputError, match=r"cut\.gpkg"):
        read_network(tmp_path / "cut.gpkg")
    with pytest.raises(BadInputError, match="could not be read"):
        read_network(tmp_path / "missing.pbf")


@pytest.mark.official
def test_the_streets_of_the_city(official_data: Path) -> None:
    made = read_network(official_data / "osm_city_of_brussels_drive.graphml")
    assert (len(made), len(made.u)) == (2_299, 3_441)
    assert "Rue Haute" in made.names_fr
    assert "Hoogstraat" in made.names_nl
    with pytest.raises(BadInputError, match="highway"):
        read_network(official_data / "osm_brussels_base.gpkg")
