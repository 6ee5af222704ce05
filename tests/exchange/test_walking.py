import os
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks.street_graphs import street_graph
from exchange.walking import (
    build_network,
    network_facts,
    network_path,
    network_version,
    open_network,
    save_network,
)
from geo.errors import BadInputError
from geo.walking import Walker
from tests.exchange.test_walking_files import openstreetmap

STREETS = {
    "street": ("abcd", {"highway": "residential", "name": "Rue Haute - Hoogstraat"}),
    "stairs": ("bf", {"highway": "steps"}),
}


def test_built_kept_and_opened(tmp_path: Path) -> None:
    heard: list[tuple[str, float]] = []
    path = openstreetmap(tmp_path, STREETS)
    made = build_network(tmp_path, path=path, say=lambda what, share: heard.append((what, share)))
    assert heard[-1] == ("Ground", 1.0)
    opened = open_network(tmp_path)
    assert opened is not None
    before, after = made.dump(), opened.dump()
    assert all(
        np.array_equal(before[name], after[name], equal_nan="names" not in name) for name in before
    )
    reach = Walker(opened).reach(4.35, 50.84)
    assert not reach.areas([400])[0].is_empty
    facts = network_facts(tmp_path)
    assert facts is not None
    assert (facts["file"], facts["licence"]) == ("walk.osm", "ODbL 1.0")
    assert len(facts["sha256"]) == 64
    assert [entry.name for entry in network_path(tmp_path).parent.iterdir()] == ["network.npz"]


def test_none_was_built(tmp_path: Path) -> None:
    assert open_network(tmp_path) is None
    assert network_facts(tmp_path) is None
    assert network_version(tmp_path) == ""
    with pytest.raises(BadInputError, match="Expected a file of streets"):
        build_network(tmp_path)


def test_what_was_kept_stays_where_a_file_is_refused(tmp_path: Path) -> None:
    build_network(tmp_path, path=openstreetmap(tmp_path, STREETS))
    version = network_version(tmp_path)
    (tmp_path / "bad.pbf").write_bytes(b"nothing")
    with pytest.raises(BadInputError, match="Nothing was changed"):
        build_network(tmp_path, path=tmp_path / "bad.pbf")
    assert network_version(tmp_path) == version != ""
    assert open_network(tmp_path) is not None


def test_another_network_is_another_version(tmp_path: Path) -> None:
    path = build_network(tmp_path, path=openstreetmap(tmp_path, STREETS))
    first = network_version(tmp_path)
    build_network(tmp_path, path=openstreetmap(tmp_path, {"one": STREETS["street"]}))
    assert network_version(tmp_path) != first
    again = open_network(tmp_path)
    assert again is not None
    assert len(again.u) < len(path.u)


def test_no_damage_to_the_file_is_more_than_a_sentence(tmp_path: Path) -> None:
    save_network(street_graph(30, 1).with_mesh(), tmp_path, {})
    path = network_path(tmp_path)
    whole, draw = path.read_bytes(), random.Random(6)  # noqa: S311 - damage
    refused = 0
    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(draw.randint(1, 4)):
            damaged[draw.randrange(len(damaged))] ^= 1 << draw.randrange(8)
        if draw.random() < 0.3:
            damaged = damaged[: draw.randrange(len(damaged))]
        path.write_bytes(bytes(damaged))
        try:
            opened = open_network(tmp_path)
            network_facts(tmp_path)
        except BadInputError:
            refused += 1
            continue
        if opened is not None:
            Walker(opened).reach(4.2, 50.75)
    assert refused > 50


def run(home: Path, *given: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "exchange", "walking", *given],
        capture_output=True, text=True, check=False,
        env={"PLEIN_HOME": str(home), "PATH": os.environ["PATH"], "PLEIN_OFFLINE": "1"},
        cwd=Path(__file__).parents[2],
    )  # fmt: skip


def test_the_command_builds_it(tmp_path: Path) -> None:
    done = run(tmp_path, str(openstreetmap(tmp_path, STREETS)))
    assert done.stdout == "Walking network: 4 crossings, 3 streets, 1 stairs.\n"
    assert "100%" in done.stderr
    assert open_network(tmp_path) is not None


def test_streets_of_another_place_are_refused(tmp_path: Path) -> None:
    path = openstreetmap(tmp_path, STREETS)
    path.write_text(path.read_text("utf-8").replace("50.8", "50.2"), "utf-8")
    done = run(tmp_path, str(path))
    assert done.returncode == 1
    assert "no street of this territory" in done.stderr


def test_without_a_network_the_command_asks_for_a_file(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert done.returncode == 1
    assert done.stderr == "plein: Without a network, give the file of streets: walking FILE.\n"


def test_opening_needs_no_osmnx(tmp_path: Path) -> None:
    save_network(street_graph(30, 1).with_mesh(), tmp_path, {})
    code = (
        "import sys; from pathlib import Path; from exchange.walking import open_network;"
        f"open_network(Path({str(tmp_path)!r})).snap([4.2], [50.7]);"
        "assert 'osmnx' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])
