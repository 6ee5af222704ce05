import csv
import random
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from benchmarks.best import COLUMNS, with_houses, write_best
from exchange.gazetteer import (
    build_gazetteer,
    gazetteer_path,
    open_gazetteer,
    read_best,
    read_list,
    save_gazetteer,
)
from geo.errors import BadInputError
from geo.geocoding import Gazetteer, Geocoder, Query, Rung, StreetRow

STREETS = [
    StreetRow("Rue Haute", "Hoogstraat", 1000, "Bruxelles", "Brussel"),
    StreetRow("Avenue Louise", "Louizalaan", 1050, "Ixelles", "Elsene"),
]


def best_file(path: Path, **changes: str) -> Path:
    """One address of Rue Haute in the form of BeSt, with some cells changed."""
    row = dict.fromkeys(COLUMNS, "") | {
        "EPSG:4326_lat": "50.84", "EPSG:4326_lon": "4.35", "house_number": "8",
        "municipality_name_fr": "Bruxelles", "municipality_name_nl": "Brussel",
        "postcode": "1000", "streetname_fr": "Rue Haute", "streetname_nl": "Hoogstraat",
        "status": "current",
    }  # fmt: skip
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, COLUMNS)
        out.writeheader()
        out.writerow(row | changes)
    return path


def test_boxes_are_one_address_and_retired_ones_none(tmp_path: Path) -> None:
    housed = with_houses(STREETS, 3, addresses=400)
    written = write_best(tmp_path / "best.csv", housed, 3)
    made = build_gazetteer(tmp_path, best=tmp_path / "best.csv")
    assert written > made.houses
    assert made.houses == sum(len({number for number, *_ in row.houses}) for row in housed)
    assert not any(suffix.endswith("X") for suffix in made.suffixes)


def test_every_known_number_is_found_where_it_is(tmp_path: Path) -> None:
    housed = with_houses(STREETS, 4, addresses=300)
    write_best(tmp_path / "best.csv", housed, 4)
    geocoder = Geocoder(build_gazetteer(tmp_path, best=tmp_path / "best.csv"))
    for row in housed:
        for number, lon, lat in row.houses:
            query = Query(street=row.name_nl, number=number, postcode=str(row.postcode))
            best = geocoder.find(query).best
            assert best is not None
            assert (best.rung, best.number) == (Rung.ADDRESS, number)
            assert (best.lon, best.lat) == pytest.approx((lon, lat), abs=1e-6)


def test_a_zip_is_read_and_progress_told(tmp_path: Path) -> None:
    best_file(tmp_path / "openaddress-bebru.csv")
    packed = tmp_path / "openaddress-bebru.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.write(tmp_path / "openaddress-bebru.csv", "openaddress-bebru.csv")
    heard: list[tuple[str, float]] = []
    made = build_gazetteer(
        tmp_path, best=packed, say=lambda what, share: heard.append((what, share))
    )
    assert (len(made), made.houses) == (1, 1)
    assert heard[-1] == ("Index", 1.0)
    assert all(0 <= share <= 1 for _, share in heard)


def test_saved_and_opened_it_is_the_same(tmp_path: Path) -> None:
    made = Gazetteer.of(with_houses(STREETS, 5, addresses=50), source="drawn")
    save_gazetteer(made, tmp_path)
    opened = open_gazetteer(tmp_path)
    assert opened is not None
    before, after = made.dump(), opened.dump()
    assert before.keys() == after.keys()
    assert all(np.array_equal(before[name], after[name]) for name in before)


def test_none_was_built(tmp_path: Path) -> None:
    assert open_gazetteer(tmp_path) is None
    with pytest.raises(BadInputError, match="no street"):
        build_gazetteer(tmp_path)


def test_no_damage_to_the_file_is_more_than_a_sentence(tmp_path: Path) -> None:
    save_gazetteer(Gazetteer.of(with_houses(STREETS, 6, addresses=30)), tmp_path)
    path = gazetteer_path(tmp_path)
    whole = path.read_bytes()
    draw = random.Random(6)  # noqa: S311 - damage
    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(draw.randint(1, 4)):
            damaged[draw.randrange(len(damaged))] ^= 1 << draw.randrange(8)
        if draw.random() < 0.3:
            damaged = damaged[: draw.randrange(len(damaged))]
        path.write_bytes(bytes(damaged))
        try:
            opened = open_gazetteer(tmp_path)
        except BadInputError:
            continue
        if opened is not None:
            Geocoder(opened).find(Query(text="Rue Haute 5, 1000"))


@pytest.mark.parametrize(
    "changes",
    [{"status": "retired"}, {"postcode": "x"}, {"EPSG:4326_lat": ""}, {"EPSG:4326_lat": "nan"},
     {"EPSG:4326_lat": "4.35", "EPSG:4326_lon": "50.84"},
     {"streetname_fr": "", "streetname_nl": ""}],
)  # fmt: skip
def test_an_address_that_is_none_is_left_out(tmp_path: Path, changes: dict[str, str]) -> None:
    with pytest.raises(BadInputError, match="no current address"):
        read_best(best_file(tmp_path / "best.csv", **changes))


def test_bad_files_are_refused_in_a_sentence(tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    for content in (b"", b"a,b\n1,2\n", b"%PDF-1.7\n\0\0", b"\xff\xfe\x00", b"\x00" * 50):
        bad.write_bytes(content)
        for read in (read_best, read_list):
            with pytest.raises(BadInputError):
                read(bad)
    with pytest.raises(BadInputError):
        read_best(tmp_path / "missing.csv")
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as file:
        file.writestr("a.csv", "x")
        file.writestr("b.csv", "x")
    with pytest.raises(BadInputError, match="one CSV"):
        read_best(tmp_path / "two.zip")


@pytest.mark.official
def test_the_graph_gives_streets_their_geometry(official_data: Path, tmp_path: Path) -> None:
    made = build_gazetteer(
        tmp_path,
        streets=official_data / "best_brussels_streets_2022.csv",
        graph=official_data / "osm_city_of_brussels_drive.graphml",
    )
    best = Geocoder(made).find(Query(text="Rue Haute 5, 1000 Bruxelles")).best
    assert best is not None
    assert (best.lon, best.lat) == pytest.approx((4.349, 50.838), abs=0.004)
    corner = Geocoder(made).find(Query(text="coin rue Haute et rue Joseph Stevens, 1000"))
    assert str(corner.reasons[0]) == "The corner of Rue Haute and Rue Joseph Stevens."
    assert corner.best is not None
    assert corner.best.lat == pytest.approx(50.8415, abs=0.001)


def test_the_command_builds_it(tmp_path: Path) -> None:
    best_file(tmp_path / "best.csv")
    done = subprocess.run(
        [sys.executable, "-m", "exchange", "gazetteer", "--best", tmp_path / "best.csv"],
        capture_output=True, text=True, check=True,
        env={"PLEIN_HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.stdout == "Gazetteer: 1 streets, 1 addresses.\n"
    assert "100%" in done.stderr
    assert open_gazetteer(tmp_path) is not None
