from pathlib import Path

import pytest

from exchange.streets import read_streets, split_name
from geo.errors import BadInputError

HEAD = """<?xml version='1.0' encoding='utf-8'?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="d0" for="graph" attr.name="crs" attr.type="string"/>
<key id="d1" for="node" attr.name="x" attr.type="string"/>
<key id="d2" for="node" attr.name="y" attr.type="string"/>
<key id="d3" for="edge" attr.name="highway" attr.type="string"/>
<key id="d4" for="edge" attr.name="name" attr.type="string"/>
<key id="d5" for="edge" attr.name="geometry" attr.type="string"/>
<graph edgedefault="directed">"""
LONLAT = '<data key="d0">epsg:4326</data>'
NODES = "".join(
    f'<node id="{n}"><data key="d1">{x}</data><data key="d2">{y}</data></node>'
    for n, x, y in (("a", 4.35, 50.84), ("b", 4.36, 50.84), ("c", 4.37, 50.85))
)
TAIL = "</graph></graphml>"


def edge(source: str, target: str, **data: str) -> str:
    keys = {"highway": "d3", "name": "d4", "geometry": "d5"}
    inside = "".join(f'<data key="{keys[k]}">{v}</data>' for k, v in data.items())
    return f'<edge source="{source}" target="{target}" id="0">{inside}</edge>'


def written(folder: Path, *edges: str, graph: str = LONLAT, nodes: str = NODES) -> Path:
    path = folder / "streets.graphml"
    path.write_text(HEAD + graph + nodes + "".join(edges) + TAIL, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "halves"),
    [
        ("Rue Haute - Hoogstraat", ("Rue Haute", "Hoogstraat")),
        ("Kruisberg", ("Kruisberg", "Kruisberg")),
        ("", ("", "")),
        ("A - B - C", ("A - B - C", "A - B - C")),
        ("Rue A - A-straat / Rue B - B-straat", ("Rue A", "A-straat")),
        ("Rue X - Y - X-straat - Y", ("Rue X - Y", "X-straat - Y")),
    ],
)
def test_a_bilingual_name_has_two_halves(name: str, halves: tuple[str, str]) -> None:
    assert split_name(name) == halves


def test_both_directions_are_one_line_and_pieces_of_a_street_one_street(tmp_path: Path) -> None:
    name = "Rue Haute - Hoogstraat"
    found = read_streets(
        written(
            tmp_path,
            edge("a", "b", highway="residential", name=name),
            edge("b", "a", highway="residential", name=name),
            edge("b", "c", highway="residential", name=name),
        )
    )
    assert found.geometry.to_wkt().tolist() == ["LINESTRING (4.35 50.84, 4.36 50.84, 4.37 50.85)"]
    assert found[["kind", "name_fr", "name_nl"]].to_numpy().tolist() == [
        ["minor", "Rue Haute", "Hoogstraat"]
    ]


def test_the_drawn_line_wins_over_the_straight_one(tmp_path: Path) -> None:
    bend = "LINESTRING (4.35 50.84, 4.355 50.845, 4.36 50.84)"
    found = read_streets(written(tmp_path, edge("a", "b", highway="primary", geometry=bend)))
    assert len(found.geometry.iloc[0].coords) == 3


@pytest.mark.parametrize(
    ("highway", "kind"),
    [
        ("motorway_link", "main"),
        ("tertiary", "medium"),
        ("['residential', 'secondary']", "medium"),
        ("footway", "path"),
        ("via_ferrata", "minor"),
    ],
)
def test_a_street_is_of_the_most_important_kind_it_names(
    tmp_path: Path, highway: str, kind: str
) -> None:
    found = read_streets(written(tmp_path, edge("a", "b", highway=highway)))
    assert found["kind"].tolist() == [kind]


def test_a_projected_graph_is_brought_back_to_degrees(tmp_path: Path) -> None:
    nodes = (
        '<node id="a"><data key="d1">148973</data><data key="d2">169923</data></node>'
        '<node id="b"><data key="d1">149973</data><data key="d2">169923</data></node>'
    )
    graph = '<data key="d0">epsg:31370</data>'
    found = read_streets(written(tmp_path, edge("a", "b"), graph=graph, nodes=nodes))
    west, south, east, north = found.total_bounds
    assert (west, south) == pytest.approx((4.354, 50.839), abs=0.005)
    assert (east, north) == pytest.approx((4.368, 50.839), abs=0.005)


BROKEN = {
    "cut off": (HEAD + LONLAT + NODES + "<edge source='a'", "whole XML"),
    "empty": ("", "whole XML"),
    "other XML": ("<html><body/></html>", "no street"),
    "no edges": (HEAD + LONLAT + NODES + TAIL, "no street"),
    "no crs": (HEAD + NODES + edge("a", "b") + TAIL, "coordinate system"),
    "unknown crossing": (HEAD + LONLAT + NODES + edge("a", "zz") + TAIL, "broken"),
    "bad line": (HEAD + LONLAT + NODES + edge("a", "b", geometry="LINE") + TAIL, "broken"),
    "bad number": (HEAD + LONLAT + NODES.replace("4.35", "here") + edge("a", "b") + TAIL, "broken"),
    "elsewhere": (HEAD + LONLAT + NODES.replace("50.8", "48.8") + edge("a", "b") + TAIL, "Belgium"),
    "entities": ('<!DOCTYPE x [<!ENTITY a "b">]>' + HEAD + TAIL, "document type"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_no_street_graph_is_refused_with_the_reason(tmp_path: Path, case: str) -> None:
    content, reason = BROKEN[case]
    path = tmp_path / "broken.graphml"
    path.write_text(content.removeprefix("<?xml version='1.0' encoding='utf-8'?>\n"), "utf-8")
    with pytest.raises(BadInputError) as raised:
        read_streets(path)
    assert reason in str(raised.value)
    assert "broken.graphml" in str(raised.value)


@pytest.mark.official
def test_the_streets_of_brussels(official_data: Path) -> None:
    found = read_streets(official_data / "osm_city_of_brussels_drive.graphml")
    assert set(found["kind"]) == {"main", "medium", "minor"}
    haute = found[found["name_fr"] == "Rue Haute"]
    assert set(haute["name_nl"]) == {"Hoogstraat"}
    assert (found["name_fr"] != "").mean() > 0.9
    assert (found["name_fr"] == found["name_nl"])[found["name_fr"] != ""].mean() < 0.05
