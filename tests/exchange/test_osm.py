import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType, SimpleNamespace

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from directory.commands import Author, Commands, Origin
from directory.osm import Feature
from directory.people import MACHINE
from directory.store import Kind, Store, upgrade
from exchange import osm
from exchange.osm import Features, Rejected, fetch_features, import_places, read_features
from exchange.settings import read_settings
from geo.errors import BadInputError, PleinError

DAY = date(2026, 11, 23)
PERSON = Author("Amina", Origin.PAGE, MACHINE)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("osm") / "plein.db"
    upgrade(f"sqlite:///{path}")
    return path.read_bytes()


@pytest.fixture
def store(tmp_path: Path, template: bytes) -> Iterator[Store]:
    (tmp_path / "plein.db").write_bytes(template)
    opened = Store(f"sqlite:///{tmp_path / 'plein.db'}")
    yield opened
    opened.close()


@pytest.fixture
def commands(store: Store) -> Commands:
    return Commands(store)


def feature(reference: str = "", lon: float = 4.35, lat: float = 50.84, **tags: str) -> Feature:
    return Feature(
        tags={"amenity": "library", "name": "Le Phare"} | tags,
        lon=lon,
        lat=lat,
        reference=reference,
    )


def row(lon: object = 4.35, lat: object = 50.84, **more: object) -> dict[str, object]:
    return {
        "type": "Feature",
        "properties": {"amenity": "library", "name": "Le Phare"},
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
    } | more


def write(path: Path, *rows: object) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": rows}), encoding="utf-8")
    return path


def test_a_second_import_changes_nothing_even_on_another_day(
    commands: Commands, store: Store
) -> None:
    found = Features((feature("node/1"), feature("node/2", name="Sésame"), feature(amenity="bank")))
    first = import_places(commands, store, found, today=DAY)
    assert (first.new, first.changed, first.unchanged) == (2, 0, 0)
    assert first.categories == {"library": 2}
    assert [tag for tag, _ in first.unmapped] == ["amenity=bank"]
    revision = store.directory().revision
    again = import_places(commands, store, found, today=date(2027, 1, 1))
    assert (again.new, again.changed, again.unchanged) == (0, 0, 2)
    assert store.directory().revision == revision


def test_what_changed_there_changes_here_and_is_written_down(
    commands: Commands, store: Store
) -> None:
    import_places(commands, store, Features((feature("node/1"),)), today=DAY)
    changed = Features((feature("node/1", opening_hours="24/7"),))
    report = import_places(commands, store, changed, today=date(2026, 12, 1))
    assert (report.new, report.changed) == (0, 1)
    actor = store.directory().actors["osm-node-1"]
    assert (actor.hours, actor.version) == ("24/7", 2)
    assert actor.source.read_on == date(2026, 12, 1)
    assert [c.origin for c in store.history(Kind.ACTOR, actor.id)] == [Origin.IMPORT] * 2


def test_what_a_person_changed_is_kept(commands: Commands, store: Store) -> None:
    found = Features((feature("node/1"), feature("node/2", name="Sésame")))
    import_places(commands, store, found, today=DAY)
    mine = store.directory().actors["osm-node-1"]
    commands.save([mine.model_copy(update={"hours": "Mo 09:00-12:00"})], by=PERSON)
    commands.archive(Kind.ACTOR, "osm-node-2", by=PERSON)
    report = import_places(commands, store, found, today=DAY)
    assert (report.new, report.changed, report.unchanged) == (0, 0, 0)
    assert report.kept == ["osm-node-1", "osm-node-2"]
    actors = store.directory().actors
    assert actors["osm-node-1"].hours == "Mo 09:00-12:00"
    assert actors["osm-node-2"].status == "archived"


def test_what_is_gone_from_the_area_is_said_and_not_deleted(
    commands: Commands, store: Store
) -> None:
    three = (
        feature("node/1", lon=4.30, lat=50.80),
        feature("node/2", lon=4.40, lat=50.90),
        feature("node/3", lon=4.35, lat=50.85),
    )
    elsewhere = feature("node/4", lon=4.90, lat=50.85)
    import_places(commands, store, Features((*three, elsewhere)), today=DAY)
    report = import_places(commands, store, Features(three[:2]), today=DAY)
    assert report.gone == ["osm-node-3"]
    assert len(store.directory().actors) == 4


def test_places_without_ids_are_told_apart_and_taken_over_by_their_id(
    commands: Commands, store: Store
) -> None:
    twins = Features((feature(), feature(), feature(lon=4.36)))
    assert import_places(commands, store, twins, today=DAY).new == 3
    assert import_places(commands, store, twins, today=DAY).unchanged == 3
    ids = set(store.directory().actors)
    named = Features((feature("node/1"), feature("way/2"), feature("node/3", lon=4.36)))
    report = import_places(commands, store, named, today=DAY)
    assert (report.new, report.changed, report.gone) == (0, 3, [])
    assert set(store.directory().actors) == ids
    assert import_places(commands, store, named, today=DAY).unchanged == 3


def test_a_feature_given_twice_or_refused_keeps_nobody_else_out(
    commands: Commands, store: Store
) -> None:
    found = Features(
        (
            feature("node/1"),
            feature("node/1", name="Again"),
            feature("node/2", name="x" * 10_000),
            feature("node/3", lon=50.84, lat=4.35),
            feature("node/4", phone="12", website="javascript:alert(1)"),
        ),
        (Rejected("feature 6", "it has no geometry"),),
    )
    report = import_places(commands, store, found, today=DAY)
    assert report.new == 2
    assert report.dropped == {"phone": 1, "website": 1}
    whys = "\n".join(one.why for one in report.rejected)
    assert len(report.rejected) == 4
    for why in ("no geometry", "node/1 was given twice", "300 characters", "swapped"):
        assert why in whys
    told = "\n".join(report.lines())
    assert "2 new" in told
    assert "4 rejected" in told


def test_one_the_commands_refuse_is_rejected_alone(
    commands: Commands, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = Commands.save

    def picky(self: Commands, records: list[object], **given: object) -> object:
        if any(getattr(record, "id", "") == "osm-node-1" for record in records):
            raise BadInputError("no")
        return save(self, records, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(Commands, "save", picky)
    found = Features((feature("node/1"), feature("node/2")))
    report = import_places(commands, store, found, today=DAY)
    assert report.new == 1
    assert report.rejected == [Rejected("osm-node-1", "no")]


def test_a_file_is_read_with_its_ids_lines_and_areas(tmp_path: Path) -> None:
    square = [[[4.3, 50.8], [4.4, 50.8], [4.4, 50.9], [4.3, 50.9], [4.3, 50.8]]]
    area = row(geometry={"type": "Polygon", "coordinates": square}, id="way/2")
    at_id = row(properties={"@id": "relation/3", "name": "A", "layer": 1, "x": None, "y": [1]})
    nested = row(properties={"type": "node", "id": 4, "tags": {"name": "B"}})
    found = read_features(write(tmp_path / "a.geojson", row(), area, at_id, nested))
    assert [one.reference for one in found.features] == ["", "way/2", "relation/3", "node/4"]
    assert (found.features[1].lon, found.features[1].lat) == pytest.approx((4.35, 50.85))
    assert found.features[2].tags == {"@id": "relation/3", "name": "A", "layer": "1"}
    assert found.features[3].tags == {"name": "B"}


@pytest.mark.parametrize(
    "broken",
    [
        None,
        "text",
        {},
        row(geometry=None),
        row(geometry={"type": "Point", "coordinates": []}),
        row(geometry={"type": "Point", "coordinates": ["a", "b"]}),
        row(geometry={"type": "Point"}),
        row(geometry={"type": "Polygon", "coordinates": [[[4, 50]]]}),
        row(geometry={"type": "Polygon", "coordinates": []}),
        row(geometry={"type": "Banana"}),
        row(properties=None),
        row(lon="NaN"),
        row(geometry={"type": "Point", "coordinates": 5}),
        row(geometry={"type": "Point", "coordinates": {"a": 1}}),
    ],
)
def test_a_broken_row_is_rejected_with_its_number(tmp_path: Path, broken: object) -> None:
    found = read_features(write(tmp_path / "a.geojson", row(), broken))
    assert len(found.features) == 1
    assert [one.row for one in found.rejected] == ["feature 2"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "no GeoJSON"),
        ('{"type": "FeatureCollection", "features": [', "no GeoJSON"),
        ("[" * 100_000, "no GeoJSON"),
        ("\udcff", "no GeoJSON"),
        ("[]", "FeatureCollection"),
        ('{"type": "Feature"}', "FeatureCollection"),
        ('{"type": "FeatureCollection", "features": {}}', "FeatureCollection"),
    ],
)
def test_a_broken_file_is_refused_with_what_is_wrong(
    tmp_path: Path, content: str, why: str
) -> None:
    path = tmp_path / "broken.geojson"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(BadInputError, match=why):
        read_features(path)


def test_a_file_of_swapped_or_metric_coordinates_is_refused(tmp_path: Path) -> None:
    for lon, lat in ((50.84, 4.35), (149_000, 170_000)):
        path = write(tmp_path / "swapped.geojson", row(lon, lat), row(lon, lat))
        with pytest.raises(BadInputError, match="EPSG:4326"):
            read_features(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"missing\.geojson"):
        read_features(tmp_path / "missing.geojson")


def test_an_empty_file_imports_nothing(tmp_path: Path, commands: Commands, store: Store) -> None:
    found = read_features(write(tmp_path / "a.geojson"))
    assert import_places(commands, store, found, today=DAY).new == 0


@pytest.fixture
def territory() -> SimpleNamespace:
    square = shapely.box(148_000, 169_000, 150_000, 171_000)
    sectors = gpd.GeoDataFrame({"geometry": [square]}, index=["A"], crs=31370)
    return SimpleNamespace(sectors=sectors, codes=["A"], outline=lambda _: square)


def test_nobody_is_asked_when_offline(territory: SimpleNamespace) -> None:
    with pytest.raises(BadInputError, match="PLEIN_OFFLINE"):
        fetch_features(territory, offline=True)  # type: ignore[arg-type]


def test_openstreetmap_is_asked_for_the_territory_in_degrees(
    territory: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {}

    def features_from_polygon(polygon: shapely.Polygon, tags: dict[str, object]) -> object:
        asked.update(polygon=polygon, tags=tags)
        index = pd.MultiIndex.from_tuples([("node", 7), ("way", 8)], names=["element", "id"])
        return gpd.GeoDataFrame(
            {"name": ["Sésame", None], "amenity": ["library", "bank"], "geometry": [
                shapely.Point(4.35, 50.84), shapely.box(4.3, 50.8, 4.4, 50.9)]},
            index=index,
            crs=4326,
        )  # fmt: skip

    fake = ModuleType("osmnx")
    fake.settings = SimpleNamespace(use_cache=True)  # type: ignore[attr-defined]
    fake.features_from_polygon = features_from_polygon  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "osmnx", fake)
    found = fetch_features(territory, offline=False)  # type: ignore[arg-type]
    assert [one.reference for one in found.features] == ["node/7", "way/8"]
    assert found.features[1].tags == {"amenity": "bank"}
    west, south, east, north = asked["polygon"].bounds
    assert 4.3 < west < east < 4.5
    assert 50.8 < south < north < 50.9
    assert "pharmacy" in asked["tags"]["amenity"]

    def silent(*_: object) -> object:
        raise ConnectionError("no route")

    fake.features_from_polygon = silent  # type: ignore[attr-defined]
    with pytest.raises(BadInputError, match="no route"):
        fetch_features(territory, offline=False)  # type: ignore[arg-type]


def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    given = read_settings(tmp_path / "none.toml", {"PLEIN_HOME": str(tmp_path)})
    monkeypatch.setattr(osm, "settings", lambda: given)
    parser = argparse.ArgumentParser()
    osm.add_commands(parser.add_subparsers())
    parsed = parser.parse_args(["osm", *arguments])
    return int(parsed.run(parsed))


def test_the_command_prints_what_it_did(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "a.geojson", row(), row(properties={"amenity": "bank"}))
    assert run(tmp_path, monkeypatch, str(path)) == 0
    told = capsys.readouterr().out
    assert "1 new, 0 changed, 0 unchanged" in told
    assert "1 amenity=bank: money" in told
    with pytest.raises(PleinError, match="--online"):
        run(tmp_path, monkeypatch)


@pytest.mark.official
def test_the_real_places_of_brussels_twice(
    commands: Commands, store: Store, official_data: Path
) -> None:
    found = read_features(official_data / "osm_brussels_places.geojson")
    assert (len(found.features), found.rejected) == (1787, ())
    first = import_places(commands, store, found, today=DAY)
    assert (first.new, first.changed, first.rejected) == (1081, 0, [])
    assert first.new + first.unmapped.total() == 1787
    revision = store.directory().revision
    again = import_places(commands, store, found, today=DAY)
    assert (again.new, again.changed, again.unchanged, again.gone) == (0, 0, 1081, [])
    assert store.directory().revision == revision
